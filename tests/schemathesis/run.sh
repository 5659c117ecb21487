#!/usr/bin/env bash
# The description of a node against what it answers: run.sh [HATTAMA]
# Schemathesis makes requests out of /openapi.json, sound ones and broken ones, and holds each answer against it. Needs
# python3 with venv, and a package of PyPI; says "skipped" aloud without them. HATTAMA_SCHEMATHESIS_SECONDS: how long.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
hattama=${1:-$here/../../target/release/hattama}
seconds=${HATTAMA_SCHEMATHESIS_SECONDS:-150}

if [ ! -x "$hattama" ]; then
  echo "expected the program at $hattama, found none; cargo build --release first" >&2
  exit 2
fi
hattama=$(cd "$(dirname "$hattama")" && pwd)/$(basename "$hattama")

dir=$(mktemp -d)
node=
trap '[ -z "$node" ] || kill "$node" 2>/dev/null; rm -rf "$dir"' EXIT
if found=$(command -v schemathesis); then
  bin=$(dirname "$(readlink -f "$found")")
else
  bin=$dir/venv/bin
  if ! python3 -m venv "$dir/venv" >/dev/null 2>&1; then
    echo "skipped: no python3 with venv here (apt-get install python3-venv)"
    exit 0
  fi
  if ! timeout 600 "$bin/pip" install -q --disable-pip-version-check schemathesis==4.32.5 >"$dir/pip" 2>&1; then
    echo "skipped: no package schemathesis to be had: $(tail -n 1 "$dir/pip")"
    exit 0
  fi
fi

# What tells ledgers from copies goes away with the rest.
export HATTAMA_STATE="$dir/state"
"$hattama" demo --dir "$dir/demo" >/dev/null
# No limits: a limit would answer instead of what is asked for.
"$hattama" serve --ledger "$dir/demo/ledger" --published "$dir/demo/published" --to "$dir/demo/published" \
  --listen 127.0.0.1:0 --address-rate 0 --reader-rate 0 --key-rate 0 --body-seconds 2 --log-level warn \
  >"$dir/address" 2>"$dir/log" &
node=$!
for _ in $(seq 600); do
  [ -s "$dir/address" ] && break
  kill -0 "$node" || { cat "$dir/log" >&2; exit 1; }
  sleep 0.1
done
HATTAMA_NODE=$(cat "$dir/address")
export HATTAMA_NODE SCHEMATHESIS_HOOKS=hooks PYTHONDONTWRITEBYTECODE=1

cp "$here/hooks.py" "$here/schemathesis.toml" "$dir"
cd "$dir"
"$bin/python3" hooks.py
before=$(wc -l <log)
"$bin/schemathesis" --no-color --config-file schemathesis.toml run "$HATTAMA_NODE/openapi.json" \
  --max-time "$seconds" --seed "${HATTAMA_SCHEMATHESIS_SEED:-1}" --warnings off
kill -0 "$node" || { echo "expected a node that lives, found none:" >&2; cat log >&2; exit 1; }
if grep -q panicked log; then
  echo "expected no panic, found:" >&2
  grep panicked log >&2
  exit 1
fi
echo "the answers of the node are those of its description; $(($(wc -l <log) - before)) warnings in its log"
