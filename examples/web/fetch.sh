#!/usr/bin/env bash
# Puts webtorrent.js, which the page of `./webtorrent share` runs in the browser, into DIR (default: vendor/ beside this file).
# It is the work of others (MIT licence), taken from the npm package webtorrent and checked against the SHA-256 below.
#   examples/web/fetch.sh [DIR]
set -euo pipefail

version=3.0.21
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=${1:-$here/vendor}

fail() {
  printf 'webtorrent: %s\n' "$@" >&2
  exit 1
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

command -v npm >/dev/null ||
  fail 'npm is missing; it fetches webtorrent.js, once' \
    '(Debian, Ubuntu: apt-get install npm; macOS: brew install node).'

mkdir -p "$dir"
# In there, so that what is moved at the end stays on one file system.
work=$(mktemp -d "$dir/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" "webtorrent@$version" >"$work/log" 2>&1 ||
  fail "npm cannot fetch webtorrent $version; is there a network?" "$(tail -n 3 "$work/log")"
tar -xzf "$work/webtorrent-$version.tgz" -C "$work"

# take SHA-256 FILE NAME
take() {
  local found
  found=$(sha256 "$work/package/$2")
  [[ $found == "$1" ]] || fail "$2 of webtorrent $version is not the expected file: its SHA-256 is $found"
  mv "$work/package/$2" "$work/$3"
}
take 821ea8b64b4994190b94bd629bbd897ba39cd25f7fb9747b70eec61f73dee44a LICENSE webtorrent.LICENSE.txt
take 9aa1f71d26b4d4eb51786baa575309ca550fdfd9c96842fe25a3b643f2173da2 dist/sw.min.js sw.min.js
take db4dca98cd135c732eeffdede3cf5f8febd0585a0eba4dc4d1effa1b901f4c3d dist/webtorrent.min.js webtorrent.min.js
mv "$work/webtorrent.LICENSE.txt" "$work/sw.min.js" "$work/webtorrent.min.js" "$dir/"
