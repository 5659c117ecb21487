"""What admission asks of each fact [11.2, 11.3]. A rule returns nothing, refuses, or adds findings [12]."""

import base64
import re
from datetime import timedelta

from facts import SIGNS, Refused, add_months, day, days, moment, must

SEATS = ["chair", "deputy", "secretary"]
RATIOS = ["ARI-02", "ARI-03", "ARI-04", "ARI-05", "ARI-06", "ARI-07"]
CANCELLABLE = "in force"


class Asked:
    """One event before the state it meets."""

    def __init__(self, state, index, event, own, received, tools):
        self.state, self.index, self.event, self.own, self.received = state, index, event, own, received
        self.fact, self.body, self.at, self.author = event["fact"], event["body"], event["at"], event["author"]
        self.name = event.get("election")
        self.it = state.elections.get(self.name)
        self.tools, self.notes = tools, []

    def note(self, rule, expected, found, explanation=None, outcome="noted", entry=None, subject=None):
        subject = subject or self.body.get("precinct") or self.author
        finding = {
            "entry": self.index if entry is None else entry,
            "rule": rule,
            "outcome": outcome,
            "expected": str(expected),
            "found": str(found),
            "subject": subject,
        }
        self.notes.append({**finding, **({"explanation": explanation} if explanation else {})})

    @property
    def poll(self):
        return self.it.polls[self.body["precinct"]]

    # Authority [11.2]

    def authorise(self):
        signs, state, event = SIGNS[self.fact], self.state, self.event
        if self.fact == "commission-formed":
            word, levels = {
                "central": ("roots", None),
                "regional": ("board", ["central"]),
                "territorial": ("board", ["central"]),
                "precinct": ("board", ["territorial"]),
            }[self.body["level"]]
        elif signs.startswith("roots for a seat"):
            of = state.commissions.get(self.body["commission"], {}).get("level")
            word, levels = "board", ["territorial"] if of == "precinct" else ["central"]
            if self.body["commission"] == "cec":
                word, levels = "roots", None
        else:
            word, levels = signs.split()[0], re.findall("`(.+?)`", signs.split(";")[0])
        if word in ("roots", "root", "office"):
            return self.by_keys("handover" if signs == "root handover" else word)
        if word == "above":
            word, levels = "board", ["central", "regional", "territorial"]
        own = state.commissions.get(self.author)
        must("ATY-01", own and not own["dissolved"], "author")
        must("ATY-03", own["level"] in (levels or ["precinct"]), "level")
        seats, desk = [one["seat"] for one in own["seats"]], event["desk"]
        if word == "chair":
            stand_in = "stands_in" in self.body
            must("ATY-03", desk in seats and desk != "chair" if stand_in else desk == "chair", "desk")
        else:
            must("ATY-03", desk in seats if word == "officer" else desk == "board", "desk")
        self.place(own["level"])
        keys = state.keys
        for key in event["signers"]:
            must("SIG-02", key in keys, "an unknown key")
            must("SIG-04", keys[key]["revoked"] is None, "a revoked key")
            until = keys[key].get("until")
            must("SIG-03", not until or moment(self.received) <= moment(until), "after its end")
            must("ATY-04", keys[key].get("commission") == self.author, "a key of others")
            must("ATY-04", "suspended" not in state.seat(self.author, keys[key]["seat"]), "suspended")
        signing = [keys[key]["seat"] for key in event["signers"]]
        if word == "board":
            must("SIG-05", len(signing) * 2 > len(seats), "signers")
        elif word in ("chair", "officer"):
            must("ATY-04", signing == [desk], "another key than that of the desk")
        else:
            must("SIG-05", len([one for one in signing if one in SEATS]) >= 2, "officers")
            must("SIG-05", state.charter["quorum"] == "officers" or len(signing) * 2 > len(seats), "majority")
            missing = self.body.get("missing") or self.body.get("protocol", {}).get("missing", [])
            names = [one["seat"] for one in missing]
            must("SIG-11", names == sorted(set(names)), "missing ascends")
            must("SIG-11", set(names) == set(seats) - set(signing), "missing names others")
        if word == "chair" and "stands_in" in self.body:
            self.note("ATY-05", "the chair", desk, self.body["stands_in"])

    def by_keys(self, word):
        event, keys = self.event, self.state.keys
        must("ATY-03", self.author == "cec", "author")
        must("ATY-03", event["desk"] == ("office" if word == "office" else "board"), "desk")
        must("ATY-02", self.name is None, "no election")
        purpose, roots = "office" if word == "office" else "root", 0
        for key in event["signers"]:
            if word == "handover" and key in self.body["root_keys"] and key not in keys:
                continue
            must("SIG-02", key in keys, "an unknown key")
            must("SIG-04", keys[key]["revoked"] is None, "a revoked key")
            must("ATY-04", keys[key]["purpose"] == purpose, "a key for something else")
            roots += 1
        must("SIG-05", roots == 1 if word == "office" else roots >= self.state.threshold, "how many")
        if word == "handover":
            must("SIG-05", set(self.body["root_keys"]) <= set(event["signers"]), "a new key does not sign")

    def place(self, level):
        no_election = "commission-formed commission-dissolved member-changed member-suspended key-enrolled"
        no_election += " key-replaced key-revoked precinct-formed precincts-changed organisation-accredited"
        if self.fact in no_election.split():
            return must("ATY-02", self.name is None, "no election")
        if self.fact in ("election-called", "repeat-voting-called", "repeat-election-called"):
            return None
        must("ATY-02", self.it, "the election was not called")
        if self.fact == "decision-cancelled":
            return None
        if self.fact == "candidate-restored":
            return must("ATY-02", self.state.stands_above(self.author, self.it.organiser), "not above")
        must("ATY-02", level != "territorial" or self.it.organiser == self.author, "another organiser")
        if "precinct" in self.body:
            must("PRO-01", self.it.fixed, "precincts not fixed")
            must("COM-02", self.body["precinct"] in self.it.polls, "no precinct of this election")
            own = self.state.precincts[self.body["precinct"]]["commission"]
            must("ATY-02", level != "precinct" or own == self.author, "another precinct")

    # Keys [11.2]

    def registrable(self, key, proof, commission, member):
        must("SIG-02", key not in self.state.keys, "registered before")
        raw = base64.b64decode(key)
        must("SIG-02", self.tools.strict(raw), "weak")
        text = f"hattama-key-v1\n{self.state.ledger or '0' * 64}\n{commission}\n{member}\n"
        must("SIG-02", self.tools.signed(raw, base64.b64decode(proof), text.encode()), "proof")

    def commission(self, name, alive=True):
        own = self.state.commissions.get(name)
        must("ATY-01", own and (not alive or not own["dissolved"]), "commission")
        must("ATY-02", own["level"] != "precinct" or own["parent"] == self.author, "parent")
        return own

    # Dates and candidates

    def dates_follow(self, calendar, called=True):
        fields = "nomination_starts nomination_ends registration_ends withdrawal_ends voting_starts voting_ends"
        at = [moment(calendar[field]) for field in fields.split()]
        must("PRO-02", all(a < b for a, b in zip(at, at[1:])), "dates")

    def in_time(self, rule, deadline):
        """Late by the author's clock is refused, by the node's explained."""
        must(rule, moment(self.at) <= moment(deadline), "too late")
        if moment(self.received) > moment(deadline):
            why = "done in time by the author's clock, arrived late"
            self.note(rule, f"received by {deadline}", self.received, why, "explained", subject=self.author)

    def candidate(self, *statuses):
        must("PRO-01", self.body["candidate"] in self.it.candidates, "no candidate of this election")
        one = self.it.candidates[self.body["candidate"]]
        must("PRO-01", not statuses or one["status"] in statuses, "status")
        return one

    def none_opened(self):
        must("PRO-01", not any(poll.opened for poll in self.it.polls.values()), "a precinct opened")

    def ballot_stands(self):
        own = self.it.in_order(self.it.with_status("registered"))
        must("PRO-03", self.it.ballot == own, "the ballot's lines")

    def current(self, field="protocol"):
        must("PRO-01", self.poll.now, "no protocol")
        must("PRO-10", self.body[field] == self.poll.now["event"], "not the current protocol")

    def late_days(self, limit):
        start = self.it.calendar["voting_starts"]
        if days(start, self.at) > limit:
            self.note("PRO-11", f"{self.fact} within {limit} days of {start}", self.at)

    def open_complaints(self):
        for name, one in sorted(self.it.complaints.items()):
            if not one["answer"]:
                self.note("PRO-16", "no open complaint", f"{name}, open")

    def overdue(self, elections):
        for it in elections:
            for name, one in sorted(it.complaints.items()):
                if not one["answer"] and moment(one["body"]["due"]) < moment(self.received):
                    self.note("COM-08", f"an answer by {one['body']['due']}", f"{name}, open")

    # The root and the office

    def ledger_opened(self):
        event, body, weak = self.event, self.body, self.tools
        must("INT-01", self.index == 0, "entry 0")
        must("INT-01", event["ledger"] == "0" * 64, "ledger")
        must("ATY-03", self.author == "cec", "author")
        must("ATY-03", event["desk"] == "board", "desk")
        must("ATY-02", self.name is None, "election")
        must("INT-08", body["rules"] in (1, 2), "rules")
        must("PUB-10", body["clock"] == "real" or "test" in body, "clock")
        must("PUB-10", "synthetic" not in body or "test" in body, "synthetic")
        origin = re.fullmatch(r"(?!hattama-|cosignature/)[!-*,-~]{1,248}", body["origin"], re.ASCII)
        must("INT-01", origin, "origin")
        roots = [base64.b64decode(key) for key in body["root_keys"]]
        must("INT-05", roots == sorted(set(roots)), "root keys ascend")
        must("SIG-05", 1 <= body["threshold"] <= len(roots), "threshold")
        must("SIG-05", event["signers"] == body["root_keys"], "signers")
        others = [one["key"] for one in body["office_keys"]] + [body["service_key"]["key"], body["log_key"]]
        met = set()
        for key in [*body["root_keys"], *others]:
            must("SIG-06", key not in met, "a key twice")
            must("SIG-02", weak.strict(base64.b64decode(key)), "weak")
            met.add(key)
        for n, one in enumerate(body["office_keys"], 1):
            self.registrable(one["key"], one["proof"], "cec", f"office-{n}")
        self.registrable(body["service_key"]["key"], body["service_key"]["proof"], "cec", "service")

    def root_keys_replaced(self):
        roots = [base64.b64decode(key) for key in self.body["root_keys"]]
        must("INT-05", roots == sorted(set(roots)), "root keys ascend")
        must("SIG-05", 1 <= self.body["threshold"] <= len(roots), "threshold")
        for key in self.body["root_keys"]:
            known = self.state.keys.get(key)
            must("SIG-06", not known or (known["purpose"] == "root" and known["revoked"] is None), "registered")
            must("SIG-02", self.tools.strict(base64.b64decode(key)), "weak")

    def office_keys_replaced(self):
        met = set()
        for n, one in enumerate(self.body["office_keys"], 1):
            must("SIG-06", one["key"] not in met, "a key twice")
            met.add(one["key"])
            self.registrable(one["key"], one["proof"], "cec", f"office-{n}")

    def log_key_replaced(self):
        must("SIG-06", self.body["log_key"] not in self.state.keys, "registered before")
        must("SIG-02", self.tools.strict(base64.b64decode(self.body["log_key"])), "weak")

    def rules_adopted(self):
        must("PRO-01", self.body["rules"] == self.state.rules + 1, "rules")
        names = [one.encode() for one in self.body["editions"]]
        must("INT-05", names == sorted(set(names)), "editions ascend")

    def clock_corrected(self):
        must("PRO-17", self.tools.last_received == self.body["wrong"], "wrong")
        must("PRO-17", moment(self.received) < moment(self.body["wrong"]), "received")

    def ledger_closed(self):
        elections = [own for _, own in sorted(self.state.elections.items())]
        self.overdue(elections)
        for own in elections:
            if self.state.under_way(own):
                self.note("COM-09", "no election under way at the end", f"{own.id}, under way")
            if own.certificate and own.certificate["void"]:
                found = f"certificate {own.certificate['number']} of a cancelled result"
                self.note("PRO-15", "certificate-revoked before", found)

    def snapshot_published(self):
        n, size = (self.state.snapshots[-1][1][field] for field in ("n", "size")) if self.state.snapshots else (0, 0)
        must("SNP-03", self.body["n"] == n + 1, "n")
        must("SNP-03", size < self.body["size"] <= self.index, "size")
        must("INT-11", self.tools.root_at(self.body["size"]) == self.body["root"], "root")
        if own := self.body.get("overridden"):
            checks = [one.encode() for one in own["checks"]]
            must("INT-05", checks == sorted(set(checks)), "checks ascend")
            for one in own["checks"]:
                must("INT-08", one in self.tools.check_ids, "no check")
                texts = self.tools.override_texts(self.body["n"])
                self.note(one, *texts, own["reason"])

    # Commissions, members, precincts

    def commission_formed(self):
        body, known = self.body, self.state.commissions
        level = body["level"]
        if level == "central":
            must("ATY-01", body["commission"] == "cec", "cec")
        else:
            must("ATY-01", body["commission"] not in self.state.ids, "used")
        must("ATY-01", body["commission"] not in known, "formed before")
        above = {"central": [None], "regional": ["central"], "territorial": ["central", "regional"]}
        parent = known.get(body.get("parent"), {})
        good = parent.get("level") in above.get(level, ["territorial"]) and not parent.get("dissolved")
        must("ATY-01", good and (level != "central" or "parent" not in body), "parent")
        must("ATY-02", level != "precinct" or body["parent"] == self.author, "parent is the author")
        count = len(body["members"])
        must("ATY-01", count in (5, 7, 9) if level == "precinct" else count == 7, "members")
        seats = [*SEATS, *(f"m{n}" for n in range(4, count + 1))]
        must("ATY-01", [one["seat"] for one in body["members"]] == seats, "seats")
        met = set()
        for one in body["members"]:
            must("SIG-02", ("key" in one) == ("proof" in one), "key and proof")
            if "key" in one:
                self.registrable(one["key"], one["proof"], body["commission"], one["seat"])
                must("SIG-06", one["key"] not in met, "a key twice")
                met.add(one["key"])

    def commission_dissolved(self):
        name = self.body["commission"]
        own = self.commission(name)
        must("ATY-03", own["level"] != "central", "central")
        children = self.state.commissions.values()
        must("PRO-01", not any(one.get("parent") == name and not one["dissolved"] for one in children), "parent")
        busy = [it for it in self.state.elections.values() if it.organiser == name and self.state.under_way(it)]
        must("PRO-01", not busy, "an election under way")

    def member_changed(self):
        one, name = self.body["member"], self.body["commission"]
        self.commission(name)
        must("ATY-01", self.state.seat(name, one["seat"]), "seat")
        must("SIG-02", ("key" in one) == ("proof" in one), "key and proof")
        if "key" in one:
            self.registrable(one["key"], one["proof"], name, one["seat"])

    def member_suspended(self):
        self.commission(self.body["commission"])
        seat = self.state.seat(self.body["commission"], self.body["seat"])
        must("ATY-01", seat, "seat")
        must("PRO-01", ("suspended" in seat) == ("lifted" in self.body), "suspended")

    def key_until(self):
        must("SIG-03", "until" not in self.body or moment(self.body["until"]) > moment(self.at), "until")
        body = self.body
        self.registrable(body["key"], body["proof"], body["commission"], body["seat"])

    def key_replaced(self):
        body, keys = self.body, self.state.keys
        self.commission(body["commission"])
        seat = self.state.seat(body["commission"], body["seat"])
        must("ATY-01", seat, "seat")
        must("SIG-02", body["replaces"] in keys, "unknown")
        must("SIG-04", keys[body["replaces"]]["revoked"] is None, "revoked")
        must("ATY-02", seat.get("key") == body["replaces"], "another seat's")
        self.key_until()

    def key_enrolled(self):
        self.commission(self.body["commission"], alive=self.tools.dissolved_enrols)
        seat = self.state.seat(self.body["commission"], self.body["seat"])
        must("ATY-01", seat, "seat")
        must("PRO-01", "key" not in seat, "the seat has a key")
        self.key_until()

    def key_revoked(self):
        body, keys = self.body, self.state.keys
        self.commission(body["commission"], alive=False)
        must("SIG-02", body["key"] in keys, "unknown")
        must("SIG-04", keys[body["key"]]["revoked"] is None, "revoked")
        must("ATY-02", keys[body["key"]].get("commission") == body["commission"], "of others")
        for index in self.state.signed_by.get(body["key"], []):
            received = self.tools.received_at(index)
            if moment(received) >= moment(body["since"]):
                expected = f"no entry signed since {body['since']} by the key revoked since then"
                found = f"entry {index}, received {received}"
                self.note("SIG-04", expected, found, body["ground"], entry=index, subject=body["commission"])

    def precinct_commission(self, name, voters):
        own = self.state.commissions.get(name)
        must("ATY-01", own and own["level"] == "precinct" and not own["dissolved"], "commission")
        must("ATY-02", own["parent"] == self.author, "parent")
        return len(own["seats"]) in ((7, 9) if voters > 2000 else (5, 7))

    def precinct_formed(self):
        body = self.body
        must("COM-02", body["precinct"] not in self.state.ids, "used")
        must("ATY-02", re.fullmatch(r"\d{9}", body["kato"], re.ASCII), "kato")
        enough = self.precinct_commission(body["commission"], body["voters"])
        for _, one in sorted(self.state.precincts.items()):
            must("ATY-02", one["commission"] != body["commission"], "the commission has one")
            must("COM-02", (one["author"], one["number"]) != (self.author, body["number"]), "number")
        must("ATY-01", enough, "members")
        if body["voters"] > 3000:
            self.note("COM-02", "at most 3000 voters at a precinct", body["voters"])

    def precincts_changed(self):
        body = self.body
        old = self.state.precincts.get(body["precinct"])
        must("COM-02", old, "formed")
        must("ATY-02", old["author"] == self.author, "author")
        fields = [name for name in ("commission", "kato", "kind", "number", "voters") if name in body]
        must("COM-05", any(body[name] != old[name] for name in fields), "nothing changes")
        busy = [it for it in self.state.elections.values() if body["precinct"] in it.polls and self.state.under_way(it)]
        must("PRO-01", not busy or not set(fields) & {"kato", "kind", "voters"}, "an election under way")
        polls = [it.polls[body["precinct"]] for it in busy]
        must("PRO-01", not any(poll.opened and not poll.now for poll in polls), "open")
        must("ATY-02", re.fullmatch(r"\d{9}", body.get("kato", old["kato"]), re.ASCII), "kato")
        others = [one for name, one in self.state.precincts.items() if name != body["precinct"]]
        if "number" in body:
            must("COM-02", not any((one["author"], one["number"]) == (self.author, body["number"]) for one in others))
        voters, enough = body.get("voters", old["voters"]), True
        if "commission" in body:
            enough = self.precinct_commission(body["commission"], voters)
            must("ATY-02", not any(one["commission"] == body["commission"] for one in others), "the commission has one")
        elif "voters" in body:
            count = len(self.state.commissions[old["commission"]]["seats"])
            enough = count in ((7, 9) if voters > 2000 else (5, 7))
        must("ATY-01", enough, "members")

    def organisation_accredited(self):
        must("PRO-01", self.body["organisation"] not in self.state.ids, "used")
        at, until = day(self.at), day(self.body["until"])
        good = moment(self.body["until"]) > moment(self.at) and until <= add_months(at, 12)
        must("PRO-02", good, "until")


__all__ = ["Asked", "Refused", "RATIOS", "timedelta"]
