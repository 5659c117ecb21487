#!/usr/bin/env bash
# Tries the Windows program under Wine: windows.sh HATTAMA.EXE DEMO HATTAMA. DEMO is what HATTAMA demo --dir wrote here. Each
# step is what a member, a commission or an observer does on a laptop; a step that answers otherwise stops with what was said.
set -eu
own=$(cd "$(dirname "$0")" && pwd)
program=$(readlink -f "$1")
demo=$(readlink -f "$2")
native=$(readlink -f "$3")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
export WINEPREFIX=$here/wine WINEDEBUG=-all HATTAMA_LANG=en
mkdir "$here/laptop"
cp -r "$demo" "$here/laptop/demo"
cd "$here/laptop"
wine=${WINE:-wine}

fail() { printf 'failed: %s\n' "$*" >&2; exit 1; }

# The program with these words; its exit code has to be the first of them, and its answer has to hold the second.
windows() {
  local code=$1 words=$2 found=0
  shift 2
  timeout 120 "$wine" "$program" "$@" >out 2>err </dev/null || found=$?
  [ "$found" = "$code" ] || fail "expected exit code $code, found $found: $*"$'\n'"$(tail -n 8 out err)"
  grep -q -F -- "$words" out err || fail "expected the words \"$words\": $*"$'\n'"$(tail -n 8 out err)"
}

# A Wine before 9.0 lacks a library of random bytes; it is put beside a copy of the program.
mkdir "$here/bin"
cp "$program" "$here/bin/hattama.exe"
program=$here/bin/hattama.exe
if ! find /usr/lib /opt -name bcryptprimitives.dll -path '*wine*' 2>/dev/null | grep -q .; then
  x86_64-w64-mingw32-gcc -shared -O1 -o "$here/bin/bcryptprimitives.dll" "$own/bcryptprimitives.c" -ladvapi32
fi
timeout 120 "$wine" "$program" --version >version 2>err </dev/null || fail "expected it to start under Wine: $(tail -n 3 err)"
printf -- '-- %s\n' "$(tr -d '\r' <version)"

# A ledger's server it is not, and says so before anything is made.
for words in 'demo --dir made' 'serve --ledger demo/ledger --log-key x.pem' 'publish --ledger demo/ledger --office-key x.pem --to made'; do
  # shellcheck disable=SC2086
  windows 2 "on a server or in WSL" $words
  [ ! -e made ] || fail "expected nothing made by $words"
done

# Keys: made, shown, locked anew; the passphrase comes with a line end of Windows.
printf 'tau bulaq kitap qonyr alma\r\n' >words.txt
export HATTAMA_PASSPHRASE_FILE=words.txt
windows 0 "" key new member.pem
windows 0 "its passphrase alone protects it" key show member.pem
windows 0 "chair.piece.json" key member 'chair.pem' --ledger "$(printf 'ab%.0s' $(seq 32))" --commission pec-aul-1 --seat chair
# The demo's keys have no passphrase, which on a disk without modes is not enough; the mend is tried.
windows 2 "hattama key passphrase" key show 'demo\keys\tec-semey\chair.pem'
HATTAMA_NEW_PASSPHRASE_FILE=words.txt windows 0 "passphrase" key passphrase 'demo\keys\tec-semey\chair.pem'

# What an observer does: a folder by its Windows name, and a zip.
windows 0 "VERIFIED" verify 'demo\published' --lang en --report 'report.html'
grep -q '<html' report.html || fail "expected a report"
windows 1 "FAILED" verify 'demo\tampered' --lang en
python3 - <<'P'
import os, zipfile
with zipfile.ZipFile('ledger.zip', 'w', zipfile.ZIP_DEFLATED) as made:
    for folder, _, names in os.walk('demo/published'):
        for name in names:
            path = os.path.join(folder, name)
            made.write(path, os.path.relpath(path, 'demo/published'))
P
windows 0 "VERIFIED" verify ledger.zip
windows 0 "Determined at entry" results 'demo\published' --lang en
# A checkpoint that an editor of Windows changed reads, and as a pin it is told to be fetched again.
sed 's/$/\r/' demo/published/checkpoint >pasted.txt
windows 0 "size" checkpoint show pasted.txt --lang en
windows 2 "carriage return" verify 'demo\published' --pin pasted.txt

# What a commission does: drafts, signs, checks, prints, imports.
key=$("$native" key show demo/keys/pec-semey-001/m4.pem --json | sed -n 's/.*"public_key": *"\([^"]*\)".*/\1/p')
windows 0 "" event draft key-revoked --ledger 'demo\published' --author tec-semey --signer chair --signer deputy --signer secretary \
  --signer m4 --set commission=pec-semey-001 --set "ground=Ноутбук ұрланды" --set "key=$key" --set since=2025-10-14T09:00:00+05:00 \
  --out revoked.json
windows 0 "" event sign revoked.json --key 'demo\keys\tec-semey\chair.pem'
# An editor of Windows ends the line otherwise and puts a mark in front; what was signed is still what is checked.
{ printf '\357\273\277'; sed 's/$/\r/' revoked.json; } >edited.json
windows 0 "Ноутбук ұрланды" event show edited.json --ledger 'demo\published'
windows 0 "" event check edited.json --ledger 'demo\published'
windows 0 "semey-001" book new 'demo\published' --precinct semey-001 --out books
windows 0 "" book show 'books\semey-001'
protocol=$(grep -l '"fact":"protocol-signed"' books/semey-001/events/*.json | head -1)
windows 0 "" slip "$protocol" --from 'books\semey-001' --out sheet.html
grep -q 'class' sheet.html || fail "expected a sheet"
printf '\357\273\277Участок;Количество бюллетеней\r\nУчасток № 1;404\r\nИтого;404\r\n' >delivery.csv
printf 'act' >act.pdf
windows 1 "Итого" table ballots-delivered delivery.csv --ledger 'demo\published' --set act=act.pdf --at '2025-10-09 10:00'
if ls books/semey-001/*\\* >/dev/null 2>&1; then fail "expected names without backslashes"; fi
printf -- '-- the Windows program made keys, verified, drafted, signed, checked, printed and read a table\n'
