"""The log of a ledger: values, signatures, notes, tree, tiles, single entries [2 to 8]. No code of the Rust program is used."""

import base64
import functools
import hashlib
import json
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from facts import DOCUMENT, Refused, must

BAD = (ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what bytes can make Python raise
ZEROS = "0" * 64


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Values [2]: the reader that the document prints is run as it stands there

READER = {}
exec(re.search(r"```python\n(.+?)```", DOCUMENT, re.DOTALL)[1], READER)
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
"ledger":HASH,"n":NUMBER,"root":HASH,("site":NUMBER,)?"size":NUMBER,"software":"[^"]+"}"""
for name in ("ENTRY", "MANIFEST"):
    FORMS[name] = re.sub("[A-Z]{2,}", lambda part: FORMS[part[0]], FORMS[name].replace("\n", ""))


def is_odd_number(raw):
    """Whether a number of this JSON is a fraction, negative or too big [11.1]; nothing else of it is asked."""
    odd = []
    try:
        json.loads(raw, parse_float=odd.append, parse_int=lambda text: odd.append(text) if not 0 <= int(text) < 2**53 else 0)
    except (ValueError, RecursionError):
        return False
    return bool(odd)


@functools.cache
def read_entry(raw):
    """The entry, the hash of its event, and whether each signer signed."""
    try:
        entry = read(raw)
    except ValueError as fault:
        raise Refused("ARI-01" if is_odd_number(raw) else "INT-05", "no canonical JSON") from fault
    event = entry["event"]
    must("INT-08", type(event["v"]) is not int or event["v"] == 1, "version")
    fields = re.fullmatch(FORMS["ENTRY"], raw.decode(), re.ASCII)
    must("INT-05", fields and len(event.keys() - {"election", "voids"}) == 11, "not the fields of an entry")
    must("INT-05", len(write(event)) <= 60000, "too long")
    own, keys = sha(b"hattama-event-v1\n", write(event)).hex(), [unbase64(key) for key in event["signers"]]
    must("INT-05", all(ids == sorted(set(ids)) for ids in (keys, event.get("voids", []))), "an unsorted list")
    text = f"hattama-event-v1\nledger {event['ledger']}\nauthor {event['author']}\n"
    text += f"election {event.get('election', '-')}\nfact {event['fact']}\nevent {own}\n"
    good = [signed(key, unbase64(one), text.encode()) for key, one in zip(keys, entry["signatures"])]
    return entry, own, all(good) and len(keys) == len(entry["signatures"])


def list_root(pairs):
    """Count and root of a list over ids and events [7]."""
    lines = [f"{name}\n{event}\n" for name, event in sorted(pairs)]
    return {"count": len(lines), "root": roots_of([sha(b"\0", line.encode()) for line in lines])[-1].hex()}


# Proofs [8, RFC 9162 2.1.3.2 and 2.1.4.2]


def inclusion_root(index, size, leaf, proof):
    """The root that an inclusion proof leads to, or None."""
    fn, sn, root = index, size - 1, leaf
    for one in proof:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            root = sha(b"\1", one, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = sha(b"\1", root, one)
        fn, sn = fn >> 1, sn >> 1
    return root if sn == 0 and index < size else None


def is_consistent(old, new, old_root, new_root, proof):
    """Whether a proof leads from one root to the other."""
    if old == new:
        return not proof and old_root == new_root
    if old == 0 or old > new or not proof:
        return old == 0 and not proof and old < new
    proof = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for one in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha(b"\1", one, fr), sha(b"\1", one, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha(b"\1", sr, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root
