#!/usr/bin/env bash
# Makes a package for Debian: the program, the units of systemd, man pages, completions, alerts, dashboard and configurations. The same program
# and the same SOURCE_DATE_EPOCH give the same package.
#
#   bash ops/deb.sh [PROGRAM] [FOLDER]        PROGRAM: target/dist/hattama; FOLDER for the package: target/deb
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
command -v dpkg-deb >/dev/null || { echo "skipped: no dpkg-deb"; exit 0; }
program=$(realpath "${1:-target/dist/hattama}"); to=${2:-target/deb}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
architecture=$(dpkg --print-architecture)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
umask 022
mkdir -p "$to"
root=$(mktemp -d); trap 'rm -rf "$root"' EXIT
chmod 0755 "$root"
put() { install -D -m "$1" "$2" "$root/$3"; }
put 0755 "$program" usr/bin/hattama
for unit in ops/systemd/*.service ops/systemd/*.timer; do put 0644 "$unit" "lib/systemd/system/$(basename "$unit")"; done
put 0644 ops/systemd/sysusers.conf usr/lib/sysusers.d/hattama.conf
for page in docs/*.md; do put 0644 "$page" "usr/share/doc/hattama/$(basename "$page")"; done
put 0644 LICENSE usr/share/doc/hattama/copyright
for file in prometheus/alerts.yml grafana/dashboard.json hosting/nginx.conf hosting/nginx-proxy.conf hosting/Caddyfile; do
  put 0644 "ops/$file" "usr/share/hattama/$file"
done
"$program" man --to "$root/usr/share/man/man1" 2>/dev/null
gzip -9n "$root"/usr/share/man/man1/*.1
mkdir -p "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" "$root/usr/share/fish/vendor_completions.d"
"$program" completions bash >"$root/usr/share/bash-completion/completions/hattama"
"$program" completions zsh >"$root/usr/share/zsh/vendor-completions/_hattama"
"$program" completions fish >"$root/usr/share/fish/vendor_completions.d/hattama.fish"
# The lowest libc whose symbols the program asks for.
libc=$(objdump -T "$program" 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1 | cut -d_ -f2 || true)
mkdir "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: hattama
Version: $version
Architecture: $architecture
Maintainer: Hattama <hattama@localhost>
Depends: libc6${libc:+ (>= $libc)}, libgcc-s1
Recommends: systemd (>= 249)
Section: admin
Priority: optional
Installed-Size: $(du -sk "$root" | cut -f1)
Description: audit ledger for elections of akims
 An event-sourced, signed, hash-chained ledger: every action of a commission
 is a signed event, every tally follows from the events, anyone can check it.
 With units for a node, its publisher, its backups, a witness and a watch.
CONTROL
# Accounts are made; nothing is started: which of the units this machine runs is decided by people.
cat >"$root/DEBIAN/postinst" <<'POSTINST'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
  if command -v systemd-sysusers >/dev/null; then systemd-sysusers hattama.conf || true; fi
  if ! getent passwd hattama >/dev/null && command -v useradd >/dev/null; then
    for account in hattama hattama-witness hattama-watch; do
      getent passwd "$account" >/dev/null || useradd --system --user-group --home-dir "/var/lib/$account" --shell /usr/sbin/nologin "$account"
    done
  fi
  if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
fi
POSTINST
chmod 0755 "$root/DEBIAN/postinst"
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
package="$to/hattama_${version}_$architecture.deb"
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
sha256sum "$package"
