#!/bin/sh
# Installs each package that `./dev package` has made on a clean system, and runs it there.
#
#     install.sh FOLDER [PART...]      as root; FOLDER holds the packages. PART: tar, tar_clang, wheel, npm, deb
#
# Only the part deb needs the network, for Debian itself and the libraries that the package depends on.
#
# Every package has to say its version, find the blocking call in a small server (exit code 1), find nothing after it is
# mended (0), and refuse a wrong option (2).
set -eu

packages=$(cd "$1" && pwd)
shift
parts=${*:-tar tar_clang wheel npm deb}
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n 's/^project(stallint VERSION \([0-9.]*\).*/\1/p' "$here/../../CMakeLists.txt")
work=$(mktemp -d)
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf --one-file-system "$work"' EXIT
# A run must not be helped by what the machine happens to have.
unset PIP_FIND_LINKS PIP_NO_INDEX PIP_INDEX_URL NODE_PATH PYTHONPATH STALLINT_BINARY || true

fail() {
  echo "not ok: $*"
  exit 1
}

one() {
  if [ $# -ne 1 ] || [ ! -f "$1" ]; then
    fail "not one file, but: $*" >&2 # the caller reads what we print
  fi
  echo "$1"
}

# Where a program finds out what stands beside it.
mount_proc() {
  mount -t proc proc "$1/proc"
  mounted=$1/proc
}

unmount_proc() {
  umount "$mounted"
  mounted=
}

mkdir -p "$work/server" "$work/mended"
cat >"$work/server/app.py" <<'END'
import requests


async def read_price(currency):
    return latest(currency)


def latest(currency):
    return requests.get(f"https://rates/{currency}", timeout=5).json()
END
sed 's/return latest(currency)/return await asyncio.to_thread(latest, currency)/; 1i import asyncio' \
  "$work/server/app.py" >"$work/mended/app.py"

# run_there NAME FOLDER COMMAND...    FOLDER: where the command finds the two servers
run_there() {
  name=$1
  folder=$2
  shift 2
  said=$("$@" --version) || fail "$name: --version"
  [ "$said" = "stallint $version" ] || fail "$name: --version says $said"
  code=0
  said=$("$@" check "$folder/server" --no-cache) || code=$?
  [ "$code" -eq 1 ] || fail "$name: exit code $code for a server with a finding: $said"
  # shellcheck disable=SC2016 # no command, but the quotes of a finding
  echo "$said" | grep -q 'critical async-blocking-call: `read_price` blocks the event loop: read_price -> latest -> requests.get' ||
    fail "$name: does not find the call: $said"
  code=0
  said=$("$@" check "$folder/mended" --no-cache) || code=$?
  [ "$code" -eq 0 ] || fail "$name: exit code $code for a server without a finding: $said"
  code=0
  "$@" check --nonsense >"$work/said" 2>&1 || code=$?
  [ "$code" -eq 2 ] || fail "$name: exit code $code for a wrong option: $(cat "$work/said")"
  echo "ok: $name"
}

# --- tar: a folder with nothing else in it is the whole system --------------------------------------------------------

part_tar() {
  root=$work/empty
  mkdir -p "$root"
  tar -xzf "$(one "$packages"/stallint-"$version"-linux-x86_64.tar.gz)" -C "$root" --strip-components=1 --no-same-owner
  cp -r "$work/server" "$work/mended" "$root"
  run_there 'tarball in an empty root' '' chroot "$root" /bin/stallint
  [ -f "$root/share/man/man1/stallint.1" ] || fail 'tarball: no manual page'
}

# Debian's compile database names the compiler; stallint-clang reads the file without running it.
cpp_server() {
  mkdir -p "$1/cpp"
  cat >"$1/cpp/server.cc" <<'END'
#include <stddef.h>
struct Session { size_t size = 0; };
int main() { return Session().size; }
END
  printf '[{"directory": "%s", "file": "server.cc", "arguments": ["c++", "-c", "server.cc"]}]\n' "$2/cpp" \
    >"$1/cpp/compile_commands.json"
}

# read_cpp NAME FOLDER COMMAND...     All facts come from the compiler, and none of its headers is missing.
read_cpp() {
  name=$1
  folder=$2
  shift 2
  code=0
  said=$("$@" check "$folder/cpp" --no-cache 2>&1) || code=$?
  [ "$code" -eq 0 ] || fail "$name: exit code $code: $said"
  ! echo "$said" | grep -q 'spelling\|missing' || fail "$name: C++ is not read by stallint-clang: $said"
  echo "ok: $name"
}

part_tar_clang() {
  root=$work/empty
  mkdir -p "$root/proc" "$root/tmp"
  cpp_server "$root" ''
  code=0
  said=$(chroot "$root" /bin/stallint check /cpp --no-cache 2>&1) || code=$?
  echo "$said" | grep -q 'spelling' || fail "without stallint-clang nothing says so: $said"
  tar -xzf "$(one "$packages"/stallint-clang-"$version"-linux-x86_64.tar.gz)" -C "$root" --strip-components=1 --no-same-owner
  mount_proc "$root"
  read_cpp 'tarball of stallint-clang in an empty root' '' chroot "$root" /bin/stallint
  unmount_proc
}

# --- deb: a Debian 12 with its smallest set of packages -----------------------------------------------------------------

part_deb() {
  root=$work/debian
  if [ -d "${STALLINT_DEBIAN:-}" ]; then
    cp -a "$STALLINT_DEBIAN" "$root" # made before by: debootstrap --variant=minbase bookworm FOLDER
  else
    debootstrap --variant=minbase bookworm "$root" >"$work/log" 2>&1 || fail "debootstrap: $(tail -5 "$work/log")"
  fi
  cp -r "$work/server" "$work/mended" "$root"
  cpp_server "$root" ''
  cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
  cp "$(one "$packages"/stallint_"$version"_amd64.deb)" "$(one "$packages"/stallint-clang_"$version"_amd64.deb)" "$root"
  inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
  apt() { inside apt-get -y --no-install-recommends "$@" >"$work/log" 2>&1 || fail "apt-get $*: $(tail -5 "$work/log")"; }
  apt update
  apt install "/stallint_${version}_amd64.deb"
  run_there '.deb in a minimal Debian 12' '' inside stallint
  inside sh -c 'bash -c "source /usr/share/bash-completion/completions/stallint && complete -p stallint"' >/dev/null ||
    fail '.deb: completions for bash'
  apt install "/stallint-clang_${version}_amd64.deb"
  mount_proc "$root"
  read_cpp '.deb of stallint-clang in a minimal Debian 12' '' inside stallint
  unmount_proc
  apt purge stallint stallint-clang
  left=$(inside sh -c 'find / -xdev -name "*stallint*" ! -name "*.deb" ! -path "/proc/*" ! -path "/var/*" ! -path "/root/*"')
  [ -z "$left" ] || fail ".deb: left after purge: $left"
}

# --- wheel: a Python environment of its own, without any index -----------------------------------------------------------

part_wheel() {
  one "$packages"/stallint-"$version"-py3-*.whl >/dev/null
  /usr/bin/python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$packages" "stallint==$version"
  run_there 'wheel in a new environment' "$work" "$work/venv/bin/stallint"
  "$work/venv/bin/pip" uninstall --quiet --disable-pip-version-check --yes stallint
  [ ! -e "$work/venv/bin/stallint" ] || fail 'wheel: the program is left after uninstall'
}

# --- npm: a project of its own, without any registry ---------------------------------------------------------------------

part_npm() {
  mkdir "$work/npm"
  cd "$work/npm"
  echo '{"private": true}' >package.json
  npm install --offline --no-audit --no-fund --cache "$work/npm-cache" \
    "$(one "$packages"/stallint-linux-x64-"$version".tgz)" "$(one "$packages"/stallint-"$version".tgz)" >"$work/log" 2>&1 ||
    fail "npm install: $(cat "$work/log")"
  run_there 'npm packages in a new project' "$work" node_modules/.bin/stallint
  rm -r node_modules/@stallint
  code=0
  said=$(node_modules/.bin/stallint --version 2>&1) || code=$?
  [ "$code" -eq 2 ] || fail "npm: exit code $code without the package of the platform"
  echo "$said" | grep -q '^stallint: the package @stallint/linux-x64 is not installed' || fail "npm: says $said"
  echo 'ok: npm package without that of the platform says so'
  cd "$here"
}

for part in $parts; do
  "part_$part"
done
echo 'every package can be installed and runs'
