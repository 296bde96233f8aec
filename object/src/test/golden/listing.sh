#!/bin/sh
# Rebuilds the objects that ListingTest lists, and what llvm-objdump-19 prints for them. Needs clang 14, 19, 22 and Python.
set -e
cd "$(dirname "$0")"
out=../resources/dev/skep/object/assembly
for version in 14 19 22; do
    for cpu in v1 v3; do
        clang-$version -g0 -O2 -target bpf -mcpu=$cpu -c ../c/listing.c -o $out/clang$version-$cpu.o
    done
done
clang-19 -g0 -O2 -target bpf -mcpu=v4 -c ../c/listing.c -o $out/clang19-v4.o
python3 odd_object.py $out/odd.o
cd $out
for object in *.o; do
    llvm-objdump-19 -d "$object" > "${object%.o}.txt"
    llvm-objdump-19 -d -r "$object" > "${object%.o}-relocations.txt"
    llvm-objdump-19 -d --no-show-raw-insn --mcpu=v3 "$object" > "${object%.o}-plain.txt"
done
