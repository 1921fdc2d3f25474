#!/bin/sh
# Chromium and PostgreSQL for the tests that drive them. Installed where we may (root on Debian), else named.
set -u
need=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need="chromium chromium-driver"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || need="$need postgresql"
[ -n "$need" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # shellcheck disable=SC2086 # a list of names
  if apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $need >/dev/null; then
    exit 0
  fi
  echo "could not install: $need" >&2
else
  echo "not installed: $need" >&2
fi
[ -z "${CI:-}" ] || { echo "in CI every test must run" >&2; exit 1; }
echo "tests that need them will be skipped" >&2
