"""Bodies of facts [10]: their fields, and who signs, read from the tables of docs/format.md as they stand there."""

import re
from datetime import date, datetime
from pathlib import Path

DOCUMENT = (Path(__file__).parents[2] / "docs/format.md").read_text("utf-8")
SECTION = DOCUMENT.split("\n## 10. Facts\n")[1].split("\n## 11. ")[0]


class Refused(ValueError):
    """A rule that does not hold: the id of its check, and why."""


def must(check_id, holds, why=""):
    if not holds:
        raise Refused(check_id, why)


def table(text):
    rows = re.findall(r"^\| `([a-z0-9_]+)` \| (.+?) \| .* \|$", text, re.MULTILINE)
    return {field: kind for field, kind in rows}


OBJECTS = {
    name: table(SECTION.split(f"\n*{name}*:")[1].split("\n### ")[0].split("\n\n*")[0])
    for name in re.findall(r"^\*([A-Za-z]+)\*:", SECTION, re.MULTILINE)
}
FACTS, SIGNS, ELECTION = {}, {}, {}
for part in SECTION.split("\n### ")[1:]:
    fact = re.match("`(.+?)`", part)[1]
    SIGNS[fact], ELECTION[fact] = re.search(r"^Signs: (.+?)\. Election: (\w+)", part, re.MULTILINE).groups()
    FACTS[fact] = table(re.split(r"\n\*[A-Z]", part)[0])
    if SIGNS[fact].startswith("as "):
        SIGNS[fact] = SIGNS[SIGNS[fact].split("`")[1]]

CLOCK = r"20\d\d-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){2}"
FORMS = {
    "hash": "[0-9a-f]{64}",
    "key": r"[A-Za-z0-9+/]{43}=",
    "signature": r"[A-Za-z0-9+/]{86}==",
    "id": r"(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*",
    "time": CLOCK + r"(?!-00:00)[+-]((0\d|1[0-3]):[0-5]\d|14:00)",
    "stamp": CLOCK + r"\.\d{3}Z",
    "text": r".+",
}
LOOSE = ("ballots-accounted", "protocol-signed", "protocol-superseded")  # a missing figure there is ARI-01
FIGURES = {"voters", "birth_year", "invalid", "needed", "valid", "ballots", "boxes", "issued", "copies"}
FIGURED = {  # fact: fields that are figures [11.1]
    "precinct-formed": ["voters"],
    "precincts-fixed": ["voters"],
    "voter-list-handed-over": ["voters"],
    "candidate-nominated": ["birth_year"],
    "signatures-verified": ["invalid", "needed", "valid"],
    "ballots-printed": ["count"],
    "ballots-delivered": ["count"],
    "precinct-opened": ["ballots", "boxes"],
    "turnout-reported": ["issued"],
    "ballots-accounted": ["cancelled", "home_applications", "issued", "received", "voters"],
    "copies-issued": ["copies"],
    "precincts-changed": ["voters"],
    "proxies-registered": ["count"],
    "observers-counted": ["foreign", "media", "observers", "proxies"],
}


def check_value(kind, value, fact):
    """Whether a value is of a type of the tables."""
    loose = "ARI-01" if fact in LOOSE else "INT-05"
    kind = kind.removesuffix("?")
    if kind.startswith("["):
        must(loose, isinstance(value, list), "a list")
        if "word" in kind:
            must("INT-05", value == sorted(set(value)), "words ascend")
        return [check_value(kind[1:-1], item, fact) for item in value]
    if kind.startswith("*"):
        must(loose, isinstance(value, dict), "an object")
        return check_object(OBJECTS[kind.strip("*")], value, fact)
    if kind == "document":
        must(loose, isinstance(value, dict), "a document")
        fields = {"sha256": "hash?", "size": "integer?", "sealed": "hash?"}
        return check_object(fields, value, fact)
    if kind == "list (7)":
        must(loose, isinstance(value, dict), "a list")
        return check_object({"count": "integer", "root": "hash"}, value, fact)
    if kind == "integer":
        return must(loose, type(value) is int, "an integer")
    if kind.startswith("`true"):
        return must(loose, value is True, "a flag")
    must(loose, isinstance(value, str), "a text")
    if kind.startswith(("word", "as ")):
        own = re.findall("`(.+?)`", kind)
        if kind.startswith("as ") or ", as in" in kind:
            shared = "synthetic" if "`ledger-opened`" in kind else "edition"
            field = "ground" if kind.startswith("as ") else shared
            own = re.findall("`(.+?)`", FACTS[own[0]][field])
        return must("INT-05", value in own, "a word")
    good = re.fullmatch(FORMS[kind], value, re.ASCII if kind != "text" else 0)
    must("INT-05", good and (kind not in ("time", "stamp") or is_day(value[:10])), kind)


def is_day(text):
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def check_object(fields, value, fact):
    loose = "ARI-01" if fact in LOOSE else "INT-05"
    must("INT-05", value.keys() <= fields.keys(), "an unknown field")
    for field, kind in fields.items():
        if field in value:
            check_value(kind.strip("`") if kind == "`true?`" else kind, value[field], fact)
        else:
            must(loose, kind.strip("`").endswith("?") or re.match(r"word\?", kind), f"no {field}")


def check_kind(fact, body):
    must("INT-08", fact in FACTS, "an unknown fact")
    for field, kind in FACTS[fact].items():
        if kind == "`true?`":
            must("INT-05", body.get(field, True) is True, field)
    fields = {field: ("`true?" if kind == "`true?`" else kind) for field, kind in FACTS[fact].items()}
    check_object(fields, body, fact)


def documents(fields, value):
    """Every document of a body."""
    for field, kind in fields.items():
        if field not in value:
            continue
        kind = kind.strip("`").removesuffix("?")
        items = value[field] if kind.startswith("[") else [value[field]]
        kind = kind.strip("[]")
        for item in items:
            if kind == "document":
                yield item
            elif kind.startswith("*"):
                yield from documents(OBJECTS[kind.strip("*")], item)


def check_documents(fact, body):
    for paper in documents(FACTS[fact], body):
        must("INT-05", paper.keys() in ({"sha256", "size"}, {"sealed"}), "a mixed document")


def figures(fact, body):
    yield from (body[name] for name in FIGURED.get(fact, []) if name in body)
    if fact == "ballots-accounted":
        yield from (share["issued"] for share in body["issued_by"])
    if fact in ("protocol-signed", "protocol-superseded"):
        count = body["protocol"]["count"]
        yield from (value for value in count.values() if type(value) is int)
        yield count.get("damaged", {}).get("count", 0)
        yield from (share["issued"] for share in count["issued_by"])
        yield from (line["votes"] for line in count["votes"])
        for box in count.get("portable", []):
            yield from (box["applications"], box["found"])


# Times [2.3]


def moment(text):
    """Milliseconds since 1970 of a time or a stamp."""
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int(at.timestamp()) * 1000 + at.microsecond // 1000


def day(text):
    return date.fromisoformat(text[:10])


def days(first, last):
    """Local days from one time to another."""
    return (day(last) - day(first)).days


def add_months(start, months):
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month, min(start.day, last))
        except ValueError:
            continue
    return None
