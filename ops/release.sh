#!/usr/bin/env bash
# A release that anyone can build again: the program built twice, in two folders, the paths of both taken out of it; the same bytes, or there is
# no release. Beside it SHA256SUMS, the same signed as a C2SP note where a key is named, a list of all crates in it (SPDX), verify.html, and a
# package for Debian.
#
#   bash ops/release.sh TO [KEY.pem KEY-NAME]     e.g. release.pem and releases.hattama.example (made by `hattama key new release.pem`)
#
# HATTAMA_BUILD_FOLDERS names a folder for the two builds [a temporary one]; HATTAMA_PROFILE another profile than dist.
set -euo pipefail
top=$(git rev-parse --show-toplevel); cd "$top"
to=$(realpath -m "${1:?a folder for the release}"); key=${2:-}; name=${3:-}
[ -z "$key" ] || [ -n "$name" ] || { echo "expected KEY.pem with the name of the key, found the file alone" >&2; exit 64; }
[ -z "$(git status --porcelain --untracked-files=no)" ] || { echo "expected a tree without changes: what is built must be a commit" >&2; exit 1; }
[ ! -e "$to" ] || { echo "expected no $to yet" >&2; exit 1; }
commit=$(git rev-parse HEAD)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
profile=${HATTAMA_PROFILE:-dist}
folders=${HATTAMA_BUILD_FOLDERS:-$(mktemp -d)}; mkdir -p "$folders"
export SOURCE_DATE_EPOCH; SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)

build() { # a folder
  rm -rf "$folders/$1/source"; mkdir -p "$folders/$1/source"
  git archive "$commit" | tar -x -C "$folders/$1/source"
  # No path of the machine stays in the program, and none of its user's flags.
  local registry=${CARGO_HOME:-$HOME/.cargo} sysroot; sysroot=$(rustc --print sysroot)
  (cd "$folders/$1/source" && env -u RUSTFLAGS -u CARGO_BUILD_RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS HATTAMA_RELEASE="$version (commit $commit)" CARGO_INCREMENTAL=0 \
    CARGO_TARGET_DIR="$folders/$1/target" \
    CARGO_ENCODED_RUSTFLAGS="--remap-path-prefix=$folders/$1/source=/hattama"$'\x1f'"--remap-path-prefix=$folders/$1/target=/target"$'\x1f'"--remap-path-prefix=$registry=/cargo"$'\x1f'"--remap-path-prefix=$sysroot=/rust" \
    cargo build --locked --quiet --profile "$profile" --bin hattama)
  sha256sum <"$folders/$1/target/$profile/hattama" | cut -c1-64
}

first=$(build one); echo "first build:  $first"
second=$(build another-folder); echo "second build: $second"
[ "$first" = "$second" ] || { echo "FAILED: two builds of $commit differ; compare $folders/*/target/$profile/hattama (diffoscope)" >&2; exit 1; }
program=$folders/one/target/$profile/hattama
if grep -aqF -e "$folders" -e "${CARGO_HOME:-$HOME/.cargo}" "$program"; then echo "FAILED: a path of this machine stands in the program" >&2; exit 1; fi

mkdir -p "$to"
install -m 0755 "$program" "$to/hattama"
"$to/hattama" verifier --to "$to/verify.html" 2>/dev/null
python3 ops/sbom.py "$version" "$commit" >"$to/hattama.spdx.json"
rustc --version --verbose >"$to/rustc.txt"
bash ops/deb.sh "$to/hattama" "$to" >/dev/null
(cd "$to" && sha256sum -- * >../SHA256SUMS.new && mv ../SHA256SUMS.new SHA256SUMS)
if [ -n "$key" ]; then
  "$to/hattama" release sign "$to/SHA256SUMS" --key "$key" --name "$name" --to "$to/SHA256SUMS.note"
fi
"$to/hattama" --version
cat "$to/SHA256SUMS"
