#!/bin/sh
# Writes what libbpf makes of the committed objects to NAME.golden, for machines without libbpf. Needs gcc, libbpf-dev and a
# kernel with BTF. Objects that libbpf refuses get none; those that say `// golden: by hand` are left as they are: there
# libbpf 1.1 is known to do something else (LibbpfLimits.java says what).
set -eu
cd "$(dirname "$0")"
tool=$(mktemp -d)
trap 'rm -r "$tool"' EXIT
gcc -O1 -Wall -o "$tool/libbpf_dump" tools/libbpf_dump.c -lbpf

for source in corpus/*.c core/*.c; do
    stem=${source%.c}
    [ -f "$stem.o" ] || continue
    ! grep -q '^// golden: by hand$' "$source" || continue
    if [ -f "$stem.target.o" ]; then set -- -t "$stem.target.o"; else set --; fi
    "$tool/libbpf_dump" -k tools/kconfig -s tools/kallsyms "$@" "$stem.o" > "$stem.golden" || rm "$stem.golden"
done
