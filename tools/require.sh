#!/bin/sh
# Says in one line which package to install when something is missing. $1: the Python to use.
python="${1:-python3}"
command -v "$python" >/dev/null 2>&1 || {
    echo "Python 3.11 or later is missing. Install it: apt install python3 python3-venv" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "$("$python" --version) is too old; 3.11 or later is needed. Name one: make run PYTHON=python3.12" >&2; exit 1; }
"$python" -c 'import venv, ensurepip' 2>/dev/null || {
    echo "Python's venv is missing. Install it: apt install python3-venv" >&2; exit 1; }
command -v git >/dev/null 2>&1 || { echo "git is missing. Install it: apt install git" >&2; exit 1; }
