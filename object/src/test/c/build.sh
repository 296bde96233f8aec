#!/bin/sh
# Compiles the test programs.
#
#     build.sh                          all committed objects: clang-19 -mcpu=v3, and v4 where a program asks for it
#     build.sh CLANG CPU SOURCE OUT     one object, with more flags for clang after these
#
# Line information names files as given, so programs are compiled from this folder.
set -eu
cd "$(dirname "$0")"

one() {
    clang=$1 cpu=$2 source=$3 out=$4
    shift 4
    "$clang" -g -O2 -target bpf -mcpu="$cpu" -Wall -Wno-unused-variable -Wno-missing-declarations -I. "$@" -c "$source" -o "$out"
}

if [ $# -ge 4 ]; then
    one "$@"
    exit
fi

for source in corpus/*.c; do
    cpu=v3
    ! grep -q '^// cpu: v4' "$source" || cpu=v4
    one clang-19 "$cpu" "$source" "${source%.c}.o"
done
for source in core/*.c; do
    cpu=v3
    ! grep -q '^// cpu: v4' "$source" || cpu=v4
    one clang-19 "$cpu" "$source" "${source%.c}.o"
    one clang-19 "$cpu" "$source" "${source%.c}.target.o" -DTARGET
done
