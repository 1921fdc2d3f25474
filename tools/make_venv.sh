#!/bin/sh
# A virtual environment from the Python given, also where the system's Python comes without venv (Debian).
set -eu
python=$1 venv=$2
[ -n "$python" ] || { echo "no Python found; install Python 3.11 or newer" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "$python is $("$python" -V 2>&1); Rasid needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2
  exit 1
}
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv
  else
    echo "this Python lacks venv; on Debian install python3-venv" >&2
    exit 1
  fi
}
"$python" -m venv "$venv"
