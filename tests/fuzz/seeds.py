#!/usr/bin/env python3
"""Writes seeds for every fuzz target from the golden bytes of the tests.

    seeds.py CORPUS        CORPUS/<target>/scene-<nn> for each; tests/vectors is read, nothing else is touched

No seed holds a checkpoint signed by the scene's log key, so none may ever be VERIFIED.
"""

import base64
import hashlib
import io
import json
import pathlib
import struct
import sys
import zipfile

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors"
corpus = pathlib.Path(sys.argv[1])
counts = {}


def seed(target, content):
    """Adds one seed to a target."""
    folder = corpus / target
    folder.mkdir(parents=True, exist_ok=True)
    counts[target] = counts.get(target, 0) + 1
    (folder / f"scene-{counts[target]:02}").write_bytes(content)


def canonical(value):
    """JSON as the ledger writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def framed(items):
    """Each item after its length, as in a bundle."""
    return b"".join(struct.pack(">H", len(item)) + item for item in items)


scene = json.loads((VECTORS / "scene.json").read_text("utf-8"))
entries = [step["entry"].encode() for step in scene]
events = [step["event"].encode() for step in scene]
leaves = [json.loads(entry) for entry in entries]
charter = leaves[0]["event"]["body"]

for event in events:
    seed("event", event)
for broken in sorted((VECTORS / "broken").glob("*.json")):
    if broken.stat().st_size < 1000:
        seed("event", broken.read_bytes())
for entry, leaf in zip(entries, leaves):
    seed("entry", entry)
    seed("fact", canonical(leaf["event"]["body"]))
    pairs = zip(leaf["event"]["signers"], leaf["signatures"])
    signatures = [{"signature": signature, "signer": signer} for signer, signature in pairs]
    seed("signed_event", canonical({"event": leaf["event"], "signatures": signatures}))
    seed("slip", canonical({"event": leaf["event"], "signatures": signatures}))

projections = sorted((VECTORS / "projections").glob("*.json"))
lines = [
    {"name": f"projections/{p.name}", "sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "size": p.stat().st_size}
    for p in projections
]
manifest = canonical({
    "files": lines,
    "ledger": scene[0]["event_hash"],
    "n": 1,
    "root": scene[-1]["root"],
    "size": len(scene),
    "software": "hattama 0.1.0",
})
seed("json", manifest)
for projection in projections:
    seed("json", projection.read_bytes())


def checkpoint(size):
    """The text of the scene's checkpoint at a size."""
    root = base64.b64encode(bytes.fromhex(scene[size - 1]["root"])).decode()
    return f"{charter['origin']}\n{size}\n{root}\n"


def note(text, name, key):
    """A note whose signature is only bytes."""
    line = base64.b64encode(key_id(name, key) + bytes(64)).decode()
    return f"{text}\n\u2014 {name} {line}\n".encode()


def key_id(name, key):
    """The first four bytes of a hash over name, type and key."""
    return hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]


log_key = base64.b64decode(charter["log_key"])
for size in (1, 3, len(scene)):
    seed("checkpoint", checkpoint(size).encode())
    seed("note", note(checkpoint(size), charter["origin"], log_key))
vkey = f"{charter['origin']}+{key_id(charter['origin'], log_key).hex()}+"
seed("vkey", (vkey + base64.b64encode(b"\x01" + log_key).decode()).encode())
seed("vkey", log_key + charter["origin"].encode())

for size in (1, 3, len(scene)):
    signed = note(checkpoint(size), charter["origin"], log_key)
    seed("cosignature", struct.pack(">Q", 1_800_000_000) + signed)
    seed("cosignature", struct.pack(">Q", 1) + note(checkpoint(size), "w", log_key))
    hashes = "".join(base64.b64encode(bytes(32)).decode() + "\n" for _ in range(size - 1))
    seed("receipt", f"c2sp.org/tlog-proof@v1\nindex {size - 1}\n{hashes}\n".encode() + signed)
    seed("receipt", b"c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\n" + signed)
    root = bytes.fromhex(scene[size - 1]["root"])
    seed("witness", bytes(32) + b"old 0\n\n" + signed)
    seed("witness", root + f"old {size}\n\n".encode() + signed)
    seed("witness", bytes(32) + f"old 1\n{hashes}\n".encode() + signed)
groups = "group left any a b\ngroup right 2 c d e\ngroup top all left right\nquorum top\n"
witnesses = "".join(f"witness {name} ~{i}\n" for i, name in enumerate("abcde"))
for mask, text in ((0, "quorum none\n"), (5, groups), (13, "# few\n" + groups), (1, "group g 1 a\nquorum a\n")):
    seed("policy", bytes([mask]) + f"log @ https://log.example/\n{witnesses}{text}".encode())

for path in ("0/000", "0/000.p/45", "entries/000.p/45", "1/x001/x234/067", "entries/x001/067.p/255"):
    seed("tile_path", f"tile/{path}".encode())
for few in ([b""], [b"a", b"bc"], entries[:3]):
    seed("bundle", bytes([len(few) - 1]) + framed(few))
seed("bundle", b"\x01" + bytes(64))


def file(place, content):
    """One file, as targets/published.rs reads it."""
    return place + struct.pack("<H", len(content)) + content


for size in (1, 3, len(scene)):
    width = struct.pack("<QH", 0, size - 1)
    hashes = b"".join(bytes.fromhex(step["entry_hash"]) for step in scene[:size])
    signed = note(checkpoint(size), charter["origin"], log_key)
    files = file(b"\x00", signed) + file(b"\x01" + width, framed(entries[:size])) + file(b"\x02\x00" + width, hashes)
    seed("published", files)
    tallies = (VECTORS / "projections/tallies.json").read_bytes()
    snapshot = [manifest, note("hattama-manifest-v1\n", charter["origin"] + "/office", log_key), signed, tallies]
    places = [b"\x03" + struct.pack("<QB", 1, name) for name in range(len(snapshot))]
    seed("published", files + b"".join(map(file, places, snapshot)))


def frame(entry):
    """One frame of the journal."""
    return struct.pack(">I", len(entry)) + hashlib.sha256(entry).digest() + entry


for few in ([], entries[:1], entries[:3]):
    seed("journal", b"\x00hattama-journal-v1\n" + b"".join(map(frame, few)) + bytes(40))
    seed("journal", b"\x01" + framed(few))
for generation, text in ((0, b""), (1, note(checkpoint(1), charter["origin"], log_key))):
    slot = b"hattama-head-v1\n" + struct.pack(">QQI", generation, 0, len(text)) + text
    seed("head", slot)
    seed("head", slot.ljust(4096, b"\x00") + slot)

for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
    for names in (["checkpoint"], ["checkpoint", "tile/", "tile/0/000"], ["tile/0/000"], ["a/checkpoint"]):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as archive:
            for name in names:
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.external_attr = (0o040755 if name.endswith("/") else 0o100644) << 16
                archive.writestr(info, b"" if name.endswith("/") else bytes(64), method)
        seed("archive", packed.getvalue())

for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        contents = {
            "checkpoint": note(checkpoint(3), charter["origin"], log_key),
            "tile/0/000.p/3": b"".join(bytes.fromhex(step["entry_hash"]) for step in scene[:3]),
            "tile/entries/000.p/3": framed(entries[:3]),
        }
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o100644 << 16
            archive.writestr(info, content, method)
    seed("archive", packed.getvalue())

mapping = """[precinct]
key = ["p"]
[numbers]
thousands = "space"
decimal = ","
[figures]
found = ["a", "b"]
issued = "#D"
voters = { columns = ["d"], empty = "none" }
invalid = 0
against_all = 0
stationary = "a"
[[portable]]
found = "b"
applications = "d"
[votes]
x = "a"
[ignore]
others = true
"""
rows = "p{0}a{0}b{0}c{0}d{0}e\r\n0001{0}1 000{0}2,0{0}1002{0}{0}\"x{0}\"\"\"\r\n0002{0}1{0}-2{0}3{0}4{0}z\r\n{0}{0}{0}{0}{0}\r\n"
for separator, mark in ((",", ""), (";", "\ufeff"), ("\t", "")):
    seed("table", mapping.encode() + b"\x00" + mark.encode() + rows.format(separator).encode())
seed("table", b"[precinct]\nkey = [\"#A\"]\n[file]\nheader = 2\nencoding = \"windows-1251\"\n\x00\xed\r\np\r\n\xef\r\n")

for event in (leaf["event"] for leaf in leaves[:2]):
    for text in (event["at"], event["author"], event["ledger"], event["signers"][0], charter["name"]):
        seed("value", text.encode())
seed("value", leaves[0]["received"].encode())
seed("value", leaves[0]["signatures"][0].encode())

def blob(content):
    """Bytes as evidence holds them."""
    return base64.b64encode(content).decode()


signed = note(checkpoint(3), charter["origin"], log_key)
proof = [scene[0]["entry_hash"], scene[1]["entry_hash"]]
proved = {"entry": blob(entries[2]), "index": 2, "proof": proof}
office = note("hattama-manifest-v1\n", charter["origin"] + "/office", log_key)


def working_file(leaf):
    """The event of a leaf as members hand it on."""
    pairs = zip(leaf["event"]["signers"], leaf["signatures"])
    own = [{"signature": signature, "signer": signer} for signer, signature in pairs]
    return canonical({"event": leaf["event"], "signatures": own})


two = [blob(working_file(leaf)) for leaf in leaves[1:3]]
receipt = b"c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\n" + signed
claims = {
    "author-fork": {"bundles": [blob(framed(entries[:3]))], "checkpoint": blob(signed), "entries": 3, "events": two},
    "bad-entry": {"checkpoint": blob(signed), "proved": proved},
    "false-announcement": {"bundles": [blob(framed(entries[:3]))], "entries": 3},
    "false-file": {"bundles": [blob(framed(entries[:3]))], "manifest": blob(manifest), "name": "projections/tallies.json", "signature": blob(office)},
    "receipt-not-honoured": {"event": two[0], "newer": blob(signed), "proof": proof, "receipt": blob(receipt), "root": scene[2]["root"]},
    "retired-key": {"checkpoint": blob(signed)},
    "rule-broken": {"bundles": [blob(framed(entries[:3]))], "checkpoint": blob(signed), "entries": 3, "proof": proof},
    "split-view": {"newer": blob(signed), "older": blob(note(checkpoint(1), charter["origin"], log_key)), "proof": proof, "root": scene[0]["root"]},
    "stale-log": {"called": proved, "checkpoint": blob(signed), "last": proved},
    "two-roots": {"bundles": [blob(framed(entries[:3]))], "checkpoint": blob(signed), "manifest": blob(manifest), "signature": blob(office)},
}
for kind, claim in claims.items():
    seed("evidence", canonical({"charter": blob(entries[0]), "claim": {kind.replace("-", "_"): claim}, "v": 1}))

seed("pin", scene[0]["event_hash"].encode())
seed("pin", signed)
seed("pin", f"c2sp.org/tlog-proof@v1\nindex 0\n\n".encode() + signed)
seed("pin", f"# heads\n3 {scene[2]['root']}\n46 {scene[-1]['root']}\n".encode())
seed("pin", working_file(leaves[1]))

form = "# words\nform = protocol-signed e p board-0\n1) words = 1 204\n2) words = 0\n5) words = 1\n5.1) words =\n7.1.1) words = 3\n"
form += "14) words = 2025-10-12 22:30\n17) words = yes\n18.1) words = ARI-04: torn\n"
seed("form", form.encode())
seed("form", form.replace("= 1\n", "= 0\n").encode())

for separator in ",;\t":
    header = separator.join(["number", "voters", "issued", "found", "invalid", "against_all", "abenov", "qaliev"])
    first, second = separator.join("1 400 240 239 9 20 145 65".split()), separator.join("0002 300  x -1 2 3 4".split(" "))
    seed("copies", f"{header}\r\n{first}\r\n{second}\r\n".encode())
seed("copies", b"precinct,found\naul-1,\n,\n")
digits = "ab" * 32
seed("sealed", f"precinct,sealed,at\naul-1,{digits},2025-10-12T21:00:00+05:00\n".encode())
seed("sealed", f"at,sealed,precinct,document,salt\n2025-10-12T21:00:00+05:00,{digits},aul-1,photo.jpg,{digits}\n".encode())

digits = scene[0]["event_hash"]
seed("refusal", f"hattama-refusal-v1\nledger {digits}\nevent {digits}\nrule ARI-04\ntime {leaves[0]['received']}\n".encode())
seed("scan", working_file(leaves[1]))
for leaf in leaves:
    if leaf["event"]["fact"].startswith("protocol-"):
        seed("scan", working_file(leaf))
for report in sorted((VECTORS / "report").rglob("*.json")):
    seed("nist", report.read_bytes())
seed("answer", b'{"detail":"words","refusal":"a note","rule":"ARI-04","status":422,"title":"refused"}')
seed("answer", signed)
for kind in ("PRIVATE", "ENCRYPTED PRIVATE"):
    der = bytes.fromhex("302e020100300506032b657004220420") + bytes(range(32))
    seed("key_file", f"-----BEGIN {kind} KEY-----\n{blob(der)}\n-----END {kind} KEY-----\n".encode())
seed("resume", b"\xa1\x64form\x01")
about = canonical({"election": "e", "events": 1, "ledger": digits, "precinct": "p", "v": 1})
parts = [about, note(checkpoint(1), charter["origin"], log_key), working_file(leaves[0])]
seed("book", b"".join(struct.pack(">H", len(part)) + part for part in parts) + receipt)

print(f"seeds: {sum(counts.values())} for {len(counts)} targets")
