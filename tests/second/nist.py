"""The report of one election in the form of NIST SP 1500-100 [9.1], made again from the state."""

import csv
import io
import json

from facts import day
from state import full
from tables import synthetic

KIND = {"district": "county", "city": "city", "rural": "municipality"}
BEFORE = {"nominated": "filed", "refused": "filed", "withdrawn": "withdrawn", "cancelled": "withdrawn"}
NOTE = "The authoritative record is the signed ledger that the external identifiers name."


def thing(kind, **fields):
    return {"@type": "ElectionResults." + kind, **{name.replace("id_", "@id"): value for name, value in full(**fields).items()}}


def told(**languages):
    rows = [thing("LanguageString", Content=text, Language=language) for language, text in languages.items()]
    return thing("InternationalizedText", Text=rows)


def both(names):
    return told(kk=names["kk"], ru=names["ru"])


def ext(kind, value):
    return thing("ExternalIdentifier", OtherType=kind, Type="other", Value=str(value))


def status(some, every):
    word = "not-processed" if some == 0 else "in-process" if some < every else "completed"
    return [{**thing("CountStatus", Type="total"), "Status": word}]


class Report:
    def __init__(self, state, it, offices):
        self.state, self.it, self.offices = state, it, offices
        polls = sorted(it.polls.items())
        self.polls, self.place, self.totals = polls, "territory_" + it.id, it.totals()
        self.counting = [(name, poll.now) for name, poll in polls if poll.now and not poll.invalid]
        self.every = sum(not poll.invalid for _, poll in polls)
        bodies = [own["body"] for own in it.candidates.values()]
        self.parties = sorted({body["party"] for body in bodies if "party" in body}, key=str.encode)

    def units(self):
        it, code = self.it, self.it.called["territory"]
        region = code[:2] + "0000000"
        own = len(code) == 9 and code.isascii() and code.isdigit() and region != code
        first = "region_" + region if own else self.place
        name = told(kk="Қазақстан", ru="Казахстан", en="Kazakhstan")
        yield thing("ReportingUnit", id_="country_kz", Type="country", ComposingGpUnitIds=[first], Name=name)
        if own:
            below, known = [self.place], [ext("kato", region)]
            yield thing("ReportingUnit", id_=first, Type="state", ComposingGpUnitIds=below, ExternalIdentifier=known)
        organiser, some = self.state.commissions.get(it.organiser), self.counting
        yield thing(
            "ReportingUnit",
            id_=self.place,
            Type=KIND[it.called["office"]],
            ComposingGpUnitIds=["precinct_" + name for name, _ in self.polls],
            CountStatus=status(len(some), self.every),
            ElectionAdministration=organiser and thing("ElectionAdministration", Name=organiser["name"]),
            ExternalIdentifier=[ext("kato", code)],
            Name=it.called.get("territory_names") and both(it.called["territory_names"]),
            SubUnitsReported=len(some),
            TotalSubUnits=self.every,
            VotersParticipated=self.totals["issued"] if some else None,
            VotersRegistered=self.totals["voters"] if some else None,
        )
        for name, poll in self.polls:
            yield self.precinct(name, poll)

    def precinct(self, name, poll):
        formed = self.state.precincts[name]
        number, now = formed["number"], poll.now
        known = [ext("hattama-precinct", name), ext("kato", formed["kato"]), ext("precinct-kind", formed["kind"])]
        if now:
            known.append(ext("protocol-event-sha256", now["event"]))
            known += [ext("ratio-explained", one["rule"]) for one in now["protocol"].get("explanations", [])]
        if poll.invalid:
            known.append(ext("result-invalid-event-sha256", poll.invalid))
        count = now and now["protocol"]["count"]
        return thing(
            "ReportingUnit",
            id_="precinct_" + name,
            Type="precinct",
            CountStatus=status(int(bool(now)), 1),
            ExternalIdentifier=known,
            Name=told(kk=f"№ {number} сайлау учаскесі", ru=f"Избирательный участок № {number}", en=f"Precinct No. {number}"),
            Number=number,
            VotersParticipated=count["issued"] if now else None,
            VotersRegistered=count["voters"] if now else formed["voters"],
        )

    def ballots(self):
        counts = [("precinct_" + name, now["protocol"]["count"]) for name, now in self.counting]
        lost = [count.get("damaged", {}).get("count", 0) for _, count in counts]
        if counts:
            counts.append((self.place, self.totals))
        for (unit, own), damaged in zip(counts, [*lost, sum(lost)]):
            rejected = {"BallotsCast": own["found"], "BallotsRejected": own["invalid"]}
            yield {**thing("BallotCounts", GpUnitId=unit, Type="total"), **rejected}
            names = ("received-by-commission", "issued-to-voters", "cancelled", "damaged")
            for name, cast in zip(names, (own["received"], own["issued"], own["cancelled"], damaged)):
                row = thing("BallotCounts", GpUnitId=unit, Type="other", OtherType="kz-ballots-" + name)
                yield {**row, "BallotsCast": cast}

    def persons(self):
        for name, own in sorted(self.it.candidates.items()):
            body = own["body"]
            work = body.get("occupation")
            full_name = told(kk=body["name_kk"], ru=body["name_ru"])
            yield thing("Person", id_="person_" + name, FullName=full_name, Profession=work and told(und=work))

    def candidates(self):
        determined = self.it.determined and self.it.determined["body"]
        elected = determined and determined.get("elected")
        for name, own in sorted(self.it.candidates.items()):
            body, word = own["body"], own["status"]
            after = "withdrawn" if word in ("withdrawn", "cancelled") else None
            if elected and not after and name in (self.it.ballot or []):
                after = "winner" if name == elected else "defeated"
            yield thing(
                "Candidate",
                id_="candidate_" + name,
                PersonId="person_" + name,
                BallotName=told(kk=body["name_kk"], ru=body["name_ru"]),
                ExternalIdentifier=[ext("hattama-candidate", name), ext("nomination", body["method"])],
                PartyId=f"party_{self.parties.index(body['party']) + 1}" if "party" in body else None,
                PreElectionStatus=BEFORE.get(word, "qualified"),
                PostElectionStatus=after,
            )

    def votes(self, votes):
        """Of each counting precinct and of the territory."""
        own = [("precinct_" + name, votes(now["protocol"]["count"])) for name, now in self.counting]
        if own:
            own.append((self.place, votes(self.totals)))
        return [{**thing("VoteCounts", GpUnitId=unit, Type="total"), "Count": count} for unit, count in own]

    def selections(self):
        lines = self.it.ballot or []
        for order, one in enumerate(lines, 1):
            own = self.votes(lambda of: next(line["votes"] for line in of["votes"] if line["candidate"] == one))
            ids = ["candidate_" + one]
            yield thing("CandidateSelection", id_="selection_" + one, CandidateIds=ids, SequenceOrder=order, VoteCounts=own)
        yield thing(
            "BallotMeasureSelection",
            id_="against-all_" + self.it.id,
            Selection=told(kk="Бәріне қарсымын", ru="Против всех", en="Against all"),
            SequenceOrder=len(lines) + 1,
            VoteCounts=self.votes(lambda of: of["against_all"]),
        )

    def election(self):
        it = self.it
        name, date = both(it.names) if it.names else told(und=it.name), day(it.calendar["voting_starts"]).isoformat()
        contest = thing(
            "CandidateContest",
            id_="contest_" + it.id,
            OfficeIds=["office_" + it.id],
            BallotTitle=name,
            Name=it.name,
            CountStatus=status(len(self.counting), self.every),
            SubUnitsReported=len(self.counting),
            TotalSubUnits=self.every,
            ElectionDistrictId=self.place,
            NumberElected=1,
            VotesAllowed=1,
            VoteVariation="plurality",
            ContestSelection=list(self.selections()),
        )
        return thing(
            "Election",
            BallotCounts=list(self.ballots()),
            Candidate=list(self.candidates()),
            Contest=[contest],
            ElectionScopeId=self.place,
            StartDate=date,
            EndDate=date,
            ExternalIdentifier=[ext("hattama-election", it.id)],
            Name=name,
            Type="general" if it.called["ground"] == "term-ends" else "special",
        )

    def status(self):
        counted = sum(bool(poll.now) for _, poll in self.polls)
        holds = {
            "certified": self.it.determined,
            "pre-election": counted == 0,
            "unofficial-partial": counted < len(self.polls),
            "correction": any(len(poll.protocols) > 1 for _, poll in self.polls),
            "unofficial-complete": True,
        }
        return next(word for word, there in holds.items() if there)


def report(state, it, place, offices):
    """The file of one election; `place`: n, size, root and the last time of receipt."""
    own, test, kinds = Report(state, it, offices), state.charter.get("test"), synthetic(state, it)
    known = ("ledger-id-sha256", state.ledger), ("ledger-head-sha256", place["root"])
    known += ("ledger-seq", place["size"]), ("snapshot-number", place["n"])
    office = it.called["office"]
    everything = thing(
        "ElectionReport",
        ExternalIdentifier=[ext(*pair) for pair in known],
        Format="precinct-level",
        GeneratedDate=place["received"].split(".")[0] + "Z",
        IsTest=test,
        TestType=test and "test ledger",
        Issuer=state.commissions["cec"]["name"] if "cec" in state.commissions else "CEC",
        IssuerAbbreviation="KZ-CEC",
        Notes=(f"SYNTHETIC, made up: {' '.join(kinds)}. " if kinds else "") + NOTE,
        SequenceStart=1,
        SequenceEnd=1,
        Status=own.status(),
        VendorApplicationId="hattama report 1",
        GpUnit=list(own.units()),
        Party=[thing("Party", id_=f"party_{k}", Name=told(und=name)) for k, name in enumerate(own.parties, 1)],
        Person=list(own.persons()),
        Office=[thing("Office", id_="office_" + it.id, ElectionDistrictId=own.place, Name=told(**offices[office]))],
        Election=[own.election()],
    )
    return json.dumps(everything, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def office_words(labels):
    """The words of each office, as labels.csv has them."""
    rows = csv.DictReader(io.StringIO(labels.decode()))
    return {row["value"]: {lang: row[lang] for lang in ("kk", "ru", "en")} for row in rows if row["column"] == "office" and row["value"]}
