#!/usr/bin/env python3
"""Evidence files [15], checked from docs/format.md alone.

Usage: evidence.py [--policy FILE] FILE... For each: its name, then what it proves: `PROVED kind`, `TWO SIGNED ACTS`,
`NOTHING PROVED` or `UNREADABLE`, each with a reason. Exit code 0 if each proves, 1 if one proves nothing, 2 if one does not read.
"""

import base64
import json
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # it leaves nothing behind

import tables
from facts import CLOCK, OBJECTS, Refused, moment, must
from log import BAD, ZEROS, inclusion_root, is_consistent, open_note, read_entry, roots_of, sha, signed, unbase64, unpack
from log import FORMS, LOW_ORDER, READER, read, strict, write
from verify import Verifier

HEX = re.compile("[0-9a-f]{64}")
FIELDS = {
    "author_fork": ("bundles checkpoint entries events", "proof"),
    "bad_entry": ("checkpoint proved", "previous"),
    "false_announcement": ("bundles entries", ""),
    "false_file": ("bundles manifest name signature", "file"),
    "receipt_not_honoured": ("event newer receipt root", "proof"),
    "retired_key": ("checkpoint", ""),
    "rule_broken": ("bundles checkpoint entries", "proof"),
    "split_view": ("newer older root", "proof"),
    "stale_log": ("called checkpoint last", ""),
    "two_roots": ("bundles checkpoint manifest signature", "proof"),
}


class Unread(ValueError):
    """What is no evidence file."""


class TwoActs(ValueError):
    """Two signed acts at one place, and no lie."""


def need(holds, why):
    if not holds:
        raise Unread(why)


def proves(holds, why):
    if not holds:
        raise Refused("NOTHING", why)


def raw(text):
    need(isinstance(text, str), "base64")
    try:
        return unbase64(text)
    except BAD as fault:
        raise Unread("base64") from fault


def hashes(value):
    need(isinstance(value, list) and value and all(isinstance(one, str) and HEX.fullmatch(one) for one in value), "hashes")
    return [bytes.fromhex(one) for one in value]


def fields(value, required, optional=""):
    need(isinstance(value, dict), "an object")
    must_have, may_have = set(required.split()), set(optional.split())
    need(must_have <= value.keys() <= must_have | may_have, f"fields {sorted(value)}")


class Lawful:
    """Entries from bundles, admitted one by one [11]; says where the first is refused."""

    def __init__(self, entries, origin):
        # A verifier of entries without a folder: no files are asked for.
        self.verifier = Verifier.__new__(Verifier)
        self.verifier.files = {}
        self.verifier.begin(entries, origin)
        self.admitted, self.reason = len(self.verifier.events), self.verifier.faults

    @property
    def all(self):
        return self.admitted == len(self.verifier.raws)


class File:
    def __init__(self, data):
        try:
            value = json.loads(data.decode("utf-8"), parse_float=READER["refuse"], parse_constant=READER["refuse"])
            need(write(value) == data, "not canonical")
        except BAD as fault:
            raise Unread("no canonical JSON") from fault
        fields(value, "charter claim v", "handovers")
        need(value["v"] == 1, "version")
        fields(value["claim"], " ".join(value["claim"]))
        need(len(value["claim"]) == 1, "one claim")
        (self.kind, self.claim), = value["claim"].items()
        need(self.kind in FIELDS, "an unknown kind")
        older = self.kind == "author_fork" and "bundles" not in self.claim
        fields(self.claim, *(("checkpoint events", "registrations proof") if older else FIELDS[self.kind]))
        self.read_charter(raw(value["charter"]))
        self.handovers = value.get("handovers", [])
        need("handovers" not in value or self.handovers, "handovers")

    def read_charter(self, data):
        own = Lawful([data], self.origin_of(data))
        proves(own.all, f"the charter is refused: {own.reason}")
        entry = read(data)
        self.body = entry["event"]["body"]
        self.origin, self.ledger = self.body["origin"], own.verifier.charter
        self.roots, self.threshold = set(self.body["root_keys"]), self.body["threshold"]
        self.log_keys, self.retired = [(0, unbase64(self.body["log_key"]))], []

    @staticmethod
    def origin_of(data):
        try:
            return json.loads(data)["event"]["body"]["origin"]
        except BAD:
            return ""

    # Checkpoints and keys

    def key_at(self, size):
        return [key for at, key in self.log_keys if at < max(size, 1)][-1]

    def open(self, data, key=None):
        """Size and root of a checkpoint that opens."""
        text = data.decode().split("\n\n")[0] + "\n" if b"\n\n" in data else ""
        found = re.fullmatch(r"([!-*,-~]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n", text, re.ASCII)
        proves(found and found[1] == self.origin and int(found[2]) < 2**63, "no checkpoint of this ledger")
        size, root = int(found[2]), unbase64(found[3])
        proves(size or root == sha(), "a root of nothing")
        try:
            open_note(data, self.origin, [key or self.key_at(size)])
        except BAD as fault:
            raise Refused("NOTHING", f"a checkpoint does not open: {fault.args[-1]}") from fault
        return size, root

    def read_handovers(self, but=None):
        """The keys of the log, by its own and the root's word; each handover proved in a tree that the log signed."""
        waiting, last = [], 0
        for one in self.handovers:
            fields(one, "checkpoint proved")
            data, index, proof = self.read_proved(one["proved"])
            entry, own, good = self.entry(data)
            event, body = entry["event"], entry["event"]["body"]
            proves(index > last and entry["index"] == index, "handovers ascend")
            proves(event["ledger"] == self.ledger and event["author"] == "cec" and good, "a handover")
            signing = set(event["signers"])
            proves(len(signing & self.roots) >= self.threshold, "too few root keys")
            if event["fact"] == "root-keys-replaced":
                proves(set(body["root_keys"]) <= signing <= set(body["root_keys"]) | self.roots, "new root keys")
                self.roots, self.threshold = set(body["root_keys"]), body["threshold"]
            else:
                proves(event["fact"] == "log-key-replaced" and signing <= self.roots, "no handover")
                self.log_keys.append((index, unbase64(body["log_key"])))
            waiting.append((raw(one["checkpoint"]), data, index, proof))
            last = index
        for note, data, index, proof in waiting:
            if note != but:
                size, root = self.open(note)
                proves(self.stands(data, index, proof, size, root), "a handover that is not in its tree")

    def entry(self, data):
        try:
            return read_entry(data)
        except BAD as fault:
            raise Refused("NOTHING", "an entry that does not read") from fault

    def signed_event(self, data, **more):
        """A signed event [13] in the form of an entry, so that the same reader judges it."""
        value = read(data)
        fields(value, "event signatures")
        signers = [one["signer"] for one in value["signatures"]]
        proves(signers == value["event"]["signers"], "a signature for each signer")
        own = [one["signature"] for one in value["signatures"]]
        form = {"index": 0, "prev": ZEROS, "received": "2000-01-01T00:00:00.000Z", **more}
        return write({"event": value["event"], "signatures": own, **form})

    def read_proved(self, value):
        fields(value, "index", "entry proof")
        need(type(value["index"]) is int and value["index"] >= 0, "index")
        proof = hashes(value["proof"]) if "proof" in value else []
        return raw(value["entry"]) if "entry" in value else b"", value["index"], proof

    @staticmethod
    def stands(data, index, proof, size, root):
        return inclusion_root(index, size, sha(b"\0", data), proof) == root

    def proof(self):
        return hashes(self.claim["proof"]) if "proof" in self.claim else []

    def bundles(self, count=None):
        need(isinstance(self.claim["bundles"], list), "bundles")
        count = self.claim["entries"] if count is None else count
        need(type(count) is int and count > 0, "entries")
        entries, parts = [], [raw(one) for one in self.claim["bundles"]]
        try:
            for n, part in enumerate(parts):
                entries += unpack(part, min(256, count - 256 * n))
        except BAD as fault:
            raise Refused("NOTHING", "bundles") from fault
        proves(len(entries) == count and entries[0] == self.charter_bytes, "bundles of another length")
        return entries

    def under(self, entries):
        """The bundles stand at the beginning of the tree of the checkpoint."""
        size, root = self.open(raw(self.claim["checkpoint"]))
        own = roots_of([sha(b"\0", one) for one in entries])[-1]
        proves(is_consistent(len(entries), size, own, root, self.proof()), "the entries are not those of the checkpoint")

    def manifest(self, office):
        data = raw(self.claim["manifest"])
        try:
            manifest = read(data)
            must("", re.fullmatch(FORMS["MANIFEST"], data.decode(), re.ASCII), "fields")
            own = f"hattama-manifest-v1\n{self.ledger}\n{manifest['n']}\n{sha(data).hex()}\n"
            text = open_note(raw(self.claim["signature"]), self.origin + "/office", office)
            proves(text == own and manifest["ledger"] == self.ledger, "manifest.sig")
        except BAD as fault:
            raise Refused("NOTHING", "manifest.sig") from fault
        return manifest

    # The claims

    def judge(self, policy=None):
        self.read_handovers(raw(self.claim["checkpoint"]) if self.kind == "retired_key" else None)
        getattr(self, self.kind)(policy)

    def split_view(self, _):
        new, old = self.open(raw(self.claim["newer"])), self.open(raw(self.claim["older"]))
        root = bytes.fromhex(self.claim["root"])
        proves(old[0] <= new[0] and is_consistent(old[0], new[0], root, new[1], self.proof()), "proof")
        proves(root != old[1], "one history")

    def retired_key(self, _):
        data = raw(self.claim["checkpoint"])
        size = int(data.decode().split("\n")[1])
        for _, key in self.log_keys:
            if key != self.key_at(size):
                try:
                    return self.open(data, key)
                except Refused:
                    continue
        raise Refused("NOTHING", "no other key signed it")

    def receipt_not_honoured(self, _):
        receipt = raw(self.claim["receipt"]).decode()
        head, note = receipt.split("\n\n", 1)
        lines = head.split("\n")
        proves(lines.pop(0) == "c2sp.org/tlog-proof@v1" and lines[0].startswith("extra "), "a receipt")
        extra = unbase64(lines.pop(0)[6:])
        more, index = read(extra), int(lines.pop(0).removeprefix("index "))
        proves(more.keys() == {"prev", "received"}, "extra")
        entry = self.signed_event(raw(self.claim["event"]), **more, index=index)
        proves(self.entry(entry)[2], "signatures")
        size, root = self.open(note.encode())
        proves(self.stands(entry, index, [unbase64(one) for one in lines], size, root), "the receipt does not hold")
        new, other = self.open(raw(self.claim["newer"])), bytes.fromhex(self.claim["root"])
        proves(size <= new[0] and is_consistent(size, new[0], other, new[1], self.proof()), "proof")
        proves(other != root, "it was honoured")

    def two_roots(self, _):
        size = read(raw(self.claim["manifest"]))["size"]
        entries = self.bundles(size)
        own = Lawful(entries, self.origin)
        proves(own.all, "an entry that is refused")
        self.under(entries)
        manifest = self.manifest(self.office(own))
        proves(bytes.fromhex(manifest["root"]) != own.verifier.roots[-1], "one root")

    def office(self, own):
        keys = [keys for _, name, keys in own.verifier.keys if name.endswith("/office")]
        return sum(keys, [])

    def bad_entry(self, _):
        size, root = self.open(raw(self.claim["checkpoint"]))
        data, index, proof = self.read_proved(self.claim["proved"])
        proves(self.stands(data, index, proof, size, root), "it is not in the tree")
        before = None
        if "previous" in self.claim:
            fields(self.claim["previous"], "hash", "proof")
            before = hashes([self.claim["previous"]["hash"]])[0]
            own = hashes(self.claim["previous"]["proof"]) if "proof" in self.claim["previous"] else []
            proves(inclusion_root(index - 1, size, before, own) == root, "the leaf before is not in the tree")
        try:
            entry, _, good = read_entry(data)
        except BAD as fault:
            unknown = isinstance(fault, Refused) and fault.args[0] == "INT-08"
            return proves(not unknown, "a version that is not known")
        prev = before.hex() if before else ZEROS if index == 0 else entry["prev"]
        other = entry["event"]["ledger"] != (self.ledger if index else ZEROS)
        proves(not good or entry["index"] != index or other or entry["prev"] != prev, "a good entry")

    def rule_broken(self, _):
        entries = self.bundles()
        self.under(entries)
        own = Lawful(entries, self.origin)
        proves(own.admitted == len(entries) - 1, "the last one alone is refused")
        proves(own.reason.keys() != {"INT-08"}, "a rule that is not known")

    def false_announcement(self, _):
        own = Lawful(self.bundles(), self.origin)
        proves(own.all, "an entry that is refused")
        event = read(own.verifier.raws[-1])["event"]
        proves(event["fact"] == "snapshot-published", "no announcement")
        made, _ = own.verifier.made[event["body"]["size"]]
        lines = [f"{name}\n{sha(data).hex()}\n" for name, data in sorted(made.items())]
        root = roots_of([sha(b"\0", line.encode()) for line in lines])[-1].hex()
        proves(root != event["body"]["projection_root"], "the root is right")

    def false_file(self, _):
        size = read(raw(self.claim["manifest"]))["size"]
        own = Lawful(self.bundles(size), self.origin)
        proves(own.all, "an entry that is refused")
        manifest = self.manifest(self.office(own))
        proves(bytes.fromhex(manifest["root"]) == own.verifier.roots[-1], "another tree")
        made, own_tables = tables.projections(own.verifier.state, write), tables.tables(own.verifier.state)
        files = {f"projections/{name}": data for name, data in made.items()}
        files |= {f"report/{name}": data for name, data in own_tables.items()}
        name = self.claim["name"]
        listed = {one["name"]: one["sha256"] for one in manifest["files"]}
        proves(name in listed, "the manifest does not list it")
        proves(name in files, "a file that this program does not make")
        proves(name.startswith("projections/") or manifest["software"].startswith("hattama"), "of other software")
        proves(listed[name] != sha(files[name]).hex(), "the file is right")

    def author_fork(self, _):
        need(isinstance(self.claim["events"], list) and len(self.claim["events"]) == 2, "two events")
        signed_events = []
        for text in self.claim["events"]:
            event, own, good = self.entry(self.signed_event(raw(text)))
            proves(good and event["event"]["ledger"] == self.ledger, "a signature")
            signed_events.append((event["event"], own, raw(text)))
        (first, one, _), (second, other, _) = signed_events
        proves(one < other, "ascending")
        same = ("author", "election", "desk", "author_seq")
        proves(all(first.get(field) == second.get(field) for field in same), "two places")
        try:
            self.fork(signed_events)
        except BAD as fault:
            raise TwoActs(fault.args[-1]) from fault

    def fork(self, signed_events):
        (first, one, _), (second, other, _) = signed_events
        proves("bundles" in self.claim, "of an older program")
        proves("voids" not in first and "voids" not in second, "voids")
        facts = {first["fact"], second["fact"]}
        proves(len(facts) == 1 and facts <= {"protocol-signed", "protocol-superseded"}, "no protocols")
        bodies = [first["body"], second["body"]]
        proves(bodies[0]["precinct"] == bodies[1]["precinct"], "two precincts")
        proves(all(body.get("ground") != "transcription" for body in bodies), "a transcription")
        proves(bodies[0]["protocol"]["count"] != bodies[1]["protocol"]["count"], "the same figures")
        entries = self.bundles()
        own = Lawful(entries, self.origin)
        proves(own.all, "an entry that is refused")
        self.under(entries)
        place = [n for n, data in enumerate(entries) if read_entry(data)[1] in (one, other)]
        proves(len(place) == 1, "one of them is in the ledger")
        at = place[0]
        told = signed_events[1] if read_entry(entries[at])[1] == one else signed_events[0]
        event = told[0]
        received = read(entries[at])["received"]
        stamp = max(moment(received), moment(event["at"]))
        prev = read(entries[at])["prev"]
        instead = self.signed_event(told[2], index=at, prev=prev, received=stamp_of(stamp))
        if event["seen"]["size"] > at:
            seen = event["seen"]
            proves(own.verifier.roots[seen["size"]].hex() == seen["root"], "seen is another tree")
            for one_event, own_hash, _ in signed_events:
                asked = own.verifier.ask_authority(one_event, own_hash, received)
                proves(asked, "authority")
        else:
            trial = Lawful([*entries[:at], instead], self.origin)
            proves(trial.all, f"it would have been refused: {trial.reason}")
        later = own.verifier.state.keys
        proves(all(later[key]["revoked"] is None for key in event["signers"]), "a revoked key")

    def stale_log(self, policy):
        proves(policy, "no policy was brought")
        size, root = self.open(raw(self.claim["checkpoint"]))
        called, last = self.read_proved(self.claim["called"]), self.read_proved(self.claim["last"])
        proves(all(self.stands(*one, size, root) for one in (called, last)), "not in the tree")
        proves(last[1] == size - 1, "not the last one")
        event, end = self.entry(called[0])[0]["event"], self.entry(last[0])[0]["received"]
        proves(event["fact"] == "election-called", "no call")
        close = moment(event["body"]["calendar"]["voting_ends"])
        start = max(close, moment(end)) + self.body["promise_minutes"] * 60_000
        proves(start <= close + 16 * 3_600_000, "not of the voting night")
        note = raw(self.claim["checkpoint"]).decode()
        proves(policy.is_met(note, start), "too few witnesses saw it stand still")


def stamp_of(ms):
    from datetime import datetime, timezone

    at = datetime.fromtimestamp(ms // 1000, timezone.utc)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03}Z"


class Policy:
    """Witnesses and how many must have cosigned [8.6]."""

    def __init__(self, text):
        self.witnesses, self.groups, self.quorum = {}, {}, None
        for line in text.split("\n"):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "witness":
                name, _, key = words[2].split("+", 2)
                self.witnesses[words[1]] = name, unbase64(key)[1:]
            elif words[0] == "group":
                count = {"all": len(words) - 3, "any": 1}.get(words[2]) or int(words[2])
                self.groups[words[1]] = count, words[3:]
            elif words[0] == "quorum":
                self.quorum = words[1]

    def is_met(self, note, after):
        text, lines = note.split("\n\n")[0] + "\n", note.split("\n\n")[1].split("\n")
        met = set()
        for own, (name, key) in self.witnesses.items():
            known = sha(name.encode(), b"\n\4", key)[:4]
            for line in lines:
                who, _, rest = line.removeprefix("— ").partition(" ")
                data = unbase64(rest) if rest else b""
                if who == name and data[:4] == known and len(data) == 76:
                    seconds = int.from_bytes(data[4:12], "big")
                    body = f"cosignature/v1\ntime {seconds}\n{text}".encode()
                    if signed(key, data[12:], body) and seconds * 1000 > after:
                        met.add(own)
        return self.holds(self.quorum, met)

    def holds(self, name, met):
        if name in self.groups:
            count, members = self.groups[name]
            return sum(self.holds(one, met) for one in members) >= count
        return name in met


def judge(path, policy=None):
    """Prints what a file proves; returns the exit code."""
    print("file", path)
    try:
        data = Path(path).read_bytes()
        one = File.__new__(File)
        one.charter_bytes = b""
        try:
            one.charter_bytes = base64.b64decode(json.loads(data)["charter"])
        except BAD:
            pass
        one.__init__(data)
        one.judge(policy)
        print("PROVED", one.kind)
        return 0
    except Unread as fault:
        print("UNREADABLE", fault.args[-1])
        return 2
    except TwoActs as fault:
        print("TWO SIGNED ACTS", fault.args[-1])
        return 1
    except BAD as fault:
        print("NOTHING PROVED", fault.args[-1] if fault.args else type(fault).__name__)
        return 1


if __name__ == "__main__":
    words, brought = sys.argv[1:], None
    if words[:1] == ["--policy"]:
        brought, words = Policy(Path(words[1]).read_text("utf-8")), words[2:]
    codes = [judge(path, brought) for path in words]
    sys.exit(max(codes) if codes else print(__doc__) or 64)

__all__ = ["CLOCK", "LOW_ORDER", "OBJECTS", "strict"]
