"""Projections [12] and report files [9.1], made again from the state."""

import hashlib
import re

from facts import DOCUMENT, day, moment
from state import SUMS, full

FIGURES = "voters received issued cancelled damaged home_applications absentee stationary portable_found found"
FIGURES = [*FIGURES.split(), "invalid", "valid", "against_all"]
AGAINST = {"kk": "Бәріне қарсымын", "ru": "Против всех", "en": "Against all"}


def percent(part, whole, decimals):
    x = (part * 100 * 10**decimals * 2 + whole) // (2 * whole) if whole else 0
    return f"{x // 10**decimals}.{x % 10**decimals:0{decimals}}"


def participated(totals):
    return sum(line["votes"] for line in totals.get("votes", [])) + totals["against_all"]


def by_election(state, row):
    return full(elections=[full(election=name, **row(it)) for name, it in sorted(state.elections.items())])


def candidates(state):
    def one(name, own):
        body = own["body"]
        kept = {field: body.get(field) for field in ("birth_year", "method", "name_kk", "name_ru", "party")}
        return full(candidate=name, number=own.get("number"), status=own["status"], **kept)

    def row(it):
        return {"ballot": it.ballot, "candidates": [one(*pair) for pair in sorted(it.candidates.items())]}

    return by_election(state, row)


def certificates(state):
    def status(it):
        if it.certificate and it.certificate["void"]:
            return "annulled"
        words = ("repeated", it.repeated_by), ("denied", it.denied), ("certified", it.certificate)
        words += ("registered", it.registered), ("published", it.published), ("determined", it.determined)
        return next((word for word, there in (*words, ("annulled", it.annulled)) if there), "called")

    def row(it):
        own, found = it.certificate or {}, it.determined or {}
        return {
            "annulled": it.annulled,
            "certificate": own.get("number"),
            "certificate_event": own.get("event"),
            "denied": it.denied,
            "determined": found.get("event"),
            "elected": found.get("body", {}).get("elected"),
            "published": it.published,
            "registered": it.registered and it.registered["candidate"],
            "repeated_by": it.repeated_by,
            "repeats": it.repeats,
            "revoked": it.revoked,
            "status": status(it),
        }

    return by_election(state, row)


def commissions(state):
    rows = [full(commission=name, **rest(own)) for name, own in sorted(state.commissions.items())]
    keys = []
    for key, own in sorted(state.keys.items(), key=lambda pair: raw(pair[0])):
        kept = {name: own.get(name) for name in ("commission", "purpose", "registered", "revoked", "seat", "until")}
        keys.append(full(key=key, **kept))
    return full(commissions=rows, keys=keys)


def raw(key):
    import base64

    return base64.b64decode(key)


def rest(own):
    kept = {name: own.get(name) for name in ("dissolved", "event", "level", "name", "names", "parent")}
    return {**kept, "members": own["seats"]}


def corrections(state):
    def row(it):
        out = []
        for precinct, poll in sorted(it.polls.items()):
            for before, after in zip(poll.protocols, poll.protocols[1:]):
                body = after["body"]
                own = {"before": before["protocol"]["count"], "after": after["protocol"]["count"]}
                own |= {"at": after["index"], "event": after["event"], "precinct": precinct}
                out.append({**own, **{name: body[name] for name in ("ground", "reason", "supersedes")}})
        return {"corrections": out}

    return by_election(state, row)


def complaints(state):
    out = []
    for name, it in sorted(state.elections.items()):
        for complaint, own in sorted(it.complaints.items()):
            body = own["body"]
            kept = {field: body.get(field) for field in ("about", "against", "due", "precinct")}
            more = {"answer": own["answer"], "outcome": own.get("outcome") if own["answer"] else None}
            out.append(full(complaint=complaint, election=name, event=own["event"], **kept, **more))
    return full(complaints=out)


def observers(state):
    rows = []
    for name, it in sorted(state.elections.items()):
        polls = it.polls.values()
        sums = full_sums(
            copies_refused=sum(poll.refused for poll in polls),
            proxies=sum(sum(poll.proxies.values()) for poll in polls),
            removed=sum(poll.removed for poll in polls),
        )
        if it.counted or any(sums.values()):
            rows.append(full(election=name, counted=it.counted, **sums))
    kept = ("name", "organisation", "until")
    organisations = [{field: own[field] for field in kept} for _, own in sorted(state.organisations.items())]
    return full(elections=rows, organisations=organisations)


def full_sums(**sums):
    return sums


def findings(state):
    return full(findings=state.findings)


def precincts(state):
    def one(name, poll):
        own, now = state.precincts[name], poll.now or {}
        kept = {field: own[field] for field in ("commission", "kato", "kind", "number", "voters")}
        more = {"copies": now.get("copies"), "posted": now.get("posted") or None, "protocol": now.get("event")}
        number = max(0, len(poll.protocols) - 1)
        return full(precinct=name, status=poll.status, corrections=number, **kept, **more)

    return by_election(state, lambda it: {"precincts": [one(*pair) for pair in sorted(it.polls.items())]})


def tallies(state):
    def row(it):
        now, first = it.totals(), it.totals(0)
        base, rows = participated(now), []
        for precinct, poll in sorted(it.polls.items()):
            if not poll.now:
                continue
            older = poll.protocols[0]["protocol"]["count"] if len(poll.protocols) > 1 else None
            count = poll.now["protocol"]["count"]
            rows.append(full(precinct=precinct, event=poll.now["event"], count=count, first_announced=older))
        votes = now.get("votes", [])
        shares = [{"candidate": line["candidate"], "share": percent(line["votes"], base, 1)} for line in votes]
        share = percent(now["against_all"], base, 1)
        more = {"first_announced": first, "participated": base, "precincts": rows}
        return {"totals": now, "shares": shares, "against_all_share": share, **more}

    return by_election(state, row)


def turnout(state):
    def row(it):
        totals = it.totals()
        voters, reports = totals["voters"], []
        for precinct, poll in sorted(it.polls.items()):
            reports += [{"at": at, "issued": issued, "precinct": precinct} for at, issued in poll.turnout]
        return {
            "in_boxes": percent(totals["found"], voters, 2),
            "issued": percent(totals["issued"], voters, 2),
            "legal": percent(participated(totals), voters, 2),
            "precincts_counted": sum(bool(poll.now) for poll in it.polls.values()),
            "precincts_in_all": len(it.polls),
            "reports": reports,
            "voters": voters,
        }

    return by_election(state, row)


def summary(state):
    everything = list(state.elections.values())
    own = [it for it in everything if not it.repeated_by]
    offices = {}
    for it in everything:
        offices.setdefault(it.organiser, set()).add(it.called["office"])
    order, lines = ["district", "city", "rural"], {}
    for name, one in state.commissions.items():
        if not one["dissolved"]:
            office = next((word for word in order if word in offices.get(name, ())), None)
            lines[one["level"], office] = lines.get((one["level"], office), 0) + 1
    levels = ["central", "regional", "territorial", "precinct"]
    place = {None: -1, **{word: n for n, word in enumerate(order)}}
    rows = [
        full(count=count, level=level, office=office)
        for (level, office), count in sorted(lines.items(), key=lambda pair: (levels.index(pair[0][0]), place[pair[0][1]]))
    ]
    return full(
        commissions=rows,
        elected=elected(own),
        elections=everything and counted_elections(everything, own),
        nominations=nominations(own),
        turnout=whole_turnout(own),
        watching=watching(state, everything),
    )


def counted_elections(everything, own):
    return {
        "called": len(everything),
        "certified": sum(bool(it.certificate) for it in own),
        "determined": sum(bool(it.determined) for it in own),
        "published": sum(bool(it.published) for it in own),
        "precincts": sum(len(it.polls) for it in own),
        "precincts_counted": sum(bool(poll.now) for it in own for poll in it.polls.values()),
        "repeated": len(everything) - len(own),
    }


def winners(own):
    found = [(it, it.determined["body"]["elected"]) for it in own if it.determined and not it.denied and "elected" in it.determined["body"]]
    return [(it, it.candidates[one]["body"]) for it, one in found]


def elected(own):
    ages = [max(0, day(it.calendar["voting_starts"]).year - body["birth_year"]) for it, body in winners(own)]
    if not ages:
        return None
    mean = percent(sum(ages), 100 * len(ages), 1)
    return {"count": len(ages), "mean_age": mean, "oldest": max(ages), "youngest": min(ages)}


def nominations(own):
    won = [(id(it), body["candidate"]) for it, body in winners(own)]
    lines = {}
    for it in own:
        for name, one in it.candidates.items():
            key = ["party", "own", "higher-akim"].index(one["body"]["method"]), one["body"].get("party", "")
            line = lines.setdefault(key, {"elected": 0, "nominated": 0, "registered": 0, "standing": 0})
            line["nominated"] += 1
            line["registered"] += "number" in one
            line["standing"] += one["status"] in ("registered", "elected", "died")
            line["elected"] += (id(it), name) in won
    words = ["party", "own", "higher-akim"]
    ordered = sorted(lines.items(), key=lambda pair: (pair[0][0], pair[0][1].encode()))
    return [full(method=words[n], party=party or None) | line for (n, party), line in ordered]


def whole_turnout(own):
    if not any(poll.now for it in own for poll in it.polls.values()):
        return None
    totals = [it.totals() for it in own]
    sums = {name: sum(one[name] for one in totals) for name in ("found", "invalid", "voters", "issued")}
    legal, voters = sum(participated(one) for one in totals), sums["voters"]
    return {
        "found": sums["found"],
        "invalid": sums["invalid"],
        "issued_ballots": sums["issued"],
        "participated": legal,
        "voters": voters,
        "in_boxes": percent(sums["found"], voters, 2),
        "issued": percent(sums["issued"], voters, 2),
        "legal": percent(legal, voters, 2),
    }


def watching(state, own):
    fields = ("foreign", "media", "observers", "proxies")
    sums = {field: sum(it.counted[field] for it in own if it.counted) for field in fields}
    registered = sum(sum(poll.proxies.values()) for it in own for poll in it.polls.values())
    if not (state.organisations or registered or any(it.counted for it in own)):
        return None
    more = {"counted": sum(sums.values()), "organisations": len(state.organisations)}
    approximate = any(it.counted and it.counted.get("approximate") for it in own)
    return full(approximate=approximate or None) | {**sums, **more, "proxies_registered": registered}


PROJECTIONS = {
    "candidates.json": candidates,
    "certificates.json": certificates,
    "commissions.json": commissions,
    "complaints.json": complaints,
    "corrections.json": corrections,
    "findings.json": findings,
    "observers.json": observers,
    "precincts.json": precincts,
    "summary.json": summary,
    "tallies.json": tallies,
    "turnout.json": turnout,
}


def projections(state, write):
    """Every projection by its name, as bytes."""
    out = {}
    for name, make in PROJECTIONS.items():
        view = make(state)
        if view or name not in ("complaints.json", "observers.json"):
            test = state.charter.get("test")
            out[name] = write(full(ledger=state.ledger, synthetic=synthetic(state), test=test, view=view))
    return out


def synthetic(state, it=None):
    """Kinds of figures that are made up: in the whole ledger, or in one election."""
    every = state.elections.values() if it is None else [it]
    return sorted(set(state.charter.get("synthetic", [])).union(*(one.called.get("synthetic", []) for one in every)))


# Report files [9.1]


def figures(count):
    more = {"damaged": count.get("damaged", {}).get("count", 0)}
    more["portable_found"] = sum(box["found"] for box in count.get("portable", []))
    more["valid"] = sum(line["votes"] for line in count["votes"]) + count["against_all"]
    return [more[name] if name in more else count[name] for name in FIGURES]


class Text(str):
    """A cell that a spreadsheet must not run."""


class Decimal(str):
    pass


def csv(rows, excel):
    delimiter, out = (";", "\ufeff") if excel else (",", "")
    for row in rows:
        cells = []
        for cell in row:
            text = "" if cell is None else str(cell)
            if isinstance(cell, Text) and text[:1] in tuple("=+-@\t\r") and text:
                text = "'" + text
            if isinstance(cell, Decimal) and excel:
                text = text.replace(".", ",")
            if re.search(f'[{delimiter}"\r\n]', text):
                text = '"' + text.replace('"', '""') + '"'
            cells.append(text)
        out += delimiter.join(cells) + "\r\n"
    return out.encode()


def flag(there):
    return "true" if there else None


def marked(state, rows):
    """One column more, where something is made up."""
    if not synthetic(state):
        return rows
    return [rows[0] + ["synthetic"]] + [row + [" ".join(synthetic(state, state.elections[row[0]]))] for row in rows[1:]]


def precinct_rows(state):
    most = max((len(it.ballot or []) for it in state.elections.values()), default=0)
    head = "election test precinct number kato kind commission status registered".split() + FIGURES
    head += ["protocol_time", "received_time", "corrections_n", *("first_" + name for name in FIGURES), "event"]
    for k in range(1, most + 1):
        head += [f"candidate_{k}", f"votes_{k}", f"first_votes_{k}"]
    rows = [head]
    for name, it in sorted(state.elections.items()):
        for precinct, poll in sorted(it.polls.items()):
            own, now, first = state.precincts[precinct], poll.now, poll.protocols[:1]
            row = [name, flag(state.charter.get("test")), precinct]
            row += [Text(own[field]) for field in ("number", "kato", "kind", "commission")]
            row += [poll.status, own["voters"]]
            counts = [one["protocol"]["count"] for one in (now, first[0])] if now else None
            row += figures(counts[0]) if now else [None] * 13
            row += [now["at"], now["received"]] if now else [None, None]
            row += [max(0, len(poll.protocols) - 1)]
            row += figures(counts[1]) if now else [None] * 13
            row += [now["event"] if now else None]
            ballot = it.ballot or []
            for k in range(most):
                one = ballot[k] if k < len(ballot) else None
                votes = [next((line["votes"] for line in count["votes"] if line["candidate"] == one), None) for count in counts or []]
                row += [one, *(votes or [None, None])]
            rows.append(row)
    return rows


def line_rows(state):
    rows = ["election test precinct number line candidate value first_value".split()]
    for name, it in sorted(state.elections.items()):
        for precinct, poll in sorted(it.polls.items()):
            if not poll.now:
                continue
            head = [name, flag(state.charter.get("test")), precinct, Text(state.precincts[precinct]["number"])]
            now, first = (own["protocol"]["count"] for own in (poll.now, poll.protocols[0]))
            for figure, value, older in list(zip(FIGURES, figures(now), figures(first)))[:-1]:
                rows.append([*head, figure, None, value, older])
            for line in now["votes"]:
                older = next((one["votes"] for one in first["votes"] if one["candidate"] == line["candidate"]), None)
                rows.append([*head, "votes", line["candidate"], line["votes"], older])
            rows.append([*head, "against_all", None, now["against_all"], first["against_all"]])
    return rows


def result_rows(state):
    head = "election test election_name office territory voting_day order line candidate name_kk name_ru method"
    head += " party candidate_status votes share first_votes elected base voters issued found turnout_issued"
    head += " turnout_found turnout_legal counted precincts outcome"
    rows = [head.split()]
    for name, it in sorted(state.elections.items()):
        totals, first = it.totals(), it.totals(0)
        base, counted = participated(totals), sum(bool(poll.now) for poll in it.polls.values())
        determined = it.determined and it.determined["body"]
        lines = [*(it.ballot or []), None]
        for order, one in enumerate(lines, 1):
            row = [name, flag(state.charter.get("test")), Text(it.name), it.called["office"], Text(it.called["territory"])]
            row += [it.calendar["voting_starts"][:10], order, "candidate" if one else "against-all", one]
            if one:
                own, body = it.candidates[one], it.candidates[one]["body"]
                row += [Text(body["name_kk"]), Text(body["name_ru"]), body["method"], Text(body.get("party", "")), own["status"]]
            else:
                row += [AGAINST["kk"], AGAINST["ru"], None, None, None]

            def votes(of):
                if not one:
                    return of["against_all"]
                return next(line["votes"] for line in of.get("votes", []) if line["candidate"] == one)

            row += [votes(totals), Decimal(percent(votes(totals), base, 1)), votes(first)] if counted else [None] * 3
            row += [flag(one and determined and determined.get("elected") == one)]
            voters = totals["voters"]
            row += [base, voters, totals["issued"], totals["found"]] if counted else [None] * 4
            shares = [Decimal(percent(part, voters, 2)) for part in (totals["issued"], totals["found"], base)]
            row += shares if counted else [None] * 3
            row += [counted, len(it.polls), determined["outcome"] if determined else "preliminary"]
            rows.append(row)
    return rows


LABELS = re.search(r"([\d,]+) bytes, SHA-256\s+`([0-9a-f]{64})`", DOCUMENT)


def tables(state):
    """The CSV files by name; labels.csv is the same in every snapshot and known by its hash."""
    lines, precincts, results = (marked(state, rows(state)) for rows in (line_rows, precinct_rows, result_rows))
    return {
        "lines.csv": csv(lines, False),
        "precincts.csv": csv(precincts, False),
        "precincts-excel.csv": csv(precincts, True),
        "results.csv": csv(results, False),
        "results-excel.csv": csv(results, True),
    }


def is_labels(data, state):
    if synthetic(state):
        # The last row says what the column means; what stands before it is the same everywhere.
        rows = data.split(b"\r\n")
        data = b"\r\n".join([*rows[:-2], b""]) if rows[-2].startswith(b"*,synthetic,") else b""
    return hashlib.sha256(data).hexdigest() == LABELS[2] and len(data) == int(LABELS[1].replace(",", ""))


__all__ = ["projections", "tables", "is_labels", "SUMS", "moment"]
