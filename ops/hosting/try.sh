#!/usr/bin/env bash
# Serves a published folder with the nginx (or caddy) of this machine under the configuration beside this file, and looks at types, cache
# rules, compression, CORS and what must not be served; then `hattama verify` reads it by its address. Says "skipped" where there is none.
#
#   bash ops/hosting/try.sh [nginx|caddy] PUBLISHED-FOLDER       HATTAMA names the program [hattama], NGINX_PROGRAM and CADDY_PROGRAM the servers
set -euo pipefail
server=${1:?nginx or caddy}; published=$(realpath "${2:?a published folder}")
here=$(dirname "$(realpath "$0")"); hattama=${HATTAMA:-hattama}
program=${NGINX_PROGRAM:-}; [ "$server" = caddy ] && program=${CADDY_PROGRAM:-}
program=${program:-$(command -v "$server" || true)}
[ -n "$program" ] || { echo "skipped: no $server"; exit 0; }
work=$(mktemp -d); trap 'kill "$server_id" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
port=$((20000 + RANDOM % 20000))
if [ "$server" = nginx ]; then
  sed -e "s|listen 80;|listen 127.0.0.1:$port;|" -e "s|/srv/hattama/published|$published|" "$here/nginx.conf" >"$work/site.conf"
  for name in body proxy fastcgi uwsgi scgi; do paths+="${name/body/client_body}_temp_path $work/$name; "; done
  echo "daemon off; master_process off; pid $work/pid; error_log $work/errors; events {} http { access_log off; $paths include $work/site.conf; }" >"$work/conf"
  "$program" -p "$work" -c "$work/conf" -e "$work/errors" & server_id=$!
else
  sed -e "s|ledger.example.org|http://127.0.0.1:$port|" -e "s|/srv/hattama/published|$published|" "$here/Caddyfile" >"$work/Caddyfile"
  sed -i '1i { admin off }' "$work/Caddyfile"; sed -i '1c {\n\tadmin off\n}' "$work/Caddyfile"
  HOME="$work" "$program" run --config "$work/Caddyfile" --adapter caddyfile 2>"$work/errors" & server_id=$!
fi
at="http://127.0.0.1:$port"
for _ in $(seq 50); do curl -sf -o /dev/null "$at/checkpoint" && break; sleep 0.1; done
failed=0
expect() { # what, found, pattern
  if [[ $2 =~ $3 ]]; then echo "ok    $1: $2"; else echo "FAILED $1: found \"$2\", expected $3"; failed=1; fi
}
head_of() { curl -s -o /dev/null -D - "${@:3}" "$at/$1" | tr -d '\r' | sed -n "s/^$2: //Ip"; }
code_of() { curl -s -o /dev/null -w '%{http_code}' "${@:2}" "$at/$1"; }
cd "$published"
bundle=$(find tile/entries -type f | sort | head -1); partial=$(find tile -path '*.p/*' -type f | sort | head -1)
csv=$(find snapshots -name '*.csv' | sort | head -1); json=$(find snapshots -name manifest.json | sort | head -1)
page=$(find snapshots -name '*.html' | sort | head -1); svg=$(find snapshots -name '*.svg' | sort | head -1)
expect "type of checkpoint" "$(head_of checkpoint content-type)" '^text/plain; ?charset=utf-8$'
expect "type of a bundle" "$(head_of "$bundle" content-type)" '^application/octet-stream$'
expect "type of CSV" "$(head_of "$csv" content-type)" '^text/csv; ?charset=utf-8$'
expect "type of a manifest" "$(head_of "$json" content-type)" '^application/json$'
[ -z "$page" ] || expect "type of a page" "$(head_of "$page" content-type)" '^text/html; ?charset=utf-8$'
[ -z "$svg" ] || expect "type of a picture" "$(head_of "$svg" content-type)" '^image/svg\+xml$'
expect "keeping of checkpoint" "$(head_of checkpoint cache-control)" '^no-cache$'
expect "keeping of a manifest" "$(head_of "$json" cache-control)" 'immutable'
[ -z "$partial" ] || expect "keeping of a partial tile" "$(head_of "$partial" cache-control)" 'max-age=3600'
[ ! -f index.html ] || expect "keeping of the page at the top" "$(head_of "" cache-control)" '^no-cache$'
expect "CORS" "$(head_of checkpoint access-control-allow-origin)" '^\*$'
expect "CORS, once" "$(head_of checkpoint access-control-allow-origin | wc -l)" '^1$'
expect "CORS exposes" "$(head_of checkpoint access-control-expose-headers)" 'ETag'
expect "preflight" "$(code_of checkpoint2 -X OPTIONS -H 'Origin: https://other.example')" '^204$'
expect "a tag" "$(head_of checkpoint etag)" '.+'
expect "304 by the tag" "$(code_of checkpoint -H "If-None-Match: $(head_of checkpoint etag)")" '^304$'
expect "compression where asked for" "$(head_of "$json" content-encoding -H 'Accept-Encoding: gzip')" '^gzip$'
expect "none where not" "$(head_of "$json" content-encoding)" '^$'
expect "a bundle's bytes" "$(curl -s --compressed "$at/$bundle" | sha256sum | cut -c1-64)" "^$(sha256sum "$bundle" | cut -c1-64)\$"
expect "no listing" "$(code_of snapshots/)" '^(403|404)$'
expect "no hidden file" "$(code_of .git/config)" '^(403|404)$'
expect "no other method" "$(code_of "$json" -X PUT -d x)" '^(403|405)$'
expect "not found" "$(code_of tile/nothing)" '^404$'
if command -v "$hattama" >/dev/null; then
  code=0; "$hattama" verify "$at" >"$work/report" || code=$?
  expect "hattama verify $at" "$code $(grep -m1 -oE 'VERIFIED|FAILED|INCOMPLETE' "$work/report")" '^0 VERIFIED'
fi
exit $failed
