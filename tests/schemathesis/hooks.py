"""What schemathesis cannot guess of a ledger: signed events, hashes, compact JSON, lines of JSON.

As a program: writes the hashes of some events of the node HATTAMA_NODE into the file `hashes`, for schemathesis.toml.
"""

import hashlib
import json
import os
import urllib.request

NODE = os.environ["HATTAMA_NODE"]
INDICES = [0, 1, 5, 40, 100]


def encode(value):
    """Canonical JSON as far as a fuzzer needs it: with a space more, every body would be refused at its first byte."""
    if isinstance(value, bytes):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "surrogatepass")


def known():
    """Events of the ledger as their authors sent them. Sent again, they append nothing."""
    for index in INDICES:
        with urllib.request.urlopen(f"{NODE}/entries/{index}") as answer:
            entry = json.load(answer)
        event = entry["event"]
        pairs = zip(entry["signatures"], event["signers"], strict=True)
        yield {"event": event, "signatures": [{"signature": one, "signer": key} for one, key in pairs]}


def hash_of(signed):
    return hashlib.sha256(b"hattama-event-v1\n" + encode(signed["event"])).hexdigest()


if __name__ == "__main__":
    with open("hashes", "w") as file:
        file.writelines(f'"{hash_of(signed)}"\n' for signed in known())
else:
    import schemathesis
    from hypothesis import strategies as st

    EVENTS = list(known())

    def forged(signed):
        """The same with somebody else's signature."""
        other = EVENTS[0]["signatures"][0]["signature"]
        return {**signed, "signatures": [{**one, "signature": other} for one in signed["signatures"]]}

    def event():
        return st.sampled_from(EVENTS) | st.sampled_from([forged(one) for one in EVENTS[1:]])

    @schemathesis.hook
    def before_generate_body(context, strategy):
        if context.operation.path == "/events":
            return strategy | event()
        if context.operation.path == "/events/batch":
            line = st.binary(max_size=200) | event().map(encode)
            return st.lists(line, max_size=300).map(b"\n".join)
        return strategy

    @schemathesis.hook
    def filter_failure(_context, failure, _case, response):
        # An empty list makes an empty header, which counts as none; no schema of OpenAPI can say so.
        empty = response.request.headers.get("Last-Event-ID") == ""
        return not (empty and type(failure).__name__ == "AcceptedNegativeData")

    @schemathesis.serializer("application/json")
    def canonical(_context, value):
        return encode(value)

    @schemathesis.serializer("application/x-ndjson")
    def lines(_context, value):
        return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
