#!/bin/sh
# Makes the recorded scripts and transcripts of MapSemanticsTest again: asks the running kernel. Needs root, a C compiler and
# libbpf's headers, two possible CPUs, and the engine's test classes (mvn -pl engine -am test-compile).
set -eu
cd "$(dirname "$0")/../../.."
recorded=src/test/resources/maps
player=$(mktemp)
trap 'rm -f "$player"' EXIT
mkdir -p "$recorded"
cc -O2 -Wall -o "$player" src/test/c/map_semantics.c -lbpf
for name in operations creations; do
    "${JAVA:-java}" -cp target/test-classes:target/classes:../object/target/classes \
        'dev.skep.engine.map.MapSemanticsTest$Scripts' "$name" > "$recorded/$name.script"
    "$player" < "$recorded/$name.script" > "$recorded/$name.transcript"
done
