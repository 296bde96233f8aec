#!/bin/sh
# Compiles the programs of bench/vm to BPF; the objects are committed. bench/vm compiles the same sources with gcc.
set -e
cd "$(dirname "$0")"
for source in *.bpf.c; do
    clang-19 -O2 -g -target bpf -mcpu=v3 -I/usr/include/x86_64-linux-gnu -Wall -c "$source" -o "${source%.c}.o"
    llvm-strip-19 -g "${source%.c}.o"
done
