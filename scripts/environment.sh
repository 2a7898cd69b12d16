# SPDX-License-Identifier: LGPL-2.1-or-later
# What the scripts share: where the project is, and how to say things.
# shellcheck shell=bash
# shellcheck disable=SC2034 # the variables are for the scripts that read this

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${MINISCREW_BUILD:-$root/build}

# Debian's Python has the packages; another one on the path may not.
python=/usr/bin/python3
[ -x "$python" ] || python=python3

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Prints the comment at the head of a script: its manual.
manual() { sed -n '3,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# An absolute path, so that a script can change the folder.
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }

# case_name FILE: the name of a case, as the program gives it.
case_name() {
  if [ "$(basename "$1")" = case.toml ]; then
    basename "$(cd "$(dirname "$1")" && pwd)"
  else
    basename "$1" .toml
  fi
}

# Cores with their own arithmetic units, as far as this process may use them.
physical_cores() {
  local cores
  cores=$(lscpu -p=CORE,SOCKET 2>/dev/null | grep -v '^#' | sort -u | wc -l)
  [ "$cores" -ge 1 ] && [ "$cores" -le "$(nproc)" ] || cores=$(nproc)
  printf '%s' "$cores"
}

# Compilations that fit side by side into the memory: one takes up to 2 GB.
compile_jobs() {
  local jobs fit
  jobs=$(nproc)
  fit=$(awk '/^MemAvailable/ {print int($2 / 2e6)}' /proc/meminfo)
  [ "${fit:-0}" -ge 1 ] || fit=1
  printf '%s' $((jobs < fit ? jobs : fit))
}

# mpi_flags RANKS: what mpirun needs for that many ranks here. It is quiet, or a
# screenful of its own follows the one sentence that says what is wrong.
mpi_flags() {
  local flags=(-q)
  [ "$(id -u)" -ne 0 ] || flags+=(--allow-run-as-root)
  if [ "$1" -gt "$(physical_cores)" ]; then
    flags+=(--oversubscribe --bind-to none)
  elif [ "$1" -lt "$(physical_cores)" ]; then
    flags+=(--bind-to none)
  fi
  printf '%s\n' "${flags[@]}"
}
