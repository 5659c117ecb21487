"""What a NIST report says in itself [9.1, Lint]: PUB-03."""

import json
import re

from facts import DOCUMENT

WORDS = {
    "Format": {"precinct-level", "summary-contest"},
    "Status": {"certified", "correction", "pre-election", "recount", "unofficial-complete", "unofficial-partial"},
}
COUNTS = "BallotsCast BallotsRejected Count VotersParticipated VotersRegistered".split()
TYPES = {
    name: (re.findall("`([^`]+)`", required), dict(re.findall(r"`(\w+)` → ([\w, ]+?)(?:;|$)", names.strip())))
    for name, required, names in re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|$", DOCUMENT.split("**Lint.**")[1].split("\n## ")[0], re.M)
}


def forbidden(word):
    raise ValueError(word)


def kind_of(one):
    kind = one.get("@type")
    return kind.removeprefix("ElectionResults.") if isinstance(kind, str) and kind.startswith("ElectionResults.") else None


def whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64


def figure(one, field):
    return one[field] if whole(one.get(field)) else None


def text(one, field):
    return one[field] if isinstance(one.get(field), str) else None


def parts(one, field):
    found = one.get(field)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def objects(value):
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from objects(part)


def lint(data):
    """The ids of everything that is wrong; those that begin with WARN are warnings."""
    try:
        report = json.loads(data.decode(), parse_constant=forbidden)
    except (ValueError, RecursionError):
        return {"ERR-SKELETON"}
    if not isinstance(report, dict) or kind_of(report) != "ElectionReport":
        return {"ERR-SKELETON"}
    found, all_of_them, ids = set(), list(objects(report)), {}
    for field, words in WORDS.items():
        if text(report, field) is not None and report[field] not in words:
            found.add("ERR-SKELETON")
    when = text(report, "GeneratedDate")
    if when is not None and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})", when):
        found.add("ERR-SKELETON")
    for one in all_of_them:
        if kind_of(one) not in TYPES or any(field not in one for field in TYPES[kind_of(one)][0]):
            found.add("ERR-SKELETON")
        if text(one, "@id") is not None:
            found |= {"ERR-DUP-ID"} if one["@id"] in ids else set()
            ids[one["@id"]] = kind_of(one) or ""
    for one in all_of_them:
        for field, allowed in TYPES.get(kind_of(one), ((), {}))[1].items():
            names = one[field] if isinstance(one.get(field), list) else [one[field]] if field in one else []
            for name in names:
                if not isinstance(name, str) or name not in ids:
                    found.add("ERR-DANGLING")
                elif ids[name] not in allowed.split(", "):
                    found.add("ERR-REF-TYPE")
        if any(field in one and not whole(one[field]) for field in COUNTS):
            found.add("ERR-COUNT")
        if text(one, "Type") == "other" and not text(one, "OtherType"):
            found.add("ERR-OTHERTYPE")
    return found | Sums(report).found


class Sums:
    def __init__(self, report):
        self.units = {unit["@id"]: unit for unit in parts(report, "GpUnit") if text(unit, "@id") is not None}
        self.found = set()
        self.below = {}
        if any(name in self.list_below(name) for name in self.units):
            self.found.add("ERR-GPUNIT-CYCLE")
            return
        for election in parts(report, "Election"):
            totals = [row for row in parts(election, "BallotCounts") if text(row, "Type") == "total"]
            cast = {row["GpUnitId"]: row for row in totals if text(row, "GpUnitId") is not None}
            for contest in parts(election, "Contest"):
                votes = self.roll_up(contest)
                for unit, own in votes.items():
                    self.balance(unit, own, cast.get(unit))
                counted, district = figure(contest, "SubUnitsReported"), text(contest, "ElectionDistrictId")
                if counted is not None and district is not None:
                    self.hold(counted == len(self.precincts(district) & votes.keys()), "ERR-SUBUNITS")

    def hold(self, holds, name):
        if not holds:
            self.found.add(name)

    def list_below(self, unit):
        if unit not in self.below:
            found, waiting = set(), [unit]
            while waiting:
                own = self.units.get(waiting.pop(), {}).get("ComposingGpUnitIds")
                for part in own if isinstance(own, list) else []:
                    if isinstance(part, str) and part not in found:
                        found.add(part)
                        waiting.append(part)
            self.below[unit] = found
        return self.below[unit]

    def precincts(self, unit):
        return {name for name in self.list_below(unit) if text(self.units.get(name, {}), "Type") == "precinct"}

    def roll_up(self, contest):
        votes = {}
        for selection in parts(contest, "ContestSelection"):
            totals = {}
            for row in parts(selection, "VoteCounts"):
                unit, count = text(row, "GpUnitId"), figure(row, "Count")
                if text(row, "Type") == "total" and unit is not None and count is not None:
                    self.hold(unit not in totals, "ERR-DUP-COUNT")
                    totals[unit] = count
            for unit, count in totals.items():
                votes[unit] = votes.get(unit, 0) + count
                below = [totals[name] for name in self.precincts(unit) if name in totals]
                self.hold(not below or sum(below) == count, "ERR-ROLLUP")
        return votes

    def balance(self, unit, votes, cast):
        own = self.units.get(unit, {})
        took_part, registered = figure(own, "VotersParticipated"), figure(own, "VotersRegistered")
        there = figure(cast, "BallotsCast") if cast else None
        if there is not None:
            same = votes + (figure(cast, "BallotsRejected") or 0) == there
            self.hold(same, "WARN-BALANCE" if self.explained(unit, "ARI-04") else "ERR-BALANCE")
            more = took_part is not None and there > took_part
            name = "MORE-BALLOTS-THAN-ISSUED"
            self.hold(not more, ("WARN-" if self.explained(unit, "ARI-03") else "ERR-") + name)
        if took_part is not None and registered is not None:
            self.hold(took_part <= registered, "WARN-TURNOUT>100")

    def explained(self, unit, rule):
        own = [self.units.get(name, {}) for name in {unit} | self.list_below(unit)]
        ids = [one for unit in own for one in parts(unit, "ExternalIdentifier")]
        return any((text(one, "OtherType"), text(one, "Value")) == ("ratio-explained", rule) for one in ids)
