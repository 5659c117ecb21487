#!/usr/bin/env bash
# Builds the verifier for browsers, the same bytes each time, and puts it where the page takes it from:
#   crates/browser/build.sh           builds, replaces wasm/browser.wasm, records what it was built from
#   crates/browser/build.sh --check   builds and compares; says "skipped" where the compiler is another
# Needs the target: rustup target add wasm32-unknown-unknown
set -eu
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}/browser
compiler=$(rustc --version)
built=$target/wasm32-unknown-unknown/wasm/browser.wasm
kept=crates/browser/wasm

if [ "${1:-}" = --check ] && [ "$compiler" != "$(cat $kept/compiler)" ]; then
  echo "skipped: built with $(cat $kept/compiler), and here is $compiler"
  exit 0
fi
if ! rustc --print target-libdir --target wasm32-unknown-unknown | xargs test -d; then
  rustup target add wasm32-unknown-unknown >/dev/null 2>&1 || {
    [ "${1:-}" != --check ] || { echo "skipped: no target wasm32-unknown-unknown"; exit 0; }
    echo "expected the target wasm32-unknown-unknown, found none: rustup target add wasm32-unknown-unknown"
    exit 2
  }
fi

# Browsers have had 128 bits at once since 2023: hashes take half the time.
# Where this folder, the registry and the sources of the standard library lie must not show in the bytes. Whoever has no
# such sources (the component rust-src) sees the compiler's own name for them.
library=$(rustc --print sysroot)/lib/rustlib/src/rust
commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
RUSTFLAGS="-C target-feature=+simd128 --remap-path-prefix=$PWD/=/ --remap-path-prefix=$library=/rustc/$commit"
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do RUSTFLAGS+=" --remap-path-prefix=$registry=/registry/"; done
export RUSTFLAGS
CARGO_TARGET_DIR=$target cargo build --locked --quiet -p browser --lib --profile wasm --target wasm32-unknown-unknown

if [ "${1:-}" = --check ]; then
  cmp "$built" "$kept/browser.wasm" || { echo "expected the bytes of $kept/browser.wasm, found others"; exit 1; }
  echo "built again with $compiler: the same bytes"
  exit 0
fi
cp "$built" "$kept/browser.wasm"
chmod 644 "$kept/browser.wasm"
echo "$compiler" >"$kept/compiler"
RUSTFLAGS= cargo run --quiet -p verify-page --example built_from >"$kept/built-from.new"
mv "$kept/built-from.new" "$kept/built-from"
echo "$(wc -c <$kept/browser.wasm) bytes, SHA-256 $(sha256sum $kept/browser.wasm | cut -d' ' -f1)"
