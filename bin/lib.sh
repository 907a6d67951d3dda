# What the commands of bin/ share. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail

CALLED_FROM=$PWD
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
mkdir -p var/stamps var/log
PYTHON=.venv/bin/python

say() { printf '%s\n' "$@"; }
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}
usage() { # print the comment at the head of the command
  sed -n '/^# shellcheck/d; 2,/^[^#]/ s/^# \{0,1\}//p' "$0"
}
have() { command -v "$1" >/dev/null 2>&1; }

# apt_install PACKAGE…: install from Debian, as root. False where that is not possible.
apt_install() {
  [ "$(id -u)" = 0 ] && have apt-get || return 1
  say "Installing from Debian: $*"
  local options=(-qq -y --no-install-recommends -o Dpkg::Use-Pty=0)
  export DEBIAN_FRONTEND=noninteractive
  apt-get "${options[@]}" install "$@" >var/log/apt.log 2>&1 && return
  apt-get -qq update >var/log/apt.log 2>&1 && apt-get "${options[@]}" install "$@" >>var/log/apt.log 2>&1
}

# base_python: the first Python on this machine that is new enough, as the one the virtual environment is made from.
base_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3; do
    if have "$candidate" && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  die "Python 3.11 or newer is needed, and this machine has $(python3 --version 2>/dev/null || echo none)."
}

# ensure_venv: `.venv` with the pinned requirements of the files given. Does nothing when it has them already.
ensure_venv() {
  local base wanted stamp
  stamp=.venv/.has-$(printf '%s+' "$@")
  wanted=$(cat "$@" | sha256sum)
  [ -x "$PYTHON" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && "$PYTHON" -c '' && return
  if ! "$PYTHON" -m pip --version >/dev/null 2>&1; then
    base=$(base_python)
    ensure_venv_module "$base"
    say "Making the virtual environment .venv"
    "$base" -m venv --clear .venv
  fi
  say "Installing the pinned requirements of $* (the first time takes a minute or two)"
  "$PYTHON" -m pip install --quiet --disable-pip-version-check $(printf -- '-r %s ' "$@") >var/log/pip.log 2>&1 || pip_failed
  printf '%s\n' "$wanted" >"$stamp"
}

ensure_venv_module() {
  local base=$1 package
  "$base" -c 'import ensurepip' 2>/dev/null && return
  package=$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  apt_install "$package" && "$base" -c 'import ensurepip' 2>/dev/null && return
  die "Python's venv module is missing: as root, run \`apt-get install $package\`, then this command again."
}

pip_failed() {
  if grep -qiE 'connection|resolv|timed out|unreachable|no matching distribution' var/log/pip.log; then
    die "no network: the requirements could not be fetched (details in var/log/pip.log)."
  fi
  tail -n 20 var/log/pip.log >&2
  die "the requirements could not be installed (above, and in var/log/pip.log)."
}

# changed NAME PATTERN: true when the requirements or the project's files of this pattern differ from what `done_with NAME` saw.
changed() {
  FINGERPRINT=$(
    {
      cat requirements.txt
      find . \( -name .git -o -name .venv -o -name var \) -prune -o -type f -path "$2" -print | LC_ALL=C sort | xargs -d '\n' sha256sum
    } | sha256sum
  )
  [ "$(cat "var/stamps/$1" 2>/dev/null)" != "$FINGERPRINT" ]
}
done_with() { printf '%s\n' "$FINGERPRINT" >"var/stamps/$1"; }

# demo_environment PORT: production settings with the embedded defaults, and a secret key of this checkout's own.
demo_environment() {
  if [ ! -s var/secret_key ]; then
    (umask 077 && "$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(50))' >var/secret_key)
  fi
  unset DATABASE_URL SEARCH_URL REDIS_URL STORAGE_URL EMAIL_URL
  export DEBUG=0 HTTPS=0 LOG_STYLE=console LOG_LEVEL=WARNING
  export SECRET_KEY ALLOWED_HOSTS=127.0.0.1,localhost SITE_URL=http://127.0.0.1:$1
  SECRET_KEY=$(cat var/secret_key)
}

# free_port: a port of 127.0.0.1 that nobody listens on.
free_port() {
  "$(base_python)" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
