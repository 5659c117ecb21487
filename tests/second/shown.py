"""What published projections say among themselves [16]: ARI-08, ARI-09, ARI-12, SNP-04, SNP-05."""

import json

from state import SUMS
from tables import percent


def elections(files, name):
    try:
        view = json.loads(files.get(f"projections/{name}", b"{}")).get("view", {})
        return {one["election"]: one for one in view.get("elections", [])}
    except (ValueError, AttributeError, TypeError):
        return {}


def sums_of(count):
    own = {field: count.get(field, 0) for field in SUMS}
    own["home_found"] = count.get("home_found", sum(box["found"] for box in count.get("portable", [])))
    for line in count.get("votes", []):
        own[line["candidate"], "votes"] = own.get((line["candidate"], "votes"), 0) + line["votes"]
    return own


def added(start, count, times):
    for name, figure in sums_of(count).items():
        start[name] = start.get(name, 0) + figure * times
    return start


def same(one, other):
    names = one.keys() | other.keys()
    return all(one.get(name, 0) == other.get(name, 0) for name in names)


def check_tallies(ask, where, files):
    """ARI-08, ARI-09, ARI-12 of one snapshot."""
    try:
        json.loads(files.get("projections/tallies.json", b"{}"))
    except ValueError:
        return ask("ARI-09", False, where, "tallies.json is no JSON")
    polls = elections(files, "precincts.json")
    rows = elections(files, "corrections.json")
    for name, own in elections(files, "tallies.json").items():
        of = {one["precinct"]: one for one in own.get("precincts", [])}
        status = {one["precinct"]: one.get("status") for one in polls.get(name, {}).get("precincts", [])}
        counted = [one["count"] for precinct, one in of.items() if status.get(precinct) != "invalidated"]
        totals, expected = sums_of(own["totals"]), {}
        for count in counted:
            added(expected, count, 1)
        known = {line["candidate"] for line in own["totals"].get("votes", [])}
        fields = [*SUMS, *((one, "votes") for one in known)]
        good = all(totals.get(field, 0) == expected.get(field, 0) for field in fields)
        ask("ARI-08", good, where, f"totals of {name}")
        votes, shares = own["totals"].get("votes", []), own.get("shares", [])
        base = sum(line["votes"] for line in votes) + own["totals"]["against_all"]
        mine = [{"candidate": line["candidate"], "share": percent(line["votes"], base, 1)} for line in votes]
        good = mine == shares and own.get("against_all_share") == percent(own["totals"]["against_all"], base, 1)
        ask("ARI-09", good, where, f"shares of {name}")
        check_corrections(ask, f"{where} {name}", own, of, status, rows.get(name, {}).get("corrections", []))


def check_corrections(ask, where, own, of, status, rows):
    good = all(row["precinct"] in of for row in rows)
    for precinct, one in of.items():
        figures, event = one.get("first_announced", one["count"]), None
        for row in (row for row in rows if row["precinct"] == precinct):
            good &= row["before"] == figures and event in (None, row["supersedes"])
            figures, event = row["after"], row["event"]
        good &= figures == one["count"] and event in (None, one["event"])
    expected = sums_of(own["first_announced"])
    for row in rows:
        added(added(expected, row["after"], 1), row["before"], -1)
    for precinct, one in of.items():
        if status.get(precinct) == "invalidated":
            added(expected, one["count"], -1)
    ask("ARI-12", good and same(expected, sums_of(own["totals"])), where, "corrections")


def things(files, manifest):
    own = {("attachment", one["sha256"]) for one in manifest.get("attachments", [])}
    for name, kind in (("candidates.json", "candidate"), ("precincts.json", "precinct")):
        for election, one in elections(files, name).items():
            own.add(("election", election))
            own |= {(kind, election, item[kind]) for item in one.get(kind + "s", [])}
    return own


def check_changes(ask, state, older, newer):
    """SNP-04 and SNP-05 of two snapshots in a row: each its place, manifest and files."""
    (_, before, old_files), (where, after, new_files) = older, newer
    gone = things(old_files, before) - things(new_files, after)
    ask("SNP-04", not gone and after["size"] >= before["size"], where, f"gone: {sorted(gone)[:3]}")
    tallies = elections(new_files, "tallies.json")
    for name, own in elections(old_files, "tallies.json").items():
        new = {one["precinct"]: one["count"] for one in tallies.get(name, {}).get("precincts", [])}
        for one in own.get("precincts", []):
            polls = state.elections[name].polls if name in state.elections else {}
            held = polls[one["precinct"]].protocols[1:] if one["precinct"] in polls else []
            corrected = any(before["size"] <= record["index"] < after["size"] for record in held)
            good = one["precinct"] in new and (corrected or figures(new[one["precinct"]]) == figures(one["count"]))
            ask("SNP-05", good, where, f"{name} {one['precinct']}")


def figures(value, place=""):
    """Every figure of a protocol, by its place."""
    if isinstance(value, dict):
        return {at: n for name, item in value.items() for at, n in figures(item, f"{place}/{name}").items()}
    if isinstance(value, list):
        pairs = ((item.get("candidate", n) if isinstance(item, dict) else n, item) for n, item in enumerate(value))
        return {at: n for name, item in pairs for at, n in figures(item, f"{place}/{name}").items()}
    return {place: value} if type(value) is int else {}
