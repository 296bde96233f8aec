#!/bin/sh
# Compiles the corpus's programs; the objects are committed, so that tests need no clang.
set -e
cd "$(dirname "$0")"
to=../resources/dev/skep/testkit/corpus
for source in *.bpf.c; do
    object="$to/${source%.bpf.c}.bpf.o"
    clang-19 -O2 -g -target bpf -mcpu=v3 -D__TARGET_ARCH_x86 -I/usr/include/x86_64-linux-gnu -Wall \
        -Wno-unused-variable -Wno-incompatible-pointer-types -Wno-missing-declarations -c "$source" -o "$object"
    llvm-strip-19 -g "$object"
done
