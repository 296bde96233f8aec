#!/bin/sh
# Compiles the BPF programs of the benchmarks; the objects are committed.
set -e
cd "$(dirname "$0")"
for source in *.bpf.c; do
    clang-19 -O2 -g -target bpf -I/usr/include/x86_64-linux-gnu -c "$source" -o "${source%.c}.o"
    llvm-strip-19 -g "${source%.c}.o"
done
