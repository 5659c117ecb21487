#!/usr/bin/env python3
"""Prints what the program is made of: every crate that is compiled into it, with version, licence and checksum, as SPDX 2.3 in JSON.

    python3 ops/sbom.py VERSION COMMIT

From `cargo metadata` and Cargo.lock alone; the same commit gives the same bytes."""
import json
import re
import subprocess
import sys
import time
import os
import tomllib

version, commit = sys.argv[1], sys.argv[2]
target = re.search(r"^host: (.*)$", subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout, re.M)[1]
told = subprocess.run(
    ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target], capture_output=True, text=True, check=True
)
metadata = json.loads(told.stdout)
with open("Cargo.lock", "rb") as file:
    lock = tomllib.load(file)
sums = {(one["name"], one["version"]): one.get("checksum") for one in lock["package"]}
packages = {one["id"]: one for one in metadata["packages"]}
nodes = {one["id"]: one for one in metadata["resolve"]["nodes"]}
root = next(one["id"] for one in metadata["packages"] if one["name"] == "cli" and one["source"] is None)


def used_by(node):
    """What is linked or runs while it is built; not what only tests need."""
    return [one["pkg"] for one in node["deps"] if any(kind["kind"] in (None, "build") for kind in one["dep_kinds"])]


seen, waiting, edges = set(), [root], []
while waiting:
    one = waiting.pop()
    if one in seen:
        continue
    seen.add(one)
    for other in used_by(nodes[one]):
        edges.append((one, other))
        waiting.append(other)


def name_of(key):
    one = packages[key]
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", f"{one['name']}-{one['version']}")


def describe(key):
    one = packages[key]
    own = one["source"] is None
    licence = (one["license"] or "NOASSERTION").replace("/", " OR ")
    line = {
        "SPDXID": name_of(key), "name": "hattama" if key == root else one["name"], "versionInfo": one["version"],
        "downloadLocation": "NOASSERTION" if own else f"https://crates.io/api/v1/crates/{one['name']}/{one['version']}/download",
        "licenseConcluded": licence, "licenseDeclared": licence, "copyrightText": "NOASSERTION", "filesAnalyzed": False,
    }
    checksum = sums.get((one["name"], one["version"]))
    if checksum:
        line["checksums"] = [{"algorithm": "SHA256", "checksumValue": checksum}]
        line["externalRefs"] = [{
            "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": f"pkg:cargo/{one['name']}@{one['version']}",
        }]
    return line


created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "0"))))
relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": name_of(root)}]
relations += [
    {"spdxElementId": one, "relationshipType": "DEPENDS_ON", "relatedSpdxElement": other}
    for one, other in sorted({(name_of(one), name_of(other)) for one, other in edges})
]
print(json.dumps({
    "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"hattama-{version}",
    "documentNamespace": f"https://hattama.invalid/spdx/{version}/{commit}",
    "creationInfo": {"created": created, "creators": ["Tool: ops/sbom.py"]},
    "packages": sorted((describe(key) for key in seen), key=lambda line: line["SPDXID"]), "relationships": relations,
}, indent=1, sort_keys=True))
