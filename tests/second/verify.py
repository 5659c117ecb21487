#!/usr/bin/env python3
"""A second verifier of published ledgers, written from docs/format.md alone; [in brackets] its sections.

Usage: verify.py FOLDER... For each: its name, a line for each check of COVERED and any other seen to fail, a
verdict. Exit code 0, 1 (a fault), 2 (unreadable). Every entry is admitted by the rules of section 11, every projection and
every table made again, NIST reports and workbooks among them; the entries are added up a second time in another order. Not in:
what suspects (section 16, severities W and I), attachments.
"""

import base64
import functools
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # it leaves nothing behind

import lint
import nist
import shown
import tables
import workbook
from elections import OfElections
from facts import DOCUMENT, FACTS, Refused, check_documents, check_kind, figures, moment, must
from log import BAD, FORMS, ZEROS, list_root, open_note, read, read_entry, read_tile_path, roots_of, sha, signed, strict
from log import unbase64, unpack, write
from state import State, full

COVERED = "INT-02 INT-03 INT-04 INT-06 INT-09 INT-10 INT-11 SIG-01 SIG-07".split()
CHECKS = {
    f"{family}-{n:02}"
    for family, last in re.findall(r"`([A-Z]{3})-01` … `[A-Z]{3}-(\d\d)`", DOCUMENT)
    for n in range(1, int(last) + 1)
}


class Tools:
    """What rules ask of bytes and of the log."""

    def __init__(self, verifier):
        self.verifier, self.dissolved_enrols = verifier, False
        self.strict, self.signed, self.list_of, self.check_ids = strict, signed, list_root, CHECKS

    def root_at(self, size):
        return self.verifier.roots[size].hex()

    @property
    def last_received(self):
        return self.verifier.times[-1] if self.verifier.times else None

    def received_at(self, index):
        return self.verifier.times[index]

    @staticmethod
    def override_texts(n):
        return "the check to hold before a snapshot is published", f"snapshot {n} published although it failed"


# The folder [9], and its entries in order, as far as the covered checks need it [11]


class Verifier:
    def __init__(self, folder):
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        self.files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        self.tiles = {path: tile for path in self.files if (tile := read_tile_path(path))}
        self.faults, self.ran, self.raws, self.pages = {}, set(), [], False
        try:
            origin, size, root = self.files["checkpoint"].decode().split("\n")[:3]
            self.size, root = int(size), unbase64(root)
        except ValueError:
            origin, self.size, root = "", 0, sha()
        self.read_bundles()
        self.begin(self.raws, origin)
        good = self.check_checkpoint("checkpoint", self.size, root) or not self.keys
        if good and len(self.raws) == self.size:
            self.ask("INT-11", self.roots[-1] == root, "checkpoint", "the entries have another root")
        self.check_tiles()
        self.fold_again()
        there = {int(n) for path in self.files for n in re.findall(r"^snapshots/([1-9]\d*)/", path, re.ASCII)}
        self.kept = []
        for n in sorted(there | self.announced.keys()):
            self.check_snapshot(n, f"snapshots/{n}/", *self.announced.get(n, [len(self.raws)]))
        for older, newer in zip(self.kept, self.kept[1:]):
            shown.check_changes(self.ask, self.state, older, newer)

    def begin(self, raws, origin):
        """Admits entries in order, wherever they come from."""
        self.faults, self.ran = getattr(self, "faults", {}), getattr(self, "ran", set())
        self.raws, self.origin, self.received = raws, origin, ""
        self.keys, self.announced, self.made = [], {}, {}  # keys: (entry, name, keys); made: (projections, tables) by size
        self.events, self.chains, self.voided, self.charter = set(), {}, set(), None
        self.state, self.tools, self.times = State(), Tools(self), []
        self.workbooks = {}  # whether the one of each snapshot is that of its entries
        self.applied = []  # what each admitted entry changed, and what was found of it
        self.leaves = [sha(b"\0", raw) for raw in raws]
        self.roots = roots_of(self.leaves)
        self.replay([self.read_one(index) for index in range(len(raws))])

    def ask_authority(self, event, own, received):
        """Whether this event would have authority [11.2] after all entries."""
        try:
            OfElections(self.state, len(self.raws), event, own, received, self.tools).authorise()
        except BAD:
            return False
        return True

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
            return all(asked) and (event, own, entry["received"])
        except BAD as fault:
            self.ask(fault.args[0] if isinstance(fault, Refused) else "INT-05", False, where, fault.args[-1])

    def replay(self, entries):
        """Admits entries up to the first that may not stand where it does."""
        sizes = {size for _, size, *_ in self.announced.values()}
        for index, found in enumerate([*entries, None]):
            try:
                if index in sizes:
                    self.made[index] = tables.projections(self.state, write), {**tables.tables(self.state), **self.reports(index)}
                    self.check_workbooks(index)
                if not found:
                    return
                self.admit(index, *found)
            except BAD as fault:
                check_id = fault.args[0] if isinstance(fault, Refused) else "another check"
                return self.ask(check_id, False, f"entry {index}", fault.args[-1])

    def admit(self, index, event, own, received):
        """One entry behind those before [11.1, 7 to 20]."""
        fact, body, seen, voids = event["fact"], event["body"], event["seen"], event.get("voids", [])
        chain, state = (event["author"], event.get("election"), event["desk"]), self.state
        place = self.chains.get(chain, (0, ZEROS))
        must("INT-04", own not in self.events and (chain, own) not in self.voided, "known or voided")
        must("INT-01", event["ledger"] == (self.charter or ZEROS), "another ledger")
        must("INT-04", (event["author_seq"], event["author_prev"]) == place, f"the chain is at {place}")
        must("INT-04", own not in voids and self.events.isdisjoint(voids), "voids what is in the ledger")
        must("INT-11", seen["size"] <= index and seen["root"] == self.roots[seen["size"]].hex(), "seen")
        ten, at = 600_000, moment(event["at"])
        if seen["size"] and fact != "clock-corrected":
            must("PRO-17", at >= moment(state.received[seen["size"] - 1]) - ten, "before what was seen")
        must("INT-08", self.charter is None or state.rules in (1, 2), "rules")
        must("INT-08", fact in FACTS, "an unknown fact")
        unknown = fact in ("ledger-opened", "rules-adopted") and body.get("rules", 0) > 2
        try:
            check_kind(fact, body)
        except BAD:
            must("INT-08", not unknown, "rules")
            raise
        early = fact == "election-called" and state.rules < 2
        must("INT-05", not early or "ground_decision" not in body, "a field of later rules")
        must("PRO-17", at <= moment(received) + ten, "signed later than received")
        check_documents(fact, body)
        must("ARI-01", all(one <= 1_000_000_000 for one in figures(fact, body)), "a figure")
        asked = OfElections(state, index, event, own, received, self.tools)
        if fact != "ledger-opened":
            must("INT-01", self.charter, "no charter")
            if state.closed is not None:
                last = fact == "snapshot-published" and state.after_closed is None and body["size"] > state.closed
                must("COM-09", last, "closed")
            asked.authorise()
        getattr(asked, fact.replace("-", "_"), lambda: None)()
        state.apply(index, event, own, received)
        order = {"SIG-04": 1} if fact == "key-revoked" else {}
        notes = sorted(asked.notes, key=lambda one: (order and one["entry"], 0))
        state.findings += notes
        self.applied.append((index, event, own, received, notes))
        if fact == "ledger-opened":
            self.charter = own
        if "log_key" in body:
            self.keys.append((index, self.origin, [unbase64(body["log_key"])]))
        if "office_keys" in body:
            keys = [unbase64(one["key"]) for one in body["office_keys"]]
            self.keys.append((index, self.origin + "/office", keys))
        self.times.append(received)
        self.events.add(own)
        self.chains[chain] = event["author_seq"] + 1, own
        self.voided.update((chain, one) for one in voids)

    def reports(self, size):
        """The NIST report of each election, for each snapshot of this size."""
        out = {}
        for n, (_, own, root, _) in self.announced.items():
            prefix = f"snapshots/{n}/report/"
            labels = self.files.get(prefix + "labels.csv", b"")
            if own == size and size and tables.is_labels(labels, self.state):
                place = {"n": n, "size": size, "root": self.roots[size].hex(), "received": self.times[-1]}
                words = nist.office_words(labels)
                for name, it in self.state.elections.items():
                    out[n, f"nist-{name}.json"] = nist.report(self.state, it, place, words)
        return out

    def check_workbooks(self, size):
        """The workbook of each snapshot of this size, while the state is that of its entries."""
        for n, (_, own, *_) in self.announced.items():
            prefix = f"snapshots/{n}/report/"
            labels = self.files.get(prefix + "labels.csv", b"")
            if own == size and size and tables.is_labels(labels, self.state):
                self.workbooks[n] = workbook.is_workbook(self.files.get(prefix + "results.xlsx", b""), self.state, labels)

    def fold_again(self):
        """A second fold, in which the events of each precinct go one after another [16, INT-10]."""
        state, waiting, found = State(), {}, []

        def apply(index, event, own, received, notes):
            state.apply(index, event, own, received)
            found.extend((index, note) for note in notes)

        def empty():
            for stream in sorted(waiting, reverse=True):
                for one in waiting[stream]:
                    apply(*one)
            waiting.clear()

        for one in self.applied:
            event = one[1]
            if "precinct" in event["body"] and "election" in event:
                waiting.setdefault((event["election"], event["body"]["precinct"]), []).append(one)
            else:
                empty()
                apply(*one)
        empty()
        state.findings = [note for _, note in sorted(found, key=lambda pair: pair[0])]
        if self.applied:
            same = tables.projections(state, write) == tables.projections(self.state, write)
            self.ask("INT-10", same, "projections", "another order comes to others")

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
            refused = told and index >= len(self.events) and prefix + "manifest.json" not in self.files
            return refused or self.ask("PUB-01", False, prefix, "no manifest.json")
        ours = f"hattama-manifest-v1\n{self.charter}\n{n}\n{sha(manifest).hex()}\n"
        self.check_note(prefix + "manifest.sig", index, self.origin + "/office", ours)
        if told is None:
            return
        self.check_checkpoint(prefix + "checkpoint", size, root)
        self.ask("PUB-01", told[0] == sha(manifest).hex(), prefix, "another manifest.json was announced")
        named = fields["ledger"], fields["n"], fields["size"], fields["root"]
        ours = self.charter, n, size, self.roots[size].hex() if size < len(self.roots) else None
        self.ask("INT-11", named == ours, prefix, "manifest.json of another tree")
        if size in self.made and index < len(self.events):  # the announcement itself was admitted
            projections, own = self.made[size]
            self.compare("INT-09", prefix, "projections/", projections)
            lines = [f"{name}\n{sha(data).hex()}\n" for name, data in sorted(projections.items())]
            root = roots_of([sha(b"\0", line.encode()) for line in lines])[-1].hex()
            self.ask("INT-09", root == told[1], prefix, "another projection_root")
            own = {name[1] if isinstance(name, tuple) else name: data for name, data in own.items() if name[0] == n or isinstance(name, str)}
            self.compare("PUB-02", prefix, "report/", own)
            self.ask("PUB-02", self.workbooks.get(n), prefix + "report/results.xlsx", "not what the entries give")
        sound = {one["name"]: self.files.get(prefix + one["name"], b"") for one in fields["files"]}
        sound = {one["name"]: sound[one["name"]] for one in fields["files"] if sha(sound[one["name"]]).hex() == one["sha256"]}
        if told[0] == sha(manifest).hex():
            shown.check_tallies(self.ask, prefix, sound)
            for name, data in sound.items():
                if re.fullmatch(r"report/nist-.*\.json", name):
                    bad = sorted(one for one in lint.lint(data) if one.startswith("ERR-"))
                    self.ask("PUB-03", not bad, prefix + name, " ".join(bad))
            self.kept.append((prefix, fields, sound))
        self.pages |= "site" in fields
        folders = ("projections/", "report/", *(["site/"] if "site" in fields else []))
        strange = [one["name"] for one in fields["files"] if one["name"] != "checkpoint" and not one["name"].startswith(folders)]
        self.ask("PUB-01", not strange, prefix, "lists what nobody can make again")
        listed = {one["name"]: (one["sha256"], one["size"]) for one in fields["files"]}
        there = {path.removeprefix(prefix) for path in self.files if path.startswith(prefix)}
        there -= {"manifest.json", "manifest.sig"}
        self.ask("PUB-01", there == listed.keys(), prefix, "other files than the manifest lists")
        for name, known in listed.items():
            data = self.files.get(prefix + name, b"")
            self.ask("PUB-01", (sha(data).hex(), len(data)) == known, prefix, f"{name} is another")

    def compare(self, check_id, prefix, folder, made):
        """The files of one folder of a snapshot, where they are those that the entries give."""
        start = prefix + folder
        there = {path.removeprefix(start): data for path, data in self.files.items() if path.startswith(start)}
        other = set() if folder == "projections/" else {"results.xlsx", "labels.csv"}
        if other and not tables.is_labels(there.get("labels.csv", b""), self.state):
            other |= {f"nist-{name}.json" for name in self.state.elections}  # whose words stand in labels.csv
        for name in sorted({*made, *there} - other):
            self.ask(check_id, made.get(name) == there.get(name), start + name, "not what the entries give")
        if "labels.csv" in other:
            self.ask(check_id, tables.is_labels(there.get("labels.csv", b""), self.state), start + "labels.csv", "another")


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
    if it.pages:  # their listed hashes were compared under PUB-01; making them again [9.2] is out of reach here
        print("PUB-11 NOT-RUN")
    code = 2 if it.faults.keys() == {"INT-08"} else 1 if it.faults else 0
    print(["VERIFIED, as far as these checks go", "FAILED", "INCOMPLETE: an unknown version"][code])
    return code


if __name__ == "__main__":
    codes = [judge(folder) for folder in sys.argv[1:]]
    sys.exit(1 if 1 in codes else max(codes) if codes else print(__doc__) or 64)
