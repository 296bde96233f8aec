#!/bin/sh
# Compiles the test programs.
#
#     build.sh                      the committed objects: clang-19 -mcpu=v3, or v4 where a program asks for it
#     build.sh CLANG CPU FOLDER     those in corpus/ and core/ into FOLDER, but for those that need a newer clang
#
# A program says what it needs in a comment: `// cpu: v4`, `// clang: 15`, `// flags: -g0`; `// committed: no` if its object is large. Those in core/ are compiled a second time with
# -DTARGET, for the types of the machine they are to be fitted to. Line information names files as given to clang, so that
# objects are the same whoever builds them; hence the change of folder.
set -eu
out=${3:+$(cd "$3" && pwd)}
cd "$(dirname "$0")"

compile() { # CLANG CPU SOURCE OBJECT [FLAG...]
    clang=$1 cpu=$2 source=$3 object=$4
    shift 4
    "$clang" -g -O2 -target bpf -mcpu="$cpu" -fdebug-compilation-dir=. -Wall -Wno-unused-variable -I. "$@" -c "$source" -o "$object"
}

wants() { # COMMENT SOURCE: what the source says after "// COMMENT: "
    sed -n "s|^// $1: v\{0,1\}||p" "$2"
}

build() { # CLANG CPU SOURCE STEM
    compile "$1" "$2" "$3" "$4.o"
    case $3 in core/*) compile "$1" "$2" "$3" "$4.target.o" -DTARGET ;; esac
}

for source in corpus/*.c core/*.c; do
    if [ $# -eq 0 ]; then
        cpu=$(wants cpu "$source")
        [ "$(wants committed "$source")" = no ] || build clang-19 "v${cpu:-3}" "$source" "${source%.c}"
    else
        oldest=$(wants clang "$source")
        [ "${1#clang-}" -lt "${oldest:-0}" ] || build "$1" "$2" "$source" "$out/$(basename "$source" .c)"
    fi
done

if [ $# -eq 0 ]; then
    for source in elf/*.c; do
        cpu=$(wants cpu "$source")
        # shellcheck disable=SC2046 # several flags are several words
        compile clang-19 "v${cpu:-3}" "$source" "${source%.c}.o" $(wants flags "$source")
    done
fi
