#!/usr/bin/env python3
"""A second verifier of published ledgers, written from docs/format.md alone; [in brackets] its sections.

Usage: verify.py FOLDER... For each: its name, a line for each check of COVERED and any other seen to fail, a
verdict. Exit code 0, 1 (a fault), 2 (unreadable). Not in: fields of facts, who may do what, documents, report
files, projections but tallies.json and the root over all. No code of the Rust program is used.
"""

import base64
import functools
import hashlib
import re
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

COVERED = "INT-02 INT-03 INT-04 INT-06 INT-09 INT-11 SIG-01 SIG-07".split()
BAD = (ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what bytes can make Python raise
ZEROS = "0" * 64


class Refused(ValueError):
    """A rule that does not hold: the id of its check, and why."""


def must(check_id, holds, why):
    if not holds:
        raise Refused(check_id, why)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Values [2]: the reader that the document prints is run as it stands there

DOCUMENT, READER = Path(__file__).parents[2] / "docs/format.md", {}
exec(re.search(r"```python\n(.+?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[1], READER)
read, write = READER["read"], READER["write"]


def unbase64(text):
    raw = base64.b64decode(text, validate=True)
    must("INT-05", base64.b64encode(raw).decode() == text, "base64")
    return raw


# Signatures and notes [4, 8.2]

LOW_ORDER = {bytes.fromhex(text) for text in ("01" + "00" * 31, "ec" + "ff" * 30 + "7f", "00" * 32)}
LOW_ORDER.add(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
LOW_ORDER.add(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))


def strict(point):
    y = int.from_bytes(point, "little") % 2**255
    return y < 2**255 - 19 and y.to_bytes(32, "little") not in LOW_ORDER


@functools.cache
def signed(key, signature, text):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return strict(key) and strict(signature[:32])


def open_note(raw, name, keys):
    """The text of a note that one of the keys signed under this name."""
    text, parted, lines = raw.decode().rpartition("\n\n")
    lines, text, met, good = lines.split("\n"), text + "\n", set(), 0
    must("SIG-07", parted and lines.pop() == "" and len(lines) <= 100 and len(raw) <= 2**20, "no note")
    must("SIG-07", not re.search(rb"[\0-\t\x0b-\x1f]", raw), "a control character")
    known = {(name, sha(name.encode(), b"\n\1", key)[:4]): key for key in keys}
    must("SIG-07", len(known) == len(keys), "two keys with one id")
    for line in lines:
        who, _, rest = line.removeprefix("— ").partition(" ")
        own = who, unbase64(rest)[:4]
        must("SIG-07", line.startswith("— ") and len(unbase64(rest)) > 4, "no line of a signature")
        must(
            "SIG-07", len(who.encode()) < 256 and re.fullmatch(r"[^\s+]+", who) and own not in met, "key name"
        )
        met.add(own)
        if key := known.get(own):
            must("SIG-07", signed(key, unbase64(rest)[4:], text.encode()), "a signature that does not verify")
            good += 1
    must("SIG-07", good, "no signature of an expected key")
    return text


# The tree and its tiles [8.1, 8.4]


def roots_of(leaves):
    """The roots over the first 0, 1, 2 … leaves."""
    roots, peaks = [sha()], []
    for n, leaf in enumerate(leaves, 1):
        peaks.append(leaf)
        while n % 2 == 0:
            peaks[-2:], n = [sha(b"\1", *peaks[-2:])], n // 2
        roots.append(functools.reduce(lambda right, left: sha(b"\1", left, right), reversed(peaks)))
    return roots


def read_tile_path(path):
    """Level (or `entries`), number and width, or None for another spelling."""
    level, number = r"(entries|\d|[1-5]\d|6[0-3])", r"(?!x000)((?:x\d{3}/)*\d{3})"
    found = re.fullmatch(rf"tile/{level}/{number}(?:\.p/([1-9]\d{{0,2}}))?", path, re.ASCII)
    if found and int(found[3] or 0) < 256:
        return found[1], int(re.sub("[x/]", "", found[2])), int(found[3] or 256)


def unpack(raw, width):
    entries = []
    while raw:
        size = int.from_bytes(raw[:2], "big") + 2
        must("INT-06", len(raw) >= size, "a bundle that ends inside an entry")
        entries, raw = [*entries, raw[2:size]], raw[size:]
    must("INT-06", len(entries) == width, "a bundle of another length")
    return entries


# One entry by itself [5, 6]

CLOCK = r"20\d\d-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){2}"
FORMS = {"HASH": '"[0-9a-f]{64}"', "KEY": '"[^"]{43}="', "SIGNATURE": '"[^"]{86}=="', "NUMBER": r"\d+"}
FORMS["ID"] = r'"(?=[^"]{1,64}")[a-z0-9]+(-[a-z0-9]+)*"'
FORMS["TIME"] = f'"{CLOCK}(?!-00:00)' r'[+-]((0\d|1[0-3]):[0-5]\d|14:00)"'
FORMS["STAMP"] = f'"{CLOCK}' r'\.\d{3}Z"'
FORMS["ENTRY"] = r"""{"event":{"at":TIME,"author":ID,"author_prev":HASH,"author_seq":NUMBER,"body":{.+},
"desk":ID,("election":ID,)?"fact":ID,"ledger":HASH,"seen":{"root":HASH,"size":NUMBER},
"signers":\[KEY(,KEY){0,31}\],"v":NUMBER(,"voids":\[HASH(,HASH){0,31}\])?},
"index":NUMBER,"prev":HASH,"received":STAMP,"signatures":\[SIGNATURE(,SIGNATURE)*\]}"""
FORMS["MANIFEST"] = r"""{("attachments":\[({"sha256":HASH,"size":NUMBER},?)+\],)?
"files":\[({"name":"[^"]+","sha256":HASH,"size":NUMBER},?)+\],
"ledger":HASH,"n":NUMBER,"root":HASH,"size":NUMBER,"software":"[^"]+"}"""
for name in ("ENTRY", "MANIFEST"):
    FORMS[name] = re.sub("[A-Z]{2,}", lambda part: FORMS[part[0]], FORMS[name].replace("\n", ""))


@functools.cache
def read_entry(raw):
    """The entry, the hash of its event, and whether each signer signed."""
    entry = read(raw)
    event = entry["event"]
    must("INT-08", event["v"] == 1, "version")
    fields = re.fullmatch(FORMS["ENTRY"], raw.decode(), re.ASCII)
    must("INT-05", fields and len(event.keys() - {"election", "voids"}) == 11, "not the fields of an entry")
    must("INT-05", len(write(event)) <= 60000, "too long")
    own, keys = sha(b"hattama-event-v1\n", write(event)).hex(), [unbase64(key) for key in event["signers"]]
    must("INT-05", all(ids == sorted(set(ids)) for ids in (keys, event.get("voids", []))), "an unsorted list")
    text = f"hattama-event-v1\nledger {event['ledger']}\nauthor {event['author']}\n"
    text += f"election {event.get('election', '-')}\nfact {event['fact']}\nevent {own}\n"
    good = [signed(key, unbase64(one), text.encode()) for key, one in zip(keys, entry["signatures"])]
    return entry, own, all(good) and len(keys) == len(entry["signatures"])


# What the entries add up to [11.4, 12]

SUMS = "absentee against_all cancelled found home_applications invalid issued received voters".split()


def full(**fields):
    return {name: value for name, value in fields.items() if value not in ([], None)}


class Election:
    def __init__(self):
        self.ballot, self.held, self.invalid, self.printed = [], {}, {}, None  # held: (event, count) by precinct

    def totals(self, which):
        """Sums over the first (0) or the current (-1) protocols."""
        counts = [held[which][1] for precinct, held in self.held.items() if precinct not in self.invalid]
        sums = {name: sum(count[name] for count in counts) for name in SUMS}
        sums["home_found"] = sum(box["found"] for count in counts for box in count.get("portable", []))
        votes = [(line["candidate"], line["votes"]) for count in counts for line in count["votes"]]
        lines = [{"candidate": one, "votes": sum(n for who, n in votes if who == one)} for one in self.ballot]
        return full(**sums, votes=lines)

    def require_countable(self):
        """What no result rests on under rules 2 [11.3]."""
        counts = [held[-1][1] for precinct, held in sorted(self.held.items()) if precinct not in self.invalid]
        most = float("inf") if self.printed is None else self.printed
        for count in counts:
            boxes = count["stationary"] + sum(box["found"] for box in count.get("portable", []))
            votes = sum(line["votes"] for line in count["votes"]) + count["against_all"] + count["invalid"]
            must("ARI-03", max(boxes, count["found"]) <= count["received"], "more in the boxes than came")
            must("ARI-04", votes <= count["received"], "more votes than ballots came")
            must("ARI-10", count["received"] <= most, "more than were printed")
        must("ARI-10", sum(count["received"] for count in counts) <= most, "more than were printed")

    def tally(self, name):
        """A row of tallies.json."""
        now = self.totals(-1)
        votes, shares, precincts = now.get("votes", []), [], []
        base = sum(line["votes"] for line in votes) + now["against_all"]
        for part in [*(line["votes"] for line in votes), now["against_all"]]:
            x = (part * 2000 + base) // (2 * base) if base else 0
            shares.append(f"{x // 10}.{x % 10}")
        for precinct, held in sorted(self.held.items()):
            (own, count), first = held[-1], held[0][1] if len(held) > 1 else None
            precincts.append(full(precinct=precinct, event=own, count=count, first_announced=first))
        row = full(election=name, totals=now, first_announced=self.totals(0), precincts=precincts)
        rows = [{"candidate": line["candidate"], "share": share} for line, share in zip(votes, shares)]
        return full(**row, participated=base, against_all_share=shares[-1], shares=rows)


# The folder [9], and its entries in order, as far as the covered checks need it [11]


class Verifier:
    def __init__(self, folder):
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        self.files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        self.tiles = {path: tile for path in self.files if (tile := read_tile_path(path))}
        self.faults, self.ran, self.raws, self.received, self.rules = {}, set(), [], "", 1
        self.keys, self.announced, self.tallies, self.test = [], {}, {}, None  # keys: (entry, name, keys)
        self.events, self.chains, self.voided, self.elections, self.charter = set(), {}, set(), {}, None
        try:
            self.origin, size, root = self.files["checkpoint"].decode().split("\n")[:3]
            self.size, root = int(size), unbase64(root)
        except ValueError:
            self.origin, self.size, root = "", 0, sha()
        self.read_bundles()
        self.leaves = [sha(b"\0", raw) for raw in self.raws]
        self.roots = roots_of(self.leaves)
        self.replay([self.read_one(index) for index in range(len(self.raws))])
        good = self.check_checkpoint("checkpoint", self.size, root) or not self.keys
        if good and len(self.raws) == self.size:
            self.ask("INT-11", self.roots[-1] == root, "checkpoint", "the entries have another root")
        self.check_tiles()
        shown = {int(n) for path in self.files for n in re.findall(r"^snapshots/([1-9]\d*)/", path, re.ASCII)}
        for n in sorted(shown | self.announced.keys()):
            self.check_snapshot(n, f"snapshots/{n}/", *self.announced.get(n, [len(self.raws)]))

    def ask(self, check_id, holds, where, why):
        self.ran.add(check_id)
        if not holds:
            self.faults.setdefault(check_id, f"{where}: {why}")
        return holds

    def read_bundles(self):
        """The entries within the size, each from the bundle of its width or the next wider, up to the first gap."""
        bundles = sorted((n, width, path) for path, (kind, n, width) in self.tiles.items() if kind == "entries")
        try:
            while len(self.raws) < self.size:
                need, n = min(256, self.size - len(self.raws)), len(self.raws) // 256
                own = [(width, path) for number, width, path in bundles if number == n and width >= need]
                must("INT-06", own, "no bundle")
                width, path = own[0]
                self.raws += unpack(self.files[path], width)[:need]
        except ValueError as fault:
            self.ask("INT-06", False, f"bundle {n}", fault.args[-1])
        self.ask("INT-06", len(self.raws) == self.size, "checkpoint", f"found {len(self.raws)} entries")

    def read_one(self, index):
        """The event and its hash, if the entry can stand alone and behind the one in front [11.1, 1 to 6]."""
        where, prev = f"entry {index}", self.leaves[index - 1].hex() if index else ZEROS
        try:
            entry, own, good = read_entry(self.raws[index])
            event, body = entry["event"], entry["event"]["body"]
            asked = [self.ask("SIG-01", good, where, "signatures")]
            asked += [self.ask("INT-02", entry["prev"] == prev, where, f"prev is not {prev}")]
            later = entry["received"] >= self.received or event["fact"] == "clock-corrected"
            asked += [self.ask("INT-04", later and entry["index"] == index, where, "index or received")]
            self.received = entry["received"]
            if event["fact"] == "snapshot-published":
                told = body["manifest"], body["projection_root"]
                self.announced[body["n"] + 0] = index, body["size"] + 0, bytes.fromhex(body["root"]), told
            return all(asked) and (event, own)
        except BAD as fault:
            self.ask(fault.args[0] if isinstance(fault, Refused) else "INT-05", False, where, fault.args[-1])

    def replay(self, entries):
        """Admits entries up to the first that may not stand where it does."""
        sizes = {size for _, size, *_ in self.announced.values()}
        for index, found in enumerate([*entries, None]):
            try:
                if index in sizes:
                    view = full(elections=[one.tally(name) for name, one in sorted(self.elections.items())])
                    self.tallies[index] = write(full(ledger=self.charter, test=self.test, view=view or None))
                if not found:
                    return
                self.admit(index, *found)
            except BAD as fault:
                check_id = fault.args[0] if isinstance(fault, Refused) else "another check"
                return self.ask(check_id, False, f"entry {index}", fault.args[-1])

    def admit(self, index, event, own):
        fact, seen, voids = event["fact"], event["seen"], event.get("voids", [])
        chain = event["author"], event.get("election"), event["desk"]
        place = self.chains.get(chain, (0, ZEROS))
        must("INT-04", own not in self.events and (chain, own) not in self.voided, "known or voided")
        must("INT-01", event["ledger"] == (self.charter or ZEROS), "another ledger")
        must("INT-04", (event["author_seq"], event["author_prev"]) == place, f"the chain is at {place}")
        must("INT-04", own not in voids and self.events.isdisjoint(voids), "voids what is in the ledger")
        must("INT-11", seen["size"] <= index and seen["root"] == self.roots[seen["size"]].hex(), "seen")
        must("INT-01", (fact == "ledger-opened") == (index == 0), "the charter")
        self.rules = event["body"]["rules"] if fact in ("ledger-opened", "rules-adopted") else self.rules
        must("INT-08", self.rules in (1, 2) or fact == "rules-adopted", "rules")
        self.apply(index, event, fact, event["body"], own, event.get("election"))
        self.events.add(own)
        self.chains[chain] = event["author_seq"] + 1, own
        self.voided.update((chain, one) for one in voids)

    def apply(self, index, event, fact, body, own, name):
        """The covered rules of each fact [11.3], and what it changes [11.6]."""
        if "log_key" in body:
            self.keys.append((index, self.origin, [unbase64(body["log_key"])]))
        if "office_keys" in body:
            keys = [unbase64(one["key"]) for one in body["office_keys"]]
            self.keys.append((index, self.origin + "/office", keys))
        if fact == "ledger-opened":
            self.charter, self.test = own, body.get("test")
        elif fact == "snapshot-published":
            known = body["size"] <= index and self.roots[body["size"]].hex()
            must("INT-11", body["root"] == known, "root of a snapshot")
        elif fact in ("election-called", "repeat-voting-called", "repeat-election-called"):
            self.elections[name] = Election()
        elif fact in ("ballot-approved", "ballot-amended", "election-extended"):
            self.elections[name].ballot = body.get("candidates", [])
            self.elections[name].printed = self.elections[name].printed if fact != "election-extended" else None
        elif fact in ("protocol-signed", "protocol-superseded"):
            protocols = self.elections[name].held.setdefault(body["precinct"], [])
            protocols.append((own, body["protocol"]["count"]))
        elif fact == "precinct-invalidated":
            self.elections[name].invalid[body["precinct"]] = own
        elif fact == "decision-cancelled":
            kept = self.elections[name].invalid.items()
            self.elections[name].invalid = {one: by for one, by in kept if by != body["cancels"]}
        elif fact == "ballots-printed":
            self.elections[name].printed = body["count"]
        elif fact == "results-determined":
            self.rules < 2 or self.elections[name].require_countable()
            must("ARI-08", body["totals"] == self.elections[name].totals(-1), "totals")

    def check_note(self, path, size, name, ours):
        """Whether this text stands in a note by the keys of this name after so many entries."""
        keys = [keys for at, whose, keys in self.keys if at < size and whose == name]
        keys = sum(keys, []) if name.endswith("/office") else sum(keys[-1:], [])
        try:
            good = open_note(self.files.get(path, b""), name, keys) == ours
            return self.ask("SIG-07", good, path, "another text")
        except ValueError as fault:
            return self.ask("SIG-07", False, path, fault.args[-1])

    def check_checkpoint(self, path, size, root):
        ours = f"{self.origin}\n{size}\n{base64.b64encode(root).decode()}\n"
        return self.check_note(path, max(size, 1), self.origin, ours)

    def check_tiles(self):
        levels, met = [self.leaves], {}
        while len(levels[-1]) >= 256:
            ends = range(256, len(levels[-1]) + 1, 256)
            levels.append([roots_of(levels[-1][end - 256 : end])[-1] for end in ends])
        for path, (kind, n, width) in self.tiles.items():
            level, part = 0 if kind == "entries" else int(kind), slice(n * 256, n * 256 + width)
            met[kind, n] = max(width, met.get((kind, n), 0))
            if part.stop <= len(self.leaves) // 256**level:  # beyond it a publication may be under way
                packed = [len(raw).to_bytes(2, "big") + raw for raw in self.raws[part]]
                ours = b"".join(packed if kind == "entries" else levels[level][part])
                check_id = "INT-03" if kind == "0" and len(self.files[path]) == len(ours) else "INT-11"
                self.ask(check_id, self.files[path] == ours, path, "other content")
        for level, hashes in enumerate(levels):
            for n in range((len(hashes) + 255) // 256):
                there = met.get((str(level), n), 0) >= min(256, len(hashes) - n * 256)
                self.ask("INT-11", there, f"tile {n} of level {level}", "missing")

    def check_snapshot(self, n, prefix, index, size=None, root=None, told=None):
        try:
            fields = read(manifest := self.files[prefix + "manifest.json"])
            must("PUB-01", re.fullmatch(FORMS["MANIFEST"], manifest.decode(), re.ASCII), "fields")
        except BAD:
            return self.ask("PUB-01", False, prefix, "no manifest.json")
        ours = f"hattama-manifest-v1\n{self.charter}\n{n}\n{sha(manifest).hex()}\n"
        self.check_note(prefix + "manifest.sig", index, self.origin + "/office", ours)
        if told is None:
            return
        self.check_checkpoint(prefix + "checkpoint", size, root)
        self.ask("PUB-01", told[0] == sha(manifest).hex(), prefix, "another manifest.json was announced")
        named = fields["ledger"], fields["n"], fields["size"], fields["root"]
        ours = self.charter, n, size, self.roots[size].hex() if size < len(self.roots) else None
        self.ask("INT-11", named == ours, prefix, "manifest.json of another tree")
        if size in self.tallies and index < len(self.events):  # the announcement itself was admitted
            folder = prefix + "projections/"
            tables = {path: data for path, data in self.files.items() if path.startswith(folder)}
            good = tables.get(folder + "tallies.json") == self.tallies[size]
            self.ask("INT-09", good, prefix, "tallies.json is not what the entries give")
            lines = [f"{path.removeprefix(folder)}\n{sha(data).hex()}\n" for path, data in tables.items()]
            root = roots_of([sha(b"\0", line.encode()) for line in lines])[-1].hex()
            self.ask("INT-09", root == told[1], prefix, "another projection_root")


def judge(folder):
    """Prints what was found in a folder; returns the exit code."""
    print("ledger", folder)
    if not (Path(folder) / "checkpoint").is_file():
        print("UNREADABLE: no checkpoint")
        return 2
    it = Verifier(Path(folder))
    for check_id in sorted({*COVERED, *it.faults}):
        status = "FAIL" if check_id in it.faults else "PASS" if check_id in it.ran else "NOT-RUN"
        print(check_id, status, it.faults.get(check_id, ""))
    code = 2 if it.faults.keys() == {"INT-08"} else 1 if it.faults else 0
    print(["VERIFIED, as far as these checks go", "FAILED", "INCOMPLETE: an unknown version"][code])
    return code


if __name__ == "__main__":
    codes = [judge(folder) for folder in sys.argv[1:]]
    sys.exit(1 if 1 in codes else max(codes) if codes else print(__doc__) or 64)
