"""What admission asks of elections, candidates, precincts and results [11.3]."""

import re
from datetime import timedelta

from facts import add_months, day, days, moment, must
from rules import RATIOS, Asked
from state import kato_lies

CALENDAR = "nomination_ends registration_ends withdrawal_ends".split()


class OfElections(Asked):
    # The call

    def new_election(self):
        must("PRO-01", self.name is not None and self.name not in self.state.ids, "the id")

    def edition_elects(self, edition, office):
        start, end = {"assumed-2021": ("2021-05-01", "2022-12-31"), "Z2025_01_01": ("2023-01-01", "2026-06-30"), "Z2026_07_01": ("2026-07-01", "9999-99-99")}[edition]
        must("PRO-01", start <= self.at[:10] <= end, "edition and date")
        must("PRO-01", edition == "Z2025_01_01" or office == "rural", "the edition has no such office")

    def election_called(self):
        body, state = self.body, self.state
        self.new_election()
        must("ATY-02", re.fullmatch(r"\d{9}", body["territory"], re.ASCII), "territory")
        for name, one in sorted(state.elections.items()):
            inner, outer = one.called["territory"], body["territory"]
            apart = not (kato_lies(inner, outer) or kato_lies(outer, inner))
            free = one.called["office"] != body["office"] or apart or state.certified(name)
            must("PRO-01", free, "an election there")
        for name, one in sorted(state.precincts.items()):
            must("ATY-02", not kato_lies(one["kato"], body["territory"]) or one["author"] == self.author, name)
        self.edition_elects(body["edition"], body["office"])
        calendar = body["calendar"]
        self.dates_follow(calendar)
        must("PRO-02", body["voting_day"] == calendar["voting_starts"], "voting day")
        must("PRO-02", moment(self.at) < moment(calendar["nomination_starts"]), "called late")
        must("PRO-01", body["ground"] != "early-termination" or "ground_date" in body, "ground date")
        must("PRO-01", body["ground"] != "term-ends" or "ground_decision" not in body, "ground decision")
        real = body["edition"] != "assumed-2021" and "synthetic" not in body
        must("PUB-10", real or "test" in (state.charter or {}), "synthetic")
        self.terms(body, calendar)

    def terms(self, body, calendar):
        voting = calendar["voting_starts"]
        before = (25, 20, 2) if body["office"] == "rural" else (30, 25, 2)
        for field, n in zip(CALENDAR, before):
            end = day(voting) - timedelta(days=n + 1)
            if calendar[field][:19] > f"{end}T18:00:00":
                self.note("PRO-02", f"{field} by 18:00 of the day {n + 1} days before {voting}", calendar[field])
        if body["edition"] != "Z2026_07_01":
            return
        if "ground_date" not in body:
            self.note("PRO-02", "the day of the ground, to count its terms from", self.at)
        elif body["ground"] == "term-ends":
            for what, limit, when in (("call", 50, self.at), ("voting", 10, voting)):
                if day(when) > day(body["ground_date"]) - timedelta(days=limit):
                    self.note("PRO-02", f"a {what} at least {limit} days before {body['ground_date']}", when)
        else:
            if day(self.at) > add_months(day(body["ground_date"]), 2):
                self.note("PRO-02", f"a call within 2 months of {body['ground_date']}", self.at)
            if days(self.at, voting) > 50:
                self.note("PRO-02", f"a voting at most 50 days after {self.at}", voting)

    def nomination_extended(self):
        it, body = self.it, self.body
        must("PRO-01", it.extended is None, "the first")
        must("PRO-13", not it.repeat_voting, "repeat voting")
        must("PRO-01", moment(self.at) >= moment(it.calendar["nomination_ends"]), "too early")
        must("PRO-01", len(it.with_status("nominated", "registered")) < 2, "two are nominated")
        old, new = it.calendar["nomination_ends"], body["nomination_ends"]
        must("PRO-02", moment(new) > moment(old) and days(old, new) <= 3, "three days")
        ends = {field: body[field] for field in ("nomination_ends", "registration_ends") if field in body}
        self.dates_follow({**it.calendar, **ends})

    def election_extended(self):
        it, calendar = self.it, self.body["calendar"]
        self.none_opened()
        must("PRO-13", not it.repeat_voting, "repeat voting")
        must("PRO-01", moment(self.at) >= moment(it.calendar["registration_ends"]), "too early")
        must("PRO-01", len(it.with_status("registered", "died")) < 2, "two stand")
        self.dates_follow(calendar)
        must("PRO-02", moment(self.at) < moment(calendar["nomination_starts"]), "called late")
        new = calendar["voting_starts"]
        later = moment(new) > moment(it.calendar["voting_starts"])
        must("PRO-02", later and days(it.first_day, new) <= 15, "voting day")

    def repeats(self):
        self.new_election()
        base = self.state.elections.get(self.body["repeats"])
        must("ATY-02", base and base.organiser == self.author, "repeats")
        must("PRO-13", not base.repeated_by, "repeated already")
        must("PRO-15", not any(own.certificate for own in self.state.family(base.id)), "a certificate")
        return base

    def month_after(self, base, voting):
        start = base.calendar["voting_starts"]
        if day(voting) > add_months(day(start), 1):
            self.note("PRO-13", f"a voting within a month of {start}", voting)

    def repeat_voting_called(self):
        base, body = self.repeats(), self.body
        must("PRO-13", base.rural_new and not base.repeat_voting, "edition")
        tie = base.determined and base.determined["body"]["outcome"] == "tie"
        must("PRO-13", tie, "no tie")
        must("PRO-13", body["candidates"] == base.tied(), "those who tied")
        at = [moment(one) for one in (self.at, body["withdrawal_ends"], body["voting_starts"], body["voting_ends"])]
        must("PRO-02", all(a < b for a, b in zip(at, at[1:])), "dates")
        self.month_after(base, body["voting_starts"])

    def repeat_election_called(self):
        base, body = self.repeats(), self.body
        outcome = base.determined and base.determined["body"]["outcome"]
        tie = outcome == "tie" and not (base.rural_new and not base.repeat_voting)
        must("PRO-13", base.denied or outcome == "invalid" or tie, "nothing to repeat")
        self.edition_elects(body["edition"], base.called["office"])
        self.dates_follow(body["calendar"])
        must("PRO-02", moment(self.at) < moment(body["calendar"]["nomination_starts"]), "called late")
        self.month_after(base, body["calendar"]["voting_starts"])

    def precincts_fixed(self):
        it, body = self.it, self.body
        must("PRO-01", not it.fixed, "the first")
        own = self.state.territory(it)
        known = self.tools.list_of((name, one["event"]) for name, one in own)
        must("COM-01", own == [] or body["precincts"] == known, "the list")
        must("COM-01", own, "none")
        closed = sum(one["kind"] == "closed" for _, one in own)
        sums = closed, len(own) - closed, sum(one["voters"] for _, one in own)
        must("ARI-08", (body["closed"], body["open"], body["voters"]) == sums, "sums")

    # Candidates

    def candidate_nominated(self):
        it, body = self.it, self.body
        must("PRO-01", body["candidate"] not in self.state.ids, "used")
        must("PRO-01", ("party" in body) == (body["method"] == "party"), "party")
        parties = [own["body"].get("party") for own in it.candidates.values()]
        must("PRO-01", "party" not in body or body["party"] not in parties, "party twice")
        must("PRO-13", not it.repeat_voting, "repeat voting")
        if own := body.get("conference"):
            held = body["method"] == "party" and own["delegates"] > 0 and moment(own["date"]) <= moment(self.at)
            must("PRO-01", held, "conference")
        if body["method"] == "higher-akim":
            made = sum(own["body"]["method"] == "higher-akim" for own in it.candidates.values())
            must("PRO-01", it.extended is not None and it.extended + made < 2, "higher akim")
        must("PRO-02", moment(it.calendar["nomination_starts"]) <= moment(self.at), "too early")
        self.in_time("PRO-02", it.calendar["nomination_ends"])

    def eligibility_checked(self):
        must("PRO-01", "eligible" not in self.candidate("nominated"), "the first")

    def signatures_verified(self):
        one, it, needed = self.candidate("nominated"), self.it, self.body["needed"]
        must("PRO-01", one["body"]["method"] == "own", "own")
        must("PRO-01", one.get("eligible"), "eligible")
        least = -(-it.fixed["voters"] // 100) if it.rural_new and it.fixed else 1
        must("PRO-01", needed >= max(1, least), "needed")
        must("PRO-01", "signatures" not in one, "the first")

    def candidate_registered(self):
        one, it = self.candidate("nominated"), self.it
        must("PRO-01", one.get("eligible"), "eligible")
        must("PRO-01", it.ballot is None or one["restored"], "a ballot is approved")
        if one["body"]["method"] == "own":
            own = one.get("signatures")
            must("PRO-01", own and own["valid"] >= own["needed"], "signatures")
        numbered = sum("number" in own for own in it.candidates.values())
        must("PRO-01", self.body["number"] == numbered + 1, "number")
        self.in_time("PRO-02", it.calendar["withdrawal_ends" if one["restored"] else "registration_ends"])

    def candidate_refused(self):
        self.candidate("nominated")
        self.in_time("PRO-02", self.it.calendar["registration_ends"])

    def candidate_cancelled(self):
        self.candidate()
        self.none_opened()
        self.candidate("registered")
        self.in_time("PRO-04", self.it.calendar["withdrawal_ends"])

    def candidate_restored(self):
        self.candidate()
        self.none_opened()
        one = self.candidate("refused", "cancelled")
        must("PRO-10", self.body["restores"] == one["ended"], "restores")
        self.in_time("PRO-04", self.it.calendar["withdrawal_ends"])

    def candidate_withdrew(self):
        it, kind = self.it, self.body["kind"]
        one = self.candidate()
        if kind != "died":
            self.none_opened()
        nominated = one["status"] == "nominated" and (kind == "died" or it.rural_new)
        must("PRO-01", one["status"] == "registered" or nominated, "status")
        must("PRO-01", not it.determined, "determined")
        if kind == "withdrew" or (kind == "nomination-revoked" and it.rural_new):
            self.in_time("PRO-04", it.calendar["withdrawal_ends"])
        elif kind == "nomination-revoked":
            end = moment(it.calendar["registration_ends"]) - 48 * 3600 * 1000
            must("PRO-04", moment(self.at) <= end, "48 hours")

    def proxies_registered(self):
        self.candidate("registered")
        must("PRO-01", self.body["count"] <= 3, "three")

    def observer_removed(self):
        must("PRO-01", self.body.get("organisation", "-") in {*self.state.organisations, "-"}, "organisation")
        found = f"number {self.body['journal']} of the journal, sent out"
        self.note("PRO-08", "observers at the precinct", found, self.body["ground"])

    # Ballots

    def ballot_approved(self):
        it, own = self.it, self.it.in_order(self.it.with_status("registered"))
        must("PRO-01", it.ballot is None, "the first")
        must("PRO-01", moment(self.at) >= moment(it.calendar["registration_ends"]), "too early")
        must("PRO-03", self.body["candidates"] == own, "candidates")
        must("PRO-01", len(own) >= 2, "two")

    def reserve(self, voters):
        if self.body["count"] > voters + -(-voters // 100):
            expected = f"at most {voters + -(-voters // 100)} ballots for {voters} voters"
            self.note("ARI-10", expected, self.body["count"])

    def ballots_printed(self):
        must("PRO-01", self.it.ballot, "a ballot")
        must("PRO-01", self.it.printed is None, "the first")
        must("PRO-01", self.it.fixed, "precincts")
        self.reserve(self.it.fixed["voters"])

    def ballot_amended(self):
        it, body = self.it, self.body
        self.none_opened()
        must("PRO-01", it.ballot, "a ballot")
        registered = it.in_order(it.with_status("registered"))
        must("PRO-03", body.get("struck", []) == [one for one in it.ballot if one not in registered], "struck")
        standing = it.in_order(it.with_status("registered", "died"))
        added = [one for one in standing if one not in it.ballot]
        must("PRO-03", body.get("added", []) == added and ("struck" in body or "added" in body), "added")
        must("PRO-03", body["candidates"] == registered, "candidates")
        must("PRO-01", len(registered) >= 2, "two")

    def voter_list_handed_over(self):
        must("PRO-01", self.poll.list is None and not self.poll.opened, "the first")

    def ballots_delivered(self):
        it = self.it
        must("PRO-01", self.poll.delivered is None and not self.poll.opened, "the first")
        must("PRO-01", it.printed is not None, "printed")
        self.ballot_stands()
        spent = sum(poll.delivered or 0 for poll in it.polls.values())
        must("ARI-10", self.body["count"] <= it.printed - spent, "more than printed")
        if self.poll.list is not None:
            self.reserve(self.poll.list)

    # The voting day

    def precinct_opened(self):
        it, poll = self.it, self.poll
        must("PRO-01", poll.status == "ballots-received", "status")
        must("PRO-01", poll.list is not None, "list")
        self.ballot_stands()
        start, end = moment(it.calendar["voting_starts"]), moment(it.calendar["voting_ends"])
        must("PRO-06", start - 3600 * 1000 <= moment(self.at) < end, "hours")
        must("PRO-01", self.body["boxes"] > 0, "boxes")
        must("ARI-10", self.body["ballots"] == poll.delivered, "ballots")

    def reported(self, issued, expected):
        if self.poll.turnout and issued < self.poll.turnout[-1][1]:
            self.note("ARI-11", f"at least {self.poll.turnout[-1][1]}, as reported{expected}", issued)

    def turnout_reported(self):
        must("PRO-01", self.poll.status == "open", "open")
        self.reported(self.body["issued"], " before")

    def voting_closed(self):
        must("PRO-01", self.poll.status == "open", "open")
        kind = self.state.precincts[self.body["precinct"]]["kind"]
        must("PRO-06", kind == "closed" or moment(self.at) >= moment(self.it.calendar["voting_ends"]), "hours")
        must("PRO-06", moment(self.at) >= moment(self.poll.opened), "before it opened")

    def issued_by(self, shares):
        names = [share["seat"] for share in shares]
        must("COM-05", names == sorted(set(names)), "issued_by ascends")
        must("COM-05", all(self.state.seat(self.author, name) for name in names), "seat")

    def ballots_accounted(self):
        body, poll = self.body, self.poll
        must("PRO-01", poll.status == "closed", "closed")
        self.issued_by(body["issued_by"])
        damaged = {"count": max(0, body["received"] - body["issued"] - body["cancelled"])}
        kept = ("sum of issued_by", "sum", "delivered", "issued", "listed")
        for rule, expected, found, what in self.ratios({**body, "damaged": damaged}):
            if what in kept:
                self.note(rule, expected, found)

    def ratios(self, count):
        """Each ratio that does not hold, in order: id, expected, found, which one."""
        poll, out = self.poll, []

        def ask(rule, holds, expected, found, what=""):
            if not holds:
                out.append((rule, expected, str(found), what))

        issued, received, voters = count["issued"], count["received"], count["voters"]
        shares = sum(share["issued"] for share in count["issued_by"])
        ask("ARI-02", shares == issued, f"issued by members {issued} in all", shares, "sum of issued_by")
        spent = issued + count["cancelled"] + count.get("damaged", {}).get("count", 0)
        ask("ARI-02", spent == received, f"received {received} = issued + cancelled + damaged", spent, "sum")
        ask("ARI-02", received == poll.delivered, f"received {poll.delivered}, as delivered", received, "delivered")
        if "found" in count:
            found, boxes = count["found"], count.get("portable", [])
            ask("ARI-03", found <= issued, f"found at most issued {issued}", found)
            valid = sum(line["votes"] for line in count["votes"]) + count["against_all"] + count["invalid"]
            ask("ARI-04", valid == found, f"found {found} = votes + against all + invalid", valid)
            parts = sum(box["found"] for box in boxes) + count["stationary"]
            ask("ARI-05", parts == found, f"found {found} = portable + stationary", parts)
        ask("ARI-06", issued <= voters, f"issued at most voters {voters}", issued, "issued")
        ask("ARI-06", voters == poll.list, f"voters {poll.list}, as on the list handed over", voters, "listed")
        if "found" in count:
            over = [box for box in boxes if box["found"] > box["applications"]]
            for box in [box for box in over if "act" not in box][:1]:
                expected = f"an act for a portable box over its {box['applications']} applications"
                ask("ARI-07", False, expected, f"{box['found']} ballots, no act")
            least, applied = sum(box["found"] for box in over), sum(box["applications"] for box in boxes)
            ask("ARI-07", count["invalid"] >= least, f"at least {least} invalid ballots", count["invalid"])
            home = count["home_applications"]
            ask("ARI-07", applied == home, f"applications {home} of all portable boxes", applied)
        return out

    def recount_requested(self):
        must("PRO-01", self.poll.status in ("closed", "accounted"), "status")
        must("PRO-01", not self.poll.requested, "the first")
        must("PRO-09", ("reason" in self.body) != ("granted" in self.body), "reason")
        if "reason" in self.body:
            self.note("PRO-09", "a recount that a proxy asked for", "refused", self.body["reason"])

    # Protocols

    def protocol_signed(self):
        must("PRO-06", self.poll.closed, "voting is open")
        must("PRO-01", self.poll.status == "accounted", "accounted")
        findings = self.protocol()
        own, count = self.poll.accounted, self.body["protocol"]["count"]
        for field in ("voters", "received", "issued", "cancelled", "home_applications"):
            if own[field] != count[field]:
                name = field.replace("_", " ")
                expected = f"{name} {own[field]}, as before the boxes were opened"
                findings.append(("ATY-06", expected, count[field], None))
                break
        self.told(findings)

    def told(self, findings):
        for rule, expected, found, explanation in findings:
            self.note(rule, expected, found, explanation, "explained" if explanation else "noted")

    def protocol(self):
        own, at = self.body["protocol"], moment(self.at)
        count, it = own["count"], self.it
        must("PRO-06", moment(own["started"]) >= moment(self.poll.closed), "started")
        must("PRO-06", moment(own["ended"]) >= moment(own["started"]), "ended")
        must("PRO-06", at >= moment(own["ended"]), "signed before it ended")
        lines = [line["candidate"] for line in count["votes"]]
        gone = it.with_status("withdrawn", "cancelled")
        must("PRO-05", not set(lines) & set(gone), "votes for who is gone")
        must("COM-04", lines == it.ballot, "lines")
        self.issued_by(count["issued_by"])
        told = {one["rule"]: one["text"] for one in own.get("explanations", [])}
        must("INT-05", [one["rule"] for one in own.get("explanations", [])] == sorted(told), "explanations ascend")
        broken = self.ratios(count)
        ids = {rule for rule, *_ in broken}
        must("PRO-09", all(one in RATIOS and one in ids for one in told), "explains nothing")
        public, findings = "sha256" in own.get("paper", {}), []
        for rule, expected, found, _ in broken:
            must(rule, public and rule in told, "a ratio")
            findings.append((rule, expected, found, told[rule]))
        home = sum(box["found"] for box in count.get("portable", []))
        if home > count["home_applications"]:
            findings.append(("ARI-07", f"at most {count['home_applications']} home ballots", home, None))
        if count["absentee"] > count["issued"]:
            findings.append(("ARI-07", f"at most {count['issued']} absentee voters", count["absentee"], None))
        if moment(own["ended"]) - moment(own["started"]) > 12 * 3600 * 1000:
            findings.append(("PRO-07", f"a count of at most 12 hours from {own['started']}", own["ended"], None))
        if self.poll.turnout and count["issued"] < self.poll.turnout[-1][1]:
            expected = f"at least {self.poll.turnout[-1][1]}, as reported"
            findings.append(("ARI-11", expected, count["issued"], None))
        return findings

    def copies_issued(self):
        self.current()

    def copy_refused(self):
        self.current()
        found = f"refused to {self.body['asked_by']}"
        self.note("PRO-08", "a copy for everyone present who asks", found, self.body["reason"])

    def protocol_received(self):
        must("PRO-01", self.poll.status == "protocol-signed", "status")
        self.current()

    def open_protocol(self):
        must("PRO-01", not self.it.determined and not self.poll.invalid, "determined")

    def protocol_returned(self):
        self.open_protocol()
        self.current()
        must("PRO-01", self.poll.status in ("protocol-signed", "protocol-received"), "status")

    recount_ordered = protocol_returned

    def protocol_superseded(self):
        body, poll = self.body, self.poll
        self.open_protocol()
        self.current("supersedes")
        ground = body["ground"]
        status = {"recount": "recount-ordered", "transcription": "protocol-returned"}
        must("PRO-09", poll.status == status.get(ground, "protocol-cancelled"), "ground")
        must("PRO-09", body["basis"] == poll.now["by"], "basis")
        new, old = body["protocol"].get("paper", {}), poll.now["protocol"].get("paper", {})
        if ground == "recount":
            must("PRO-09", moment(body["protocol"]["started"]) >= moment(poll.now["by_at"]), "before the order")
        if ground == "transcription":
            must("ATY-06", "sha256" in old and new == old, "another paper")
        else:
            must("ATY-06", "sha256" in new and new != old, "the same paper")
        self.told(self.protocol())

    def precinct_invalidated(self):
        self.open_protocol()
        must("PRO-01", self.it.rural_new, "edition")
        self.current()
        must("PRO-01", self.poll.status in ("protocol-signed", "protocol-received"), "status")

    # Complaints, cancellations

    def complaint_filed(self):
        must("PRO-01", self.body["complaint"] not in self.state.ids, "used")
        level = self.state.commissions[self.author]["level"]
        must("ATY-02", level == "territorial" or "precinct" in self.body, "precinct")
        limit = 3 if self.body["about"] == "commission" else 5
        due = self.body["due"]
        must("COM-08", moment(due) > moment(self.at) and days(self.at, due) <= limit, "due")

    def complaint_decided(self):
        one = self.it.complaints.get(self.body["complaint"])
        must("PRO-01", one, "filed")
        must("PRO-01", not one["answer"], "answered")
        due = one["body"]["due"]
        if moment(self.at) > moment(due):
            self.note("COM-08", f"an answer by {due}", self.at)

    def decision_cancelled(self):
        it, cancels = self.it, self.body["cancels"]
        own = self.state.decisions.get(cancels)
        must("PRO-01", own and own["election"] == self.name, "cancels")
        must("ATY-07", own["author"] != self.author, "its own")
        must("ATY-02", self.state.stands_above(self.author, own["author"]), "not above")
        must("PRO-01", not it.repeated_by, "repeated")
        must("PRO-01", not own.get("cancelled"), "cancelled already")
        if own["kind"] == "protocol":
            poll = it.polls[own["precinct"]]
            must("PRO-01", poll.now["event"] == cancels and not it.determined, "not current")
        standing = {
            "result": it.determined and it.determined["event"],
            "registration": it.registered and it.registered["event"],
            "denial": it.denied,
        }
        must("PRO-01", standing.get(own["kind"], cancels) == cancels, "not in force")
        if own["kind"] == "invalidation":
            must("PRO-01", it.polls[own["precinct"]].invalid == cancels and not it.determined, "in force")
        if own["kind"] == "answer":
            must("PRO-01", it.complaints[own["complaint"]]["answer"] == cancels, "in force")

    # Results

    def results_determined(self):
        it, body = self.it, self.body
        must("PRO-01", not it.determined, "the first")
        must("PRO-15", not (it.certificate and it.certificate["void"]), "a certificate stands")
        must("COM-01", it.fixed, "precincts")
        for _, poll in sorted(it.polls.items()):
            must("COM-01", poll.status in ("protocol-received", "invalidated"), "a precinct is missing")
        invalid = sorted(name for name, poll in it.polls.items() if poll.invalid)
        must("COM-01", body.get("invalidated", []) == invalid, "invalidated")
        if self.state.rules >= 2:
            self.countable()
        current = [(name, own["event"]) for name, own in it.protocols()]
        must("COM-01", body["protocols"] == self.tools.list_of(current), "protocols")
        totals, own = body["totals"], it.totals()
        must("COM-04", len(totals.get("votes", [])) == len(it.ballot or []), "lines")
        names = "voters received issued cancelled found invalid home_applications home_found absentee against_all"
        for field in names.split():
            must("ARI-08", totals[field] == own[field], field)
        for line, mine in zip(totals.get("votes", []), own.get("votes", [])):
            must("COM-04", line["candidate"] == mine["candidate"], "candidate")
            must("ARI-08", line["votes"] == mine["votes"], "votes")
        must("PRO-12", (body["outcome"], body.get("elected")) == it.outcome(), "outcome")
        self.open_complaints()
        self.late_days(3)

    def countable(self):
        it, most = self.it, self.it.printed if self.it.printed is not None else float("inf")
        counts = [own["protocol"]["count"] for _, own in it.protocols()]
        for count in counts:
            boxes = count["stationary"] + sum(box["found"] for box in count.get("portable", []))
            votes = sum(line["votes"] for line in count["votes"]) + count["against_all"] + count["invalid"]
            must("ARI-03", max(boxes, count["found"]) <= count["received"], "more in the boxes than came")
            must("ARI-04", votes <= count["received"], "more votes than ballots came")
            must("ARI-10", count["received"] <= most, "more than were printed")
        must("ARI-10", sum(count["received"] for count in counts) <= most, "more than were printed")

    def determined(self):
        must("PRO-01", self.it.determined, "determined")
        return self.it.determined

    def elected(self):
        own = self.determined()
        must("PRO-14", own["body"].get("elected") == self.body["candidate"], "elected")
        return own

    def results_published(self):
        own = self.determined()
        must("PRO-01", not self.it.published, "the first")
        must("PRO-01", self.body["determined"] == own["event"], "determined")
        self.overdue([self.it])
        self.late_days(7)

    def duties_resigned(self):
        self.elected()
        must("PRO-01", not self.it.resigned, "the first")

    def akim_registered(self):
        it = self.it
        self.elected()
        must("PRO-01", it.resigned, "resigned")
        must("PRO-01", not it.registered, "the first")
        must("PRO-15", not (it.certificate and it.certificate["void"]), "a certificate stands")
        must("PRO-01", not it.denied, "denied")
        self.open_complaints()
        self.late_days(7)

    def akim_registration_denied(self):
        own = self.elected()
        must("PRO-10", self.body["determined"] == own["event"], "determined")
        must("PRO-01", not self.it.denied, "denied")
        must("PRO-01", not self.it.registered, "registered")

    def certificate_issued(self):
        it = self.it
        own = self.determined()
        must("PRO-14", not any(one.certificate for one in self.state.family(self.name)), "a certificate")
        must("PRO-14", it.registered and it.registered["candidate"] == self.body["candidate"], "registered")
        must("PRO-14", it.published, "published")
        must("PRO-14", self.body["determined"] == own["event"], "determined")

    def certificate_revoked(self):
        own = self.it.certificate
        must("PRO-14", own and own["event"] == self.body["certificate"], "certificate")
        must("PRO-15", own["void"], "not cancelled")
        must("PRO-15", self.body["basis"] == own["void"], "basis")
