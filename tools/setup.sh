#!/bin/sh
# Brings .venv up to a lock file, and installs the project into it in place. Usage: tools/setup.sh LOCK_FILE
set -eu
cd "$(dirname "$0")/.."

lock="$1"
python=.venv/bin/python

is_recent_enough() { # A name on PATH says little: version managers leave names there that lead nowhere.
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1
}

has_uv() {
    command -v uv > /dev/null
}

find_python() {
    for candidate in python3.14 python3.13 python3.12 python3.11 python3 python; do
        if is_recent_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "miro-mcp needs Python 3.11 or newer, and there is none on PATH." >&2
    return 1
}

create() {
    rm -rf .venv
    if has_uv; then
        uv venv --quiet --python '>=3.11' .venv
        return
    fi
    found="$(find_python)"
    "$found" -m venv .venv || {
        rm -rf .venv
        echo "$found can't make a virtual environment; on Debian and Ubuntu, install python3-venv." >&2
        return 1
    }
}

install() {
    if has_uv; then
        uv pip install --quiet --python "$python" "$@" && return
        echo "uv could not install; trying pip, which may know of another package index." >&2
    fi
    "$python" -m pip --version > /dev/null 2>&1 || "$python" -m ensurepip > /dev/null
    "$python" -m pip install --quiet "$@"
}

echo "Setting up .venv from $lock" >&2
is_recent_enough "$python" || create
# The lock names every package; resolving would look past it, for a newer one where an extra is asked for.
install --no-deps --require-hashes -r "$lock"
install --no-deps --no-build-isolation --editable .
