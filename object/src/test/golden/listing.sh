#!/bin/sh
# Rebuilds the objects that ListingTest lists, and what llvm-objdump-19 prints for them. Needs clang and LLVM tools 14, 19, 22, and Python.
set -e
cd "$(dirname "$0")"
out=../resources/dev/skep/object/assembly

compile() {
    clang-$1 -g -O2 -target bpf -mcpu=$2 -fdebug-compilation-dir=. -c ../c/listing.c -o $out/clang$1-$2.o
    # DWARF is of no use here; BTF stays.
    llvm-strip-19 -g $out/clang$1-$2.o
}

for version in 14 19 22; do
    for cpu in v1 v3; do
        compile $version $cpu
    done
done
compile 19 v4
python3 odd_object.py $out/odd.o
cd $out
for object in *.o; do
    llvm-objdump-19 -d "$object" > "${object%.o}.txt"
    llvm-objdump-19 -d -r "$object" > "${object%.o}-relocations.txt"
    llvm-objdump-19 -d --no-show-raw-insn --mcpu=v3 "$object" > "${object%.o}-plain.txt"
done
