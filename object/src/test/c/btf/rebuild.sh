#!/bin/sh
# Compiles the sources of this folder and takes their BTF out: NAME.btf and NAME.btfext. Needs clang and llvm-objcopy 19.
# With bpftool also what it prints of them: NAME.raw.txt, NAME.json and NAME.c.txt; with cc and libbpf-dev what libbpf
# leaves of part_a and part_b together: merged_ab.btf and merged_ba.btf.
set -eu
cd "$(dirname "$0")"
clang=${CLANG:-clang-19}
objcopy=${OBJCOPY:-llvm-objcopy-19}
object=$(mktemp)
trap 'rm -f "$object"' EXIT
for source in *.c; do
    [ "$source" != deduplicate.c ] || continue
    name=${source%.c}
    "$clang" -g -O2 -target bpf -mcpu=v3 -fdebug-compilation-dir=. -c "$source" -o "$object"
    "$objcopy" --dump-section ".BTF=$name.btf" --dump-section ".BTF.ext=$name.btfext" "$object" /dev/null 2>/dev/null ||
        "$objcopy" --dump-section ".BTF=$name.btf" "$object" /dev/null
    if command -v bpftool >/dev/null; then
        bpftool btf dump file "$name.btf" >"$name.raw.txt"
        bpftool -j btf dump file "$name.btf" >"$name.json"
        bpftool btf dump file "$name.btf" format c >"$name.c.txt"
    fi
done
if printf '#include <bpf/btf.h>' | cc -E - >/dev/null 2>&1; then
    cc -o "$object" deduplicate.c -lbpf
    "$object" merged_ab.btf part_a.btf part_b.btf
    "$object" merged_ba.btf part_b.btf part_a.btf
fi
