#!/bin/sh
# Proves the two commands on a clean checkout: clone HEAD into a temporary folder, make demo, make test, build and try the wheel.
set -eu
top=$(git rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet "$top" "$work/rasid"
cd "$work/rasid"
make demo >"$work/demo.txt"
tail -n 1 "$work/demo.txt"
[ "${1:-}" = demo ] || make test
# the built wheel alone, with no extras, in an environment of its own
.venv/bin/python -m pip wheel --quiet --no-deps --wheel-dir "$work/wheel" .
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$work"/wheel/*.whl
cd "$work"
"$work/venv/bin/rasid" demo >/dev/null
"$work/venv/bin/rasid" lexicon check
echo "clone, demo$([ "${1:-}" = demo ] || echo ", test") and wheel work"
