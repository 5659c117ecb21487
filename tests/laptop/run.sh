#!/usr/bin/env bash
# Builds the program for a laptop, for Linux as one static file and for Windows, and tries both: the static one plays the
# demo and verifies it; the Windows one, under Wine, makes a key, drafts, signs, checks, prints, imports and verifies what the
# other published. What is missing here is told as "skipped".
#
# Needs: rustup, musl-tools (Linux), gcc-mingw-w64-x86-64 and wine64 (Windows). Programs stay in $CARGO_TARGET_DIR.
set -eu
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

say() { printf -- '-- %s\n' "$*"; }
fail() { printf 'failed: %s\n' "$*" >&2; exit 1; }

# Whether this machine can build for that one; then it has to. What is only tried is not optimised: dependencies are built once
# and left.
built() {
  command -v "$2" >/dev/null || { say "skipped: no $2 here ($3)"; return 1; }
  rustup target list --installed 2>/dev/null | grep -qx "$1" || timeout 300 rustup target add "$1" >/dev/null 2>&1 ||
    { say "skipped: no target $1 here"; return 1; }
  CARGO_INCREMENTAL=0 cargo build -q -p cli --bin hattama --target "$1" \
    --config 'profile.dev.package."*".opt-level=0' --config profile.dev.debug=false ||
    fail "expected a program for $1"
}

published=
if built x86_64-unknown-linux-musl musl-gcc musl-tools; then
  static=$target/x86_64-unknown-linux-musl/debug/hattama
  case "$(file -b "$static" 2>/dev/null || echo static)" in *static*) ;; *) fail "expected a static program" ;; esac
  env -i HOME="$dir" PATH=/nonexistent "$static" demo --dir "$dir/demo" --lang en >"$dir/demo.out"
  env -i HOME="$dir" PATH=/nonexistent "$static" verify "$dir/demo/published" --lang en >"$dir/verify.out" ||
    fail "expected the demo to be verified"
  if env -i PATH=/nonexistent "$static" verify "$dir/demo/tampered" >/dev/null 2>&1; then fail "the lie was verified"; fi
  published=$dir/demo
  say "the static program played the demo and verified it"
fi

built x86_64-pc-windows-gnu x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64 || exit 0
windows=$target/x86_64-pc-windows-gnu/debug/hattama.exe
say "built for Windows: $windows"
command -v wine >/dev/null || { say "skipped: no wine here (wine64)"; exit 0; }
[ -n "$published" ] || { say "skipped: no published ledger without the static program"; exit 0; }
WINE=$(command -v wine) bash tests/laptop/windows.sh "$windows" "$published" "$static"
