#!/bin/sh
# Compiles the programs of bench/verifier; the object is committed.
set -e
cd "$(dirname "$0")"
clang-19 -O2 -g -target bpf -mcpu=v3 -I/usr/include/x86_64-linux-gnu -Wall -c programs.bpf.c -o programs.bpf.o
