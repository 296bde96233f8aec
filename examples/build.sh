#!/bin/sh
# Compiles the C examples to BPF objects beside their sources. The objects are committed, so this is needed only after a
# change: examples/build.sh [DIRECTORY...]
#
# Needs clang and llvm-strip (CLANG and LLVM_STRIP say which), and the headers of libbpf (Debian: libbpf-dev).
set -eu
cd "$(dirname "$0")"
clang=${CLANG:-clang-19}
strip=${LLVM_STRIP:-llvm-strip-19}
[ $# -gt 0 ] || set -- */
for directory in "$@"; do
    directory=${directory%/}
    for source in "$directory"/*.c; do
        [ -e "$source" ] || continue
        object=${source%.c}.o
        # asm/types.h lies in a folder named after the machine that compiles; BPF itself is the same everywhere. Without the
        # machine's name glibc's headers take it for one of 32 bits, whose headers few have.
        (cd "$directory" && "$clang" -g -O2 -Wall -Werror -target bpf -mcpu=v3 \
            -D"__$(uname -m)__" -idirafter "/usr/include/$(uname -m)-linux-gnu" -ffile-prefix-map="$PWD=." \
            -c "$(basename "$source")" -o "$(basename "$object")")
        # DWARF goes; BTF, which tools need, stays.
        "$strip" -g "$object"
        echo "$object"
    done
done
