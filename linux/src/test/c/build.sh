#!/bin/sh
# Compiles the BPF programs of the tests; the objects are committed, so that tests need no clang.
set -e
cd "$(dirname "$0")"
for source in *.bpf.c; do
    clang-19 -O2 -g -target bpf -D__TARGET_ARCH_x86 -I/usr/include/x86_64-linux-gnu -c "$source" -o "${source%.c}.o"
    llvm-strip-19 -g "${source%.c}.o"
done
