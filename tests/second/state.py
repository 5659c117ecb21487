"""What admitted events add up to [11.5, 11.6], and the terms of the rules [11.4]."""

from facts import days, moment

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
SUMS = "absentee against_all cancelled found home_applications invalid issued received voters".split()
TOP = 2**64 - 1
STATUSES = "formed list-received ballots-received open closed accounted".split()


def full(**fields):
    return {name: value for name, value in fields.items() if value not in ([], None, {})}


def kato_lies(inner, outer):
    level = 2 if outer[2:] == "0" * 7 else 4 if outer[4:] == "0" * 5 else 6 if outer[6:] == "000" else 9
    return inner[:level] == outer[:level]


class Poll:
    """One precinct in one election."""

    def __init__(self):
        self.list = self.delivered = self.opened = self.closed = self.accounted = None
        self.requested = self.invalid = None
        self.turnout, self.protocols, self.proxies, self.removed, self.refused = [], [], {}, 0, 0

    @property
    def now(self):
        return self.protocols[-1] if self.protocols else None

    @property
    def status(self):
        if self.invalid:
            return "invalidated"
        if self.now:
            return self.now["status"]
        reached = [True, self.list, self.delivered, self.opened, self.closed, self.accounted]
        return [word for word, there in zip(STATUSES, reached) if there is not None][-1]


class Election:
    def __init__(self, name, event, body, base=None):
        self.id, self.organiser, self.name, self.names = name, event["author"], body["name"], body.get("names")
        own = base.called if base else body
        self.called = {**own, **{field: body[field] for field in body if field in ("edition",)}}
        self.called["territory_names"] = body.get("territory_names") or own.get("territory_names")
        self.repeats, self.repeated_by, self.repeat_voting = body.get("repeats"), None, "candidates" in body
        if self.repeat_voting:
            keep = ("withdrawal_ends", "voting_starts", "voting_ends")
            self.calendar = {**base.calendar, **{field: body[field] for field in keep}}
        else:
            self.calendar = dict(body["calendar"])
        self.first_day = self.calendar["voting_starts"]
        self.candidates, self.ballot, self.printed, self.fixed, self.polls = {}, None, None, None, {}
        self.extended = None  # how many were nominated at the last nomination-extended
        self.determined = self.published = self.resigned = self.registered = self.denied = None
        self.certificate, self.revoked, self.annulled = None, [], []
        self.complaints, self.counted = {}, None

    @property
    def rural_new(self):
        return self.called["edition"] == "Z2026_07_01"

    def with_status(self, *words):
        return [one for one, own in self.candidates.items() if own["status"] in words]

    def in_order(self, ids):
        def letters(text):
            return [(1, ALPHABET.index(c)) if c in ALPHABET else (0, ord(c)) for c in text.lower()]

        names = {one: self.candidates[one]["body"]["name_kk"] for one in ids}
        return sorted(ids, key=lambda one: (letters(names[one]), names[one].encode(), one))

    def protocols(self, which=-1):
        """The first protocols (0), or the current ones (-1) that count, by precinct."""
        held = sorted((precinct, poll) for precinct, poll in self.polls.items())
        return [(one, poll.protocols[which]) for one, poll in held if poll.protocols and (which == 0 or not poll.invalid)]

    def totals(self, which=-1):
        counts = [own["protocol"]["count"] for _, own in self.protocols(which)]
        sums = {name: min(TOP, sum(count[name] for count in counts)) for name in SUMS}
        sums["home_found"] = min(TOP, sum(box["found"] for count in counts for box in count.get("portable", [])))
        votes = [(line["candidate"], line["votes"]) for count in counts for line in count["votes"]]
        lines = [
            {"candidate": one, "votes": min(TOP, sum(n for who, n in votes if who == one))}
            for one in self.ballot or []
        ]
        return full(**sums, votes=lines)

    def outcome(self):
        """The outcome, and who is elected [11.4]."""
        lines = self.totals().get("votes", [])
        if self.polls and all(poll.invalid for poll in self.polls.values()):
            return "invalid", None
        most = max((line["votes"] for line in lines), default=0)
        first = [line["candidate"] for line in lines if line["votes"] == most]
        alive = [one for one in first if self.candidates[one]["status"] != "died"]
        if len(first) == 1:
            return ("elected", first[0]) if alive else ("invalid", None)
        return ("tie", None) if len(alive) > 1 else ("invalid", None)

    def tied(self):
        lines = self.totals().get("votes", [])
        most = max((line["votes"] for line in lines), default=0)
        first = [line["candidate"] for line in lines if line["votes"] == most]
        return [one for one in first if self.candidates[one]["status"] != "died"]


class State:
    def __init__(self):
        self.charter = self.ledger = self.closed = self.after_closed = None
        self.keys, self.ids, self.commissions, self.precincts = {}, set(), {}, {}
        self.elections, self.snapshots, self.findings, self.decisions = {}, [], [], {}
        self.organisations, self.threshold, self.rules, self.received = {}, 0, 0, []
        self.signed_by = {}

    def stands_above(self, upper, lower):
        seen = set()
        while (lower := self.commissions.get(lower, {}).get("parent")) and lower not in seen:
            if lower == upper:
                return True
            seen.add(lower)
        return False

    def family(self, name):
        """The elections that repeat one another."""
        met, open_ = set(), [name]
        while open_:
            one = open_.pop()
            if one in met or one not in self.elections:
                continue
            met.add(one)
            own = self.elections[one]
            open_ += [other for other in (own.repeats, own.repeated_by) if other]
        return [self.elections[one] for one in sorted(met)]

    def certified(self, name):
        return any(own.certificate for own in self.family(name))

    def under_way(self, own):
        return not own.repeated_by and not self.certified(own.id)

    def territory(self, own):
        """The precincts of an election, by id."""
        return [
            (name, one)
            for name, one in sorted(self.precincts.items())
            if one["author"] == own.organiser and kato_lies(one["kato"], own.called["territory"])
        ]

    def register(self, key, purpose, index, **more):
        self.keys[key] = {"purpose": purpose, "registered": index, "revoked": None, **more}

    def revoke(self, key, index):
        if key in self.keys and self.keys[key]["revoked"] is None:
            self.keys[key]["revoked"] = index

    def of_purpose(self, purpose):
        return [key for key, own in self.keys.items() if own["purpose"] == purpose and own["revoked"] is None]

    def seat(self, commission, seat):
        return next((one for one in self.commissions[commission]["seats"] if one["seat"] == seat), None)

    # What an admitted event changes [11.6]

    def apply(self, index, event, own, received):
        fact, body, name = event["fact"], event["body"], event.get("election")
        self.signed_by.update({key: [*self.signed_by.get(key, []), index] for key in event["signers"]})
        self.received.append(received)
        if self.closed is not None and fact == "snapshot-published":
            self.after_closed = index
        change = getattr(self, "do_" + fact.replace("-", "_"), None)
        if change:
            change(index, event, own, body, self.elections.get(name))

    def do_ledger_opened(self, index, event, own, body, _):
        self.ledger, self.charter, self.threshold, self.rules = own, body, body["threshold"], body["rules"]
        self.ids.add("cec")
        for key in body["root_keys"]:
            self.register(key, "root", index)
        for one in body["office_keys"]:
            self.register(one["key"], "office", index)
        self.register(body["service_key"]["key"], "service", index)
        self.register(body["log_key"], "log", index)

    def replace_keys(self, purpose, keys, index):
        for key in self.of_purpose(purpose):
            if key not in keys:
                self.revoke(key, index)
        for key in keys:
            if key not in self.keys:
                self.register(key, purpose, index)

    def do_root_keys_replaced(self, index, event, own, body, _):
        self.replace_keys("root", body["root_keys"], index)
        self.threshold = body["threshold"]

    def do_office_keys_replaced(self, index, event, own, body, _):
        self.replace_keys("office", [one["key"] for one in body["office_keys"]], index)

    def do_log_key_replaced(self, index, event, own, body, _):
        self.replace_keys("log", [body["log_key"]], index)

    def do_rules_adopted(self, index, event, own, body, _):
        self.rules = body["rules"]

    def do_clock_corrected(self, index, event, own, body, _):
        self.received = [min(one, self.received[-1]) for one in self.received]

    def do_ledger_closed(self, index, event, own, body, _):
        self.closed = index

    def do_snapshot_published(self, index, event, own, body, _):
        self.snapshots.append((index, body))

    def do_commission_formed(self, index, event, own, body, _):
        seats = [full(seat=one["seat"], name=one.get("name"), party=one.get("party")) for one in body["members"]]
        self.commissions[body["commission"]] = full(
            level=body["level"], name=body["name"], names=body.get("names"), parent=body.get("parent"), event=own
        ) | {"seats": seats, "dissolved": None}
        self.ids.add(body["commission"])
        for one in body["members"]:
            if "key" in one:
                self.give_key(body["commission"], one["seat"], one["key"], index)

    def give_key(self, commission, seat, key, index, until=None):
        self.register(key, "member", index, commission=commission, seat=seat, until=until)
        self.seat(commission, seat)["key"] = key

    def take_key(self, commission, seat, index):
        if key := self.seat(commission, seat).pop("key", None):
            self.revoke(key, index)

    def do_key_enrolled(self, index, event, own, body, _):
        self.give_key(body["commission"], body["seat"], body["key"], index, body.get("until"))

    def do_key_replaced(self, index, event, own, body, _):
        self.take_key(body["commission"], body["seat"], index)
        self.give_key(body["commission"], body["seat"], body["key"], index, body.get("until"))

    def do_key_revoked(self, index, event, own, body, _):
        self.revoke(body["key"], index)
        for seat in self.commissions[body["commission"]]["seats"]:
            if seat.get("key") == body["key"]:
                del seat["key"]

    def do_commission_dissolved(self, index, event, own, body, _):
        self.commissions[body["commission"]]["dissolved"] = own
        for seat in self.commissions[body["commission"]]["seats"]:
            self.take_key(body["commission"], seat["seat"], index)

    def do_member_changed(self, index, event, own, body, _):
        one, commission = body["member"], body["commission"]
        self.take_key(commission, one["seat"], index)
        seat = self.seat(commission, one["seat"])
        seat.clear()
        seat.update(full(seat=one["seat"], name=one.get("name"), party=one.get("party")))
        if "key" in one:
            self.give_key(commission, one["seat"], one["key"], index)

    def do_member_suspended(self, index, event, own, body, _):
        seat = self.seat(body["commission"], body["seat"])
        seat.pop("suspended", None)
        if "lifted" not in body:
            seat["suspended"] = own

    def do_precinct_formed(self, index, event, own, body, _):
        self.precincts[body["precinct"]] = {**body, "event": own, "author": event["author"]}
        self.ids.add(body["precinct"])

    def do_precincts_changed(self, index, event, own, body, _):
        changed = {name: value for name, value in body.items() if name not in ("decision", "precinct")}
        self.precincts[body["precinct"]].update(changed)

    def do_election_called(self, index, event, own, body, _):
        self.elections[event["election"]] = Election(event["election"], event, body)
        self.ids.add(event["election"])

    def repeat(self, event, body):
        base = self.elections[body["repeats"]]
        new = Election(event["election"], event, body, base)
        base.repeated_by, new.fixed = event["election"], base.fixed
        for precinct, poll in base.polls.items():
            new.polls[precinct] = Poll()
            new.polls[precinct].list = poll.list
        self.elections[event["election"]] = new
        self.ids.add(event["election"])
        return base, new

    def do_repeat_voting_called(self, index, event, own, body, _):
        base, new = self.repeat(event, body)
        for one in body["candidates"]:
            new.candidates[one] = {**base.candidates[one], "status": "registered", "restored": False}

    def do_repeat_election_called(self, index, event, own, body, _):
        self.repeat(event, body)

    def do_precincts_fixed(self, index, event, own, body, it):
        it.fixed = body
        it.polls = {name: Poll() for name, _ in self.territory(it)}

    def do_nomination_extended(self, index, event, own, body, it):
        it.extended = len(it.with_status("nominated", "registered"))
        ends = {field: body[field] for field in ("nomination_ends", "registration_ends") if field in body}
        it.calendar.update(ends)

    def do_election_extended(self, index, event, own, body, it):
        it.calendar, it.ballot, it.printed, it.extended = dict(body["calendar"]), None, None, None
        for poll in it.polls.values():
            poll.delivered = None

    def do_candidate_nominated(self, index, event, own, body, it):
        it.candidates[body["candidate"]] = {"body": body, "status": "nominated", "restored": False}
        self.ids.add(body["candidate"])

    def do_eligibility_checked(self, index, event, own, body, it):
        it.candidates[body["candidate"]]["eligible"] = "eligible" in body

    def do_signatures_verified(self, index, event, own, body, it):
        it.candidates[body["candidate"]]["signatures"] = body

    def do_candidate_registered(self, index, event, own, body, it):
        it.candidates[body["candidate"]].update(status="registered", number=body["number"])

    def do_candidate_refused(self, index, event, own, body, it):
        it.candidates[body["candidate"]].update(status="refused", ended=own)

    def do_candidate_cancelled(self, index, event, own, body, it):
        it.candidates[body["candidate"]].update(status="cancelled", ended=own)

    def do_candidate_restored(self, index, event, own, body, it):
        one = it.candidates[body["candidate"]]
        one.update(status="nominated" if one["status"] == "refused" else "registered", restored=True)

    def do_candidate_withdrew(self, index, event, own, body, it):
        opened = any(poll.opened for poll in it.polls.values())
        died = body["kind"] == "died" and opened
        it.candidates[body["candidate"]]["status"] = "died" if died else "withdrawn"

    def do_organisation_accredited(self, index, event, own, body, _):
        self.organisations[body["organisation"]] = body
        self.ids.add(body["organisation"])

    def do_proxies_registered(self, index, event, own, body, it):
        it.polls[body["precinct"]].proxies[body["candidate"]] = body["count"]

    def do_observers_counted(self, index, event, own, body, it):
        it.counted = body

    def do_observer_removed(self, index, event, own, body, it):
        it.polls[body["precinct"]].removed += 1

    def do_copy_refused(self, index, event, own, body, it):
        it.polls[body["precinct"]].refused += 1

    def do_ballot_approved(self, index, event, own, body, it):
        it.ballot = body["candidates"]

    do_ballot_amended = do_ballot_approved

    def do_ballots_printed(self, index, event, own, body, it):
        it.printed = body["count"]

    def do_voter_list_handed_over(self, index, event, own, body, it):
        it.polls[body["precinct"]].list = body["voters"]

    def do_ballots_delivered(self, index, event, own, body, it):
        it.polls[body["precinct"]].delivered = body["count"]

    def do_precinct_opened(self, index, event, own, body, it):
        it.polls[body["precinct"]].opened = event["at"]

    def do_turnout_reported(self, index, event, own, body, it):
        it.polls[body["precinct"]].turnout.append((event["at"], body["issued"]))

    def do_voting_closed(self, index, event, own, body, it):
        it.polls[body["precinct"]].closed = event["at"]

    def do_ballots_accounted(self, index, event, own, body, it):
        it.polls[body["precinct"]].accounted = body

    def do_recount_requested(self, index, event, own, body, it):
        it.polls[body["precinct"]].requested = own

    def do_protocol_signed(self, index, event, own, body, it):
        poll = it.polls[body["precinct"]]
        if poll.now:
            poll.now["status"] = "replaced"
        record = {"event": own, "protocol": body["protocol"], "status": "protocol-signed", "index": index}
        record |= {"at": event["at"], "received": self.received[-1], "author": event["author"], "by": own}
        record |= {"copies": None, "posted": False, "body": body}
        poll.protocols.append(record)
        self.decisions[own] = {"kind": "protocol", "author": event["author"], "election": it.id, "precinct": body["precinct"]}

    do_protocol_superseded = do_protocol_signed

    def do_copies_issued(self, index, event, own, body, it):
        now = it.polls[body["precinct"]].now
        now["copies"] = (now["copies"] or 0) + body["copies"]
        now["posted"] = now["posted"] or "posted" in body

    def move(self, it, body, own, status, at):
        it.polls[body["precinct"]].now.update(status=status, by=own, by_at=at)

    def do_protocol_received(self, index, event, own, body, it):
        self.move(it, body, own, "protocol-received", event["at"])

    def do_protocol_returned(self, index, event, own, body, it):
        self.move(it, body, own, "protocol-returned", event["at"])

    def do_recount_ordered(self, index, event, own, body, it):
        self.move(it, body, own, "recount-ordered", event["at"])

    def decide(self, own, kind, event, **more):
        self.decisions[own] = {"kind": kind, "author": event["author"], "election": event["election"], **more}

    def do_precinct_invalidated(self, index, event, own, body, it):
        it.polls[body["precinct"]].invalid = own
        self.decide(own, "invalidation", event, precinct=body["precinct"])

    def do_complaint_filed(self, index, event, own, body, it):
        it.complaints[body["complaint"]] = {"body": body, "event": own, "answer": None}
        self.ids.add(body["complaint"])

    def do_complaint_decided(self, index, event, own, body, it):
        it.complaints[body["complaint"]].update(answer=own, outcome=body["outcome"])
        self.decide(own, "answer", event, complaint=body["complaint"])

    def do_decision_cancelled(self, index, event, own, body, it):
        decision = self.decisions[body["cancels"]]
        kind, decision["cancelled"] = decision["kind"], own
        if kind == "protocol":
            it.polls[decision["precinct"]].now.update(status="protocol-cancelled", by=own, by_at=event["at"])
        elif kind == "invalidation":
            it.polls[decision["precinct"]].invalid = None
        elif kind == "answer":
            it.complaints[decision["complaint"]].update(answer=None, outcome=None)
        elif kind == "denial":
            it.denied = None
        else:
            it.annulled.append(own)
            if it.certificate:
                it.certificate["void"] = own
            it.registered = None
            if kind == "result":
                for one in it.candidates.values():
                    one["status"] = "registered" if one["status"] == "elected" else one["status"]
                it.determined = it.published = it.resigned = it.denied = None

    def do_results_determined(self, index, event, own, body, it):
        it.determined = {"event": own, "body": body}
        if "elected" in body:
            it.candidates[body["elected"]]["status"] = "elected"
        self.decide(own, "result", event)

    def do_results_published(self, index, event, own, body, it):
        it.published = own

    def do_duties_resigned(self, index, event, own, body, it):
        it.resigned = own

    def do_akim_registered(self, index, event, own, body, it):
        it.registered = {"event": own, "candidate": body["candidate"]}
        self.decide(own, "registration", event)

    def do_akim_registration_denied(self, index, event, own, body, it):
        it.denied = own
        self.decide(own, "denial", event)

    def do_certificate_issued(self, index, event, own, body, it):
        it.certificate = {"event": own, "number": body["number"], "void": None}

    def do_certificate_revoked(self, index, event, own, body, it):
        it.revoked.append({"by": own, "event": it.certificate["event"], "number": it.certificate["number"]})
        it.certificate = None


__all__ = ["Election", "Poll", "State", "full", "kato_lies", "days", "moment"]
