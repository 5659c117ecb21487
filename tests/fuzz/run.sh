#!/usr/bin/env bash
# Runs every fuzz target, or the ones named, for so many seconds each: run.sh [SECONDS] [TARGET ...]
# 0: no target found anything, or all was skipped, aloud; 1: a target found something; 2: a target does not build.
set -u
here=$(cd "$(dirname "$0")" && pwd)
seconds=${1:-60}
shift || true
case $seconds in
'' | *[!0-9]*) echo "expected seconds, found $seconds" >&2; exit 64 ;;
esac
cd "$here/../.." || exit 1

if ! command -v cargo-fuzz >/dev/null; then
  echo "skipped: cargo-fuzz not found (cargo install cargo-fuzz)"
  exit 0
fi
if command -v python3 >/dev/null; then
  python3 "$here/seeds.py" "$here/corpus" || exit 1
else
  echo "skipped: seeds, python3 not found; every target starts from nothing"
fi

# Without a sanitizer the stable compiler is enough: the crates of the ledger forbid unsafe code.
fuzz=(--fuzz-dir tests/fuzz --sanitizer none)
if [ $# -eq 0 ]; then
  mapfile -t targets < <(cargo fuzz list --fuzz-dir tests/fuzz)
else
  targets=("$@")
fi
if [ ${#targets[@]} -eq 0 ]; then
  echo "expected fuzz targets, found none" >&2
  exit 2
fi
# Built before anything runs: what does not build has found nothing.
for target in "${targets[@]}"; do
  cargo fuzz build "${fuzz[@]}" "$target" || { echo "could not build $target" >&2; exit 2; }
done
found=()
for target in "${targets[@]}"; do
  echo "== $target, $seconds s"
  cargo fuzz run "${fuzz[@]}" "$target" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
    -print_final_stats=1 || found+=("$target")
done
echo "ran ${#targets[@]} targets for $seconds s each"
if [ ${#found[@]} -gt 0 ]; then
  echo "found something: ${found[*]} (inputs in tests/fuzz/artifacts)"
  exit 1
fi
