#!/usr/bin/env bash
# One step of a power cut on a loop device: mount, cut, open, unmount; 77 when this machine cannot.
# The file system commits its journal every 60 s only, so nothing that was not synced on purpose reaches the image.
set -u
step=$1
work=$2
case $step in
mount)
  [ "$(id -u)" = 0 ] || { echo "not root" >&2; exit 77; }
  command -v mkfs.ext4 >/dev/null || { echo "no mkfs.ext4" >&2; exit 77; }
  truncate -s 512M "$work/image" && mkfs.ext4 -q -F "$work/image" || exit 1
  mkdir -p "$work/disk" "$work/copy"
  mount -o loop,commit=60 "$work/image" "$work/disk" 2>/dev/null || { echo "no loop device here" >&2; exit 77; }
  ;;
cut) cp --sparse=always "$work/image" "$work/image.cut" ;;
open) mount -o loop "$work/image.cut" "$work/copy" ;;
unmount)
  umount "$work/copy" && umount "$work/disk" && rm -f "$work/image" "$work/image.cut"
  ;;
*) echo "unknown step $step" >&2; exit 64 ;;
esac
