#!/bin/sh
# Records for KernelDifferentialTest what the running kernel makes of 600 random programs. Needs root, a C compiler and the
# engine's test classes (mvn -pl engine -am test-compile).
set -eu
cd "$(dirname "$0")/../../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cc -O2 -Wall -Wextra -o "$folder/kernel_run" src/test/c/kernel_run.c
"${JAVA:-java}" -cp target/test-classes:target/classes:../object/target/classes \
    'dev.skep.engine.differential.KernelDifferentialTest$RandomCases' 5000500 600 > "$folder/cases"
"$folder/kernel_run" < "$folder/cases" > "$folder/results"
mkdir -p src/test/resources/differential
paste -d ' ' "$folder/cases" "$folder/results" | gzip -9n > src/test/resources/differential/linux-6.18.gz
