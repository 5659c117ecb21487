#!/usr/bin/env python3
"""A second verifier of Hattama's published ledgers, written from docs/format.md alone.

In: the folder of a published ledger. Out: one JSON object, and exit code 0, 1 or 2. Numbers in brackets are sections of
the document. Not in: the checks that COVERED does not name, such as who may do what and when; what passes here is
therefore not yet verified. No code of the Rust program is used, nor any made from it.
"""
import base64, datetime, hashlib, json, os, re, sys  # noqa: E401
from pathlib import Path
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

COVERED = "INT-02 INT-03 INT-04 INT-05 INT-06 INT-09 INT-11 SIG-01 SIG-02 SIG-07 ARI-04 ARI-08 PUB-01".split()
OF_REPLAY = ("SIG-02", "ARI-04", "ARI-08", "INT-09")  # a replay that stops leaves these unfinished
ZEROS = "0" * 64

class Refused(Exception):
    """A rule that does not hold: the id of its check, and why."""

class Shape(ValueError):
    """A required field that is missing, or a value of another kind."""

def must(holds, why, fault=ValueError):
    if not holds:
        raise fault(why)

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

# --- values (2)

RANGES = [(0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x400, 0x482), (0x48A, 0x52F),
          (0x2010, 0x2014), (0x2018, 0x2019), (0x201C, 0x201E), (0x2026,) * 2, (0x2116,) * 2, (0x20B8,) * 2]
ALLOWED = re.compile("[" + "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in RANGES) + "]+")
CLOCK = r"20\d\d-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){2}"
FORMS = {"text": r"[^\n]+", "id": r"(?=.{1,64}\Z)[a-z0-9]+(-[a-z0-9]+)*", "hash": r"[0-9a-f]{64}", "key": r".{43}=",
         "signature": r".{86}==", "stamp": CLOCK + r"\.\d{3}Z",
         "time": CLOCK + r"(?!-00:00)[+-]((0\d|1[0-3]):[0-5]\d|14:00)"}

def odd_number(digits):
    raise Refused("ARI-01", f"number {digits[:40]}")

def whole(digits):
    return int(digits) if not digits.startswith("-") and len(digits) < 17 and int(digits) < 2**53 else odd_number(digits)

def walk(value, depth=0):
    if isinstance(value, (dict, list)):
        must(value and depth < 16, "empty or too deep")
        for item in ([*value.keys(), *value.values()] if isinstance(value, dict) else value):
            walk(item, depth + 1)
    elif isinstance(value, str):
        must(ALLOWED.fullmatch(value) and value == value.strip(" ") and "  " not in value, "characters")
    else:
        must(value is True or type(value) is int, "null or false")

def write(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

def read(raw, kind):
    """A value in its one spelling, with exactly the fields of its kind."""
    value = json.loads(raw.decode("utf-8"), parse_float=odd_number, parse_int=whole, parse_constant=odd_number)
    walk(value)
    must(write(value) == raw, "not canonical")
    check(value, kind)
    return value

def unbase64(text):
    raw = base64.b64decode(text, validate=True)
    must(base64.b64encode(raw).decode() == text, "base64")
    return raw

# --- fields of every object (5, 6, 9); those of the facts are read from the tables of the document itself (10)

def table(line):
    return dict(field.split(":") for field in line.split())

OBJECTS = {line.split()[0]: table(line.split(None, 1)[1]) for line in """\
entry event:event index:integer prev:hash received:stamp signatures:[signature]
event at:time author:id author_prev:hash author_seq:integer body:object desk:id election:id? fact:id ledger:hash seen:seen \
signers:[key] v:integer voids:[hash]?
seen root:hash size:integer
manifest attachments:[public]? files:[file] ledger:hash n:integer root:hash size:integer software:text
file name:text sha256:hash size:integer
public sha256:hash size:integer
withheld sealed:hash""".splitlines()}
OBJECTS["list (7)"] = table("count:integer root:hash")
FACTS = set()

def read_tables(document):
    """What stands under `### fact` and `*Part*:` as rows of name and kind."""
    for line in document.split("\n## 10. Facts")[1].split("\n## ")[0].splitlines():
        if head := re.match(r"### `(.+)`|(\*\w+\*): ", line):
            part = OBJECTS.setdefault(head[1] or head[2], {})
            FACTS.update([head[1]] if head[1] else [])
        elif row := re.match(r"\| `(\w+)` \| (.+?) \|", line):
            kind, like = row[2].replace("`", ""), re.search(r"\bas (?:in )?`(.+)`", row[2])
            part[row[1]] = OBJECTS[like[1]][row[1]] if like else re.sub(r"^word(\??): (.*)", r"word: \2\1", kind)

def check(value, kind):
    """`[…]` is a list, `word: a, b` one of these words; a `?` says of a field that it may be absent."""
    kind = kind.rstrip("?")
    if kind == "document":
        kind = "withheld" if isinstance(value, dict) and "sealed" in value else "public"
    fields = OBJECTS.get(kind)
    plain = {"integer": int, "true": bool, "object": dict}.get(kind, str)
    must(type(value) is (list if kind[0] == "[" else dict if fields else plain), kind, Shape)
    if kind[0] == "[":
        for item in value:
            check(item, kind[1:-1])
    elif fields:
        must(value.keys() <= fields.keys(), f"unknown field in {kind}")
        must(all(name in value or fields[name].endswith("?") for name in fields), f"missing field in {kind}", Shape)
        for name, item in value.items():
            check(item, fields[name])
    elif kind.startswith("word: "):
        must(value in kind[6:].split(", "), kind)
    elif plain is str:
        must(re.fullmatch(FORMS[kind], value, re.ASCII), kind)
        if kind in ("time", "stamp"):
            datetime.date.fromisoformat(value[:10])
        elif kind in ("key", "signature"):
            unbase64(value)

def ascends(items):
    return all(a < b for a, b in zip(items, items[1:]))

# --- signatures and notes (4, 8.2)

P = 2**255 - 19
D = -121665 * pow(121666, -1, P)
LOW_ORDER = [1, P - 1, 0] + [int.from_bytes(bytes.fromhex(text), "little") for text in (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]

def bad_y(point):
    y = int.from_bytes(point, "little") % 2**255
    return y >= P or y in LOW_ORDER

def weak(key):
    y2 = pow(int.from_bytes(key, "little") % 2**255, 2, P)  # a point has this y if (y² − 1) / (d·y² + 1) is a square
    return bad_y(key) or pow((y2 - 1) * (D * y2 + 1), (P - 1) // 2, P) != 1

def signed(key, signature, text):
    try:
        must(not bad_y(key) and not bad_y(signature[:32]), "a weak point")
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
        return True
    except (InvalidSignature, ValueError):
        return False

def open_note(raw, name, keys):
    """The text of a note that one of the keys signed under this name; ValueError if it is none."""
    text, parted, lines = raw.decode("utf-8").rpartition("\n\n")
    lines, text, met, good = lines.split("\n"), text + "\n", set(), 0
    must(parted and lines.pop() == "" and len(lines) <= 100 and len(raw) <= 2**20, "no note")
    must(not any(ord(c) < 32 and c != "\n" for c in raw.decode()), "a control character")
    known = {(name, sha(name.encode(), b"\n\1", key)[:4]): key for key in keys}
    must(len(known) == len(keys), "two keys with one id")
    for line in lines:
        who, _, rest = line.removeprefix("— ").partition(" ")
        blob = unbase64(rest)
        must(line.startswith("— ") and 0 < len(who.encode()) < 256 and len(blob) > 4, "no line of a signature")
        must("+" not in who and not any(c.isspace() for c in who) and (who, blob[:4]) not in met, "key name")
        met.add((who, blob[:4]))
        if key := known.get((who, blob[:4])):
            must(len(blob) == 68 and signed(key, blob[4:], text.encode()), "a signature that does not verify")
            good += 1
    must(good, "no line of an expected key")
    return text

def claim(text):
    """Origin, size and root of a checkpoint's text (8.3)."""
    found = re.fullmatch(r"([!-*,-~]{1,248})\n(0|[1-9][0-9]{0,18})\n(.{44})\n", text)
    must(found and int(found[2]) < 2**63, "checkpoint")
    must(len(unbase64(found[3])) == 32 and (found[2] != "0" or unbase64(found[3]) == sha()), "root")
    return found[1], int(found[2]), unbase64(found[3])

# --- the tree and its tiles (8.1, 8.4)

def roots_of(leaves):
    """The roots over the first 0, 1, 2 … leaves."""
    roots, peaks = [sha()], []
    for n, leaf in enumerate(leaves, 1):
        peaks.append(leaf)
        while n % 2 == 0:
            peaks[-2:], n = [sha(b"\1", *peaks[-2:])], n // 2
        root = peaks[-1]
        for peak in peaks[-2::-1]:
            root = sha(b"\1", peak, root)
        roots.append(root)
    return roots

def tile_levels(leaves):
    levels = [leaves]
    while len(levels[-1]) >= 256:
        levels.append([roots_of(levels[-1][i - 256:i])[-1] for i in range(256, len(levels[-1]) + 1, 256)])
    return levels

def tile_name(n):
    groups = re.findall("...", str(n).zfill((len(str(n)) + 2) // 3 * 3))
    return "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]

def read_tile_path(path):
    """Level (or `entries`), number and width, or None for another spelling."""
    found = re.fullmatch(r"tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", path, re.ASCII)
    if found:
        n, width = int(re.sub("[x/]", "", found[2])), int(found[3] or 256)
        if tile_name(n) == found[2] and (width < 256 or not found[3]) and (found[1] == "entries" or int(found[1]) < 64):
            return found[1], n, width

def unpack(raw, width):
    entries = []
    while raw:
        size = int.from_bytes(raw[:2], "big") + 2
        must(len(raw) >= size, "a bundle that ends inside an entry")
        entries.append(raw[2:size])
        raw = raw[size:]
    must(len(entries) == width, "a bundle of another length")
    return entries

# --- the entries: form and signatures of one (5, 6), then all in order, as far as the covered checks need it (11)

SUMS = "absentee against_all cancelled found home_applications invalid issued received voters".split()

def event_hash(event):
    return sha(b"hattama-event-v1\n", write(event)).hex()

def read_entry(raw):
    try:
        entry = read(raw, "entry")
        signers, voids = [unbase64(key) for key in entry["event"]["signers"]], entry["event"].get("voids", [])
        must(ascends(signers) and ascends(voids) and max(len(signers), len(voids)) <= 32, "signers or voids")
        must(len(write(entry["event"])) <= 60000, "too long")
    except (ValueError, RecursionError) as fault:
        raise Refused("INT-05", fault) from None
    must(entry["event"]["v"] == 1, "INT-08", Refused)
    return entry

def signatures_hold(event, signatures):
    text = (f"hattama-event-v1\nledger {event['ledger']}\nauthor {event['author']}\nelection "
            f"{event.get('election', '-')}\nfact {event['fact']}\nevent {event_hash(event)}\n").encode()
    pairs = zip(event["signers"], signatures)
    return len(signatures) == len(event["signers"]) and all(signed(unbase64(k), unbase64(s), text) for k, s in pairs)

def full(**fields):
    return {name: value for name, value in fields.items() if value not in ([], None)}

def percent(part, base):
    x = (part * 2000 + base) // (2 * base) if base else 0
    return f"{x // 10}.{x % 10}"

def totals(held, ballot, which):
    """Totals (11.4) over the first or last of the protocols held by each precinct, as (event hash, count)."""
    counts = [protocols[which][1] for protocols in held.values() if protocols]
    lines = [line for count in counts for line in count["votes"]]
    return full(**{name: sum(count[name] for count in counts) for name in SUMS},
                home_found=sum(box["found"] for count in counts for box in count.get("portable", [])),
                votes=[{"candidate": one, "votes": sum(line["votes"] for line in lines if line["candidate"] == one)}
                       for one in ballot])

class Election:
    def __init__(self, territory, precincts=()):
        self.territory, self.ballot, self.invalid = territory, [], {}  # invalid: precinct: the event that said so
        self.held = {precinct: [] for precinct in precincts}

    def totals(self, which):
        return totals({name: one for name, one in self.held.items() if name not in self.invalid}, self.ballot, which)

    def tally(self, name):
        now = self.totals(-1)
        votes = now.get("votes", [])
        base = sum(line["votes"] for line in votes) + now["against_all"]
        return full(
            election=name, totals=now, first_announced=self.totals(0), participated=base,
            against_all_share=percent(now["against_all"], base),
            shares=[{"candidate": line["candidate"], "share": percent(line["votes"], base)} for line in votes],
            precincts=[full(precinct=precinct, event=held[-1][0], count=held[-1][1],
                            first_announced=held[0][1] if len(held) > 1 else None)
                       for precinct, held in sorted(self.held.items()) if held])

class Replay:
    def __init__(self, ask, roots):
        self.ask, self.roots, self.ledger, self.test = ask, roots, None, None
        self.events, self.chains, self.voided, self.keys = set(), {}, set(), set()
        self.log_keys, self.office_keys = [], []  # (index of the entry, keys), oldest first
        self.precincts, self.elections = {}, {}

    def rule(self, check_id, holds, why):
        must(self.ask(check_id, holds, f"entry {self.index}", why), check_id, Refused)

    def admit(self, index, event, own):
        body, fact, seen, voids = event["body"], event["fact"], event["seen"], event.get("voids", [])
        chain, self.index = (event["author"], event.get("election"), event["desk"]), index
        self.rule("INT-04", own not in self.events and (chain, own) not in self.voided, "known or voided")
        self.rule("INT-01", event["ledger"] == (self.ledger or ZEROS), "another ledger")
        self.rule("INT-04", (event["author_seq"], event["author_prev"]) == self.chains.get(chain, (0, ZEROS)), "chain")
        self.rule("INT-04", own not in voids and self.events.isdisjoint(voids), "voids")
        self.rule("INT-11", seen["size"] <= index and seen["root"] == self.roots[seen["size"]].hex(), "seen")
        self.rule("INT-08", fact in FACTS, "unknown fact")
        try:
            check(body, fact)
        except ValueError as fault:
            figures = isinstance(fault, Shape) and fact in ("ballots-accounted", "protocol-signed", "protocol-superseded")
            self.rule("ARI-01" if figures else "INT-05", False, fault)
        self.rule("INT-01", (fact == "ledger-opened") == (index == 0), "the charter")
        self.rule("SIG-02", self.keys.union(body.get("root_keys", [])).issuperset(event["signers"]), "an unknown signer")
        self.register(body, fact)
        try:
            self.apply(body, fact, event["author"], own, event.get("election"))
        except LookupError as fault:
            self.rule("none that is covered", False, f"{fault} is unknown")
        self.events.add(own)
        self.chains[chain] = event["author_seq"] + 1, own
        self.voided.update((chain, one) for one in voids)
        if fact == "ledger-opened":
            self.ledger, self.test = own, body.get("test")

    def register(self, body, fact):
        """New keys: those without a proof, and those with commission, seat and proof (11.2)."""
        named = lambda name: [body[name]] if name in body else []  # noqa: E731
        bare = [key for key in body.get("root_keys", []) if key not in self.keys] + named("log_key")
        office = body.get("office_keys", [])
        proven = [("cec", f"office-{n}", one) for n, one in enumerate(office, 1)]
        proven += [("cec", "service", one) for one in named("service_key")]
        seats = body.get("members", []) + named("member") + [body] * ("proof" in body)
        proven += [(body["commission"], one["seat"], one) for one in seats]
        self.rule("INT-05", ascends([unbase64(key) for key in body.get("root_keys", [])]), "root_keys")
        if fact in ("key-replaced", "key-revoked"):
            self.rule("SIG-02", body.get("replaces", body["key"]) in self.keys, "the old key")
        for key in bare:
            self.rule("SIG-06", key not in self.keys, "a key twice")
            self.rule("SIG-02", not weak(unbase64(key)), "a weak key")
            self.keys.add(key)
        for commission, seat, one in proven:
            text = f"hattama-key-v1\n{self.ledger or ZEROS}\n{commission}\n{seat}\n".encode()
            self.rule("SIG-02", ("key" in one) == ("proof" in one), "a key without proof")
            if "key" in one:
                self.rule("SIG-02", one["key"] not in self.keys and not weak(unbase64(one["key"])), "key")
                self.rule("SIG-02", signed(unbase64(one["key"]), unbase64(one["proof"]), text), f"proof of {seat}")
                self.keys.add(one["key"])
        self.log_keys += [(self.index, [unbase64(body["log_key"])])] if "log_key" in body else []
        self.office_keys += [(self.index, [unbase64(one["key"]) for one in office])] if office else []

    def apply(self, body, fact, author, own, name):
        """The covered rules of each fact (11.3), and what it changes (11.6)."""
        if fact == "snapshot-published":
            self.rule("INT-11", body["root"] == self.roots[body["size"]].hex(), "root of a snapshot")
        elif fact == "precinct-formed":
            self.precincts[body["precinct"]] = {**body, "author": author}
        elif fact == "precincts-changed":
            self.precincts[body["precinct"]].update(body)
        elif fact == "election-called":
            self.elections[name] = Election(body["territory"])
        elif fact in ("repeat-voting-called", "repeat-election-called"):
            before = self.elections[body["repeats"]]
            self.elections[name] = Election(before.territory, before.held)
        elif fact in ("ballot-approved", "ballot-amended"):
            self.elections[name].ballot = body["candidates"]
        elif fact == "precincts-fixed":
            outer = self.elections[name].territory
            level = next((n for n in (2, 4, 6) if set(outer[n:]) == {"0"}), 9)
            mine = {one: formed for one, formed in self.precincts.items()
                    if formed["author"] == author and formed["kato"][:level] == outer[:level]}
            kinds = [formed["kind"] for formed in mine.values()]
            found = kinds.count("closed"), kinds.count("open"), sum(formed["voters"] for formed in mine.values())
            self.rule("ARI-08", (body["closed"], body["open"], body["voters"]) == found, f"{found} are the sums")
            self.elections[name].held = {one: [] for one in mine}
        elif fact in ("protocol-signed", "protocol-superseded"):
            protocol, count = body["protocol"], body["protocol"]["count"]
            reasons = [one["rule"] for one in protocol.get("explanations", [])]
            told = "ARI-04" in reasons and "sha256" in protocol.get("paper", {})
            given = sum(line["votes"] for line in count["votes"]) + count["against_all"] + count["invalid"]
            self.rule("INT-05", ascends(reasons), "explanations")
            self.rule("ARI-04", given == count["found"] or told, f"{given} and not {count['found']}")
            self.elections[name].held[body["precinct"]].append((own, count))
        elif fact == "precinct-invalidated":
            self.elections[name].invalid[body["precinct"]] = own
        elif fact == "decision-cancelled":
            before = self.elections[name].invalid
            self.elections[name].invalid = {one: by for one, by in before.items() if by != body["cancels"]}
        elif fact == "results-determined":
            self.rule("ARI-08", body["totals"] == self.elections[name].totals(-1), "totals")

    def tallies(self):
        rows = [election.tally(name) for name, election in sorted(self.elections.items())]
        return write(full(ledger=self.ledger, test=self.test, view={"elections": rows} if rows else None))

# --- the folder (9)

class Verifier:
    def __init__(self, files):
        self.files, self.faults, self.examined, self.stopped = files, [], set(), False
        self.tiles = {path: tile for path in files if (tile := read_tile_path(path))}
        self.raws, self.at = [], {}  # the entries, and by size what tallies.json holds after so many of them
        try:
            self.origin, self.size, root = claim(files["checkpoint"].decode().rpartition("\n\n")[0] + "\n")
        except ValueError as fault:
            self.origin, self.size, root = "", 0, sha()
            self.ask("SIG-07", False, "checkpoint", fault)
        self.read_bundles()
        self.leaves = [sha(b"\0", raw) for raw in self.raws]
        self.roots = roots_of(self.leaves)
        self.ask("INT-11", self.roots[-1] == root, "checkpoint", f"the entries have root {self.roots[-1].hex()}")
        self.replay = Replay(self.ask, self.roots)
        self.announced = {}
        self.read_entries()
        self.check_checkpoint("checkpoint", self.size, root)
        self.check_tiles()
        self.check_paths()
        for n in sorted(self.announced.keys() | self.snapshots):
            self.check_snapshot(n, self.announced.get(n))

    def ask(self, check_id, holds, where, why):
        self.examined.add(check_id)
        if not holds:
            self.faults.append({"check": check_id, "where": where, "why": str(why)})
        return holds

    def read_bundles(self):
        """The entries within the size, each from the widest bundle of its number, up to the first bundle that is missing."""
        wide = {n: (width, path) for width, n, path in sorted(
            (width, n, path) for path, (kind, n, width) in self.tiles.items() if kind == "entries")}
        try:
            while len(self.raws) < self.size:
                need, (width, path) = min(256, self.size - len(self.raws)), wide.get(len(self.raws) // 256, (0, "no bundle"))
                must(width >= need, f"no bundle for entry {len(self.raws)}")
                self.raws += unpack(self.files[path], width)[:need]
        except ValueError as fault:
            self.ask("INT-06", False, path, fault)
        self.ask("INT-06", len(self.raws) == self.size, "checkpoint", f"{self.size} entries, found {len(self.raws)}")

    def read_entries(self):
        before, sizes, entries = {}, set(), []
        for index, raw in enumerate(self.raws):
            known, entry = len(self.faults), {}
            try:
                entry = read_entry(raw)
                event, where = entry["event"], f"entry {index}"
                self.ask("SIG-01", signatures_hold(event, entry["signatures"]), where, "signatures")
                self.ask("INT-04", entry["index"] == index, where, f"index {entry['index']}")
                self.ask("INT-02", entry["prev"] == (self.leaves[index - 1].hex() if index else ZEROS), where, "prev")
                back = entry["received"] < before.get("received", "") and event["fact"] != "clock-corrected"
                self.ask("INT-04", not back, where, "received before the entry in front")
                if event["fact"] == "snapshot-published":
                    check(event["body"], event["fact"])
                    self.announced[event["body"]["n"]] = index, event["body"]
            except (Refused, ValueError) as fault:
                self.ask(fault.args[0], False, f"entry {index}", fault)
            self.ask("INT-05", True, "", "")
            entries.append(entry if len(self.faults) == known else None)
            before = entry
        sizes = {body["size"] for _, body in self.announced.values()}
        for index, entry in enumerate(entries + [None]):
            if index in sizes:
                self.at[index] = self.replay.tallies()
            try:
                must(entry, "stopped", Refused)
                self.replay.admit(index, entry["event"], event_hash(entry["event"]))
            except Refused:
                self.stopped = index < len(entries)
                break

    def check_checkpoint(self, path, size, root):
        keys = [keys for at, keys in self.replay.log_keys if at < max(size, 1)][-1:]
        try:
            text = open_note(self.files.get(path, b""), self.origin, keys[0] if keys else [])
            self.ask("SIG-07", claim(text) == (self.origin, size, root), path, "another checkpoint")
        except ValueError as fault:
            self.ask("SIG-07", False, path, fault)

    def check_tiles(self):
        levels, met = tile_levels(self.leaves), {}
        for path, (kind, n, width) in self.tiles.items():
            level, part, data = 0 if kind == "entries" else int(kind), slice(n * 256, n * 256 + width), self.files[path]
            met[kind, n] = max(width, met.get((kind, n), 0))
            if part.stop > len(self.leaves) // 256**level:
                continue  # beyond the checkpoint: a publication may be under way
            if kind == "entries":
                ours = b"".join(len(raw).to_bytes(2, "big") + raw for raw in self.raws[part])
            else:
                ours = b"".join(levels[level][part])
            self.ask("INT-03" if kind == "0" and len(data) == len(ours) else "INT-11", data == ours, path, "other content")
        for level, hashes in enumerate(levels):
            for n in range(0, len(hashes), 256):
                there = met.get((str(level), n // 256), 0) >= min(256, len(hashes) - n)
                self.ask("INT-11", there, f"tile/{level}/{tile_name(n // 256)}", "missing")

    def check_paths(self):
        own = {path: re.fullmatch(r"snapshots/([1-9]\d*)/(manifest\.(json|sig)|checkpoint|(projections|report)/[^/]+)", path)
               for path in self.files if path.startswith("snapshots/")}
        self.snapshots = {int(found[1]) for found in own.values() if found}
        for path in self.files.keys() - self.tiles.keys() - {path for path, found in own.items() if found} - {"checkpoint"}:
            self.ask("PUB-01", path.startswith("attachments/"), path, "no file of a published ledger")

    def check_snapshot(self, n, announced):
        where, prefix = f"snapshot {n}", f"snapshots/{n}/"
        here = {path[len(prefix):]: data for path, data in self.files.items() if path.startswith(prefix)}
        raw, note = here.pop("manifest.json", b""), here.pop("manifest.sig", b"")
        found = {name: (len(data), sha(data).hex()) for name, data in here.items()}
        index, body = announced or (len(self.raws), None)
        self.ask("PUB-01", body or n == max(self.announced, default=0) + 1, where, "was not announced")
        try:
            manifest = read(raw, "manifest")
            listed = {one["name"]: (one["size"], one["sha256"]) for one in manifest["files"]}
            must(ascends([one["name"] for one in manifest["files"]]), "files do not ascend")
            must(ascends([one["sha256"] for one in manifest.get("attachments", [])]), "attachments do not ascend")
        except (ValueError, RecursionError, Refused) as fault:
            return self.ask("PUB-01", False, where, f"manifest.json: {fault}")
        named = all(name == "checkpoint" or name.startswith(("projections/", "report/")) for name in listed)
        self.ask("PUB-01", found == listed and named, where, "the manifest lists other files")
        try:
            keys = [keys for at, keys in self.replay.office_keys if at < index][-1:]
            text = open_note(note, self.origin + "/office", keys[0] if keys else [])
            ours = f"hattama-manifest-v1\n{self.replay.ledger}\n{n}\n{sha(raw).hex()}\n"
            self.ask("SIG-07", text == ours, where, "manifest.sig is over another text")
        except ValueError as fault:
            self.ask("SIG-07", False, where, f"manifest.sig: {fault}")
        if not body:
            return
        self.ask("PUB-01", body["manifest"] == sha(raw).hex(), where, "another manifest was announced")
        size = manifest["size"]
        root = self.roots[size] if size < len(self.roots) else b""
        ours = self.replay.ledger, n, root.hex()
        self.ask("INT-11", (manifest["ledger"], manifest["n"], manifest["root"]) == ours, where, f"not {ours}")
        self.check_checkpoint(prefix + "checkpoint", size, bytes.fromhex(manifest["root"]))
        lines = [f"{name[12:]}\n{one[1]}\n".encode() for name, one in sorted(found.items()) if name.startswith("projections/")]
        if size in self.at:
            projected = here.get("projections/tallies.json", b"")
            self.ask("INT-09", projected == self.at[size], where, "tallies.json is not what the entries give")
            root = roots_of([sha(b"\0", line) for line in lines])[-1].hex()
            self.ask("INT-09", root == body["projection_root"], where, "projection_root")
        try:
            for row in json.loads(here.get("projections/tallies.json", b"{}")).get("view", {}).get("elections", []):
                held = {one["precinct"]: [(None, one.get("first_announced", one["count"])), (None, one["count"])]
                        for one in row.get("precincts", [])}
                ballot = [line["candidate"] for line in row["totals"].get("votes", [])]
                sums = [totals(held, ballot, which) for which in (0, -1)]
                self.ask("ARI-08", [row["first_announced"], row["totals"]] == sums, where, f"totals of {row['election']}")
        except (ValueError, LookupError, AttributeError, TypeError):
            pass  # INT-09 says that it is no tallies.json

    def status(self, check_id):
        if any(fault["check"] == check_id for fault in self.faults):
            return "FAIL"
        if self.stopped and check_id in OF_REPLAY:
            return "NOT-RUN"
        return "PASS" if check_id in self.examined else "NOT-APPLICABLE"

def read_folder(folder):
    files = {}
    for path in sorted(Path(folder).rglob("*")):
        must(not path.is_symlink() and (path.is_file() or path.is_dir()), f"{path} is a link or a device", OSError)
        if path.is_file():
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    must("checkpoint" in files, f"no checkpoint in {folder}", OSError)
    return files

def main(folder):
    read_tables((Path(__file__).parents[2] / "docs/format.md").read_text("utf-8"))
    try:
        it = Verifier(read_folder(folder))
    except OSError as fault:
        print(json.dumps({"verdict": "UNREADABLE", "why": str(fault)}))
        return 2
    print(json.dumps({
        "verdict": "FAILED" if it.faults else "VERIFIED", "checks": {one: it.status(one) for one in COVERED},
        "size": len(it.raws), "root": it.roots[-1].hex(), "tallies": json.loads(it.replay.tallies()) if it.replay.ledger else None,
        "faults": it.faults}, ensure_ascii=False))
    return 1 if it.faults else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else print(__doc__) or 64)
