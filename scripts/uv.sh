#!/bin/sh
# Prints the path of uv; puts it into .uv/ first where this machine has none.
set -e
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
    command -v uv
    exit 0
fi
if [ ! -x .uv/bin/uv ]; then
    if ! python3 -c 'import ensurepip' 2>/dev/null; then # Debian keeps it in a package of its own
        if [ "$(id -u)" != 0 ]; then
            echo "Python's venv is missing: install the package python3-venv, or uv, and try again." >&2
            exit 1
        fi
        apt-get update -q >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -yq python3-venv >&2
    fi
    python3 -m venv .uv >&2
    .uv/bin/python -m pip install -q --disable-pip-version-check uv >&2
fi
echo "$PWD/.uv/bin/uv"
