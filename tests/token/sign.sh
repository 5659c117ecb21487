#!/usr/bin/env bash
# Signs with a key in a PKCS#11 token, for `hattama --sign-with`: sign.sh public-key | sign
#
# PKCS11_MODULE names the token's library, KEY_LABEL the key, PIN_FILE a file that holds its PIN (without it pkcs11-tool asks
# at the terminal). Needs OpenSC's pkcs11-tool.
set -eu
tool=(pkcs11-tool --module "${PKCS11_MODULE:?}" --label "${KEY_LABEL:?}")
case "${1:-}" in
  public-key)
    # SubjectPublicKeyInfo of an Ed25519 key ends with its 32 bytes (RFC 8410, section 4).
    "${tool[@]}" --read-object --type pubkey 2>/dev/null | sed '/^-----/d' | base64 -d | tail -c 32 | base64 -w 0
    echo
    ;;
  sign)
    dir=$(mktemp -d)
    trap 'rm -rf "$dir"' EXIT
    cat >"$dir/bytes"
    pin=()
    [ -z "${PIN_FILE:-}" ] || pin=(--pin "$(cat "$PIN_FILE")")
    "${tool[@]}" --login "${pin[@]}" --sign --mechanism EDDSA --input-file "$dir/bytes" --output-file "$dir/signature" >&2
    base64 -w 0 "$dir/signature"
    echo
    ;;
  *)
    echo "expected public-key or sign, found ${1:-nothing}" >&2
    exit 64
    ;;
esac
