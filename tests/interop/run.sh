#!/usr/bin/env bash
# Go's transparency-log packages against a ledger of ours: run.sh [HATTAMA]
# Needs Debian's golang-go and golang-golang-x-mod-dev; says "skipped" aloud without them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
hattama=${1:-$here/../../target/release/hattama}
packages=${GOPATH_SYSTEM:-/usr/share/gocode}

if ! command -v go >/dev/null; then
  echo "skipped: no go here (apt-get install golang-go golang-golang-x-mod-dev)"
  exit 0
fi
if [ ! -d "$packages/src/golang.org/x/mod/sumdb/tlog" ]; then
  echo "skipped: no golang.org/x/mod in $packages (apt-get install golang-golang-x-mod-dev)"
  exit 0
fi
if [ ! -x "$hattama" ]; then
  echo "expected the program at $hattama, found none; cargo build --release first" >&2
  exit 2
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# With folders of their own, since Go keeps caches.
export GO111MODULE=off GOPATH="$packages" GOCACHE="$dir/cache" CGO_ENABLED=0 GOFLAGS=-buildvcs=false
(cd "$here" && go build -o "$dir/interop" main.go)

# What tells ledgers from copies goes away with the rest.
export HATTAMA_STATE="$dir/state"
"$hattama" demo --dir "$dir/demo" >/dev/null
cp -r "$dir/demo/published" "$dir/older"
"$hattama" publish --ledger "$dir/demo/ledger" --office-key "$dir/demo/keys/cec/office-1.pem" --to "$dir/demo/published" >/dev/null
key=$("$hattama" ledger status "$dir/demo/ledger" | sed -n 's/^log key *//p')
"$dir/interop" "$key" "$dir/older" "$dir/demo/published"

# What must not pass: another log's key, a changed entry, an older tree that is not a beginning of the newer.
refuse() {
  if "$dir/interop" "$@" 2>"$dir/said"; then
    echo "expected a refusal, found none: $*" >&2
    exit 1
  fi
  echo "refused: $(cat "$dir/said")"
}
refuse "${key%?????}AAAA=" "$dir/older" "$dir/demo/published"
cp -r "$dir/older" "$dir/changed"
bundle=$dir/changed/tile/entries/003
printf 'X' | dd of="$bundle" bs=1 seek=5000 conv=notrunc status=none
refuse "$key" "$dir/changed" "$dir/demo/published"
refuse "$key" "$dir/demo/published" "$dir/older"
echo "Go's packages read this ledger"
