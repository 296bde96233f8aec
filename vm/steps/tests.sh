# Sourced by vm/run: the layer of the guest's file system that changes with every run: the guest's first program, the
# tests that it is to run, and what they run on, laid out as in the repository, in /skep.

# build_tests: leaves $work/tests.cpio.
build_tests() {
    local layer=$work/tests module tag
    mkdir -p "$layer/skep"
    cp vm/guest/init "$layer/init"
    # Whoever names tests wants all that is in them.
    if ((${#tests[@]})); then tag=-; else tag=vm; fi
    echo "$tag" >"$layer/skep/tag"
    ((shell)) || select_tests >"$layer/skep/plan" || fail 1 "there is no test to run: ${tests[*]:-none has the tag vm}"
    # (Those of the harness are among the libraries.)
    for module in $(modules | grep -vx -e testkit -e vm); do
        mkdir -p "$layer/skep/$module/target"
        cp -r "$module/target/classes" "$layer/skep/$module/target/"
    done
    for module in $( ((shell)) && modules || cut -d' ' -f1 "$layer/skep/plan" | sort -u); do
        mkdir -p "$layer/skep/$module/target"
        [[ ! -d $module/target/test-classes ]] || cp -r "$module/target/test-classes" "$layer/skep/$module/target/"
        [[ ! -d $module/src/test ]] || tar -c --exclude='*.java' "$module/src/test" | tar -x -C "$layer/skep"
    done
    cp -r docs "$layer/skep/"
    # The guest has no javac.
    "$JDK/bin/javac" -nowarn -d "$layer/skep/examples/java/classes" \
        -cp "$(join compiler/target/classes vm/target/lib/*.jar)" examples/java/*.java ||
        fail 1 "examples/java does not compile"
    pack "$layer" "$work/tests.cpio"
}

# select_tests: prints "MODULE CLASS" for each class that has tests to run; fails if there is none.
select_tests() {
    local module roots=()
    for module in $(modules); do
        [[ ! -d $module/target/test-classes ]] || roots+=("$module/target/test-classes")
    done
    "$JDK/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
        -cp "$(join vm/target/classes vm/target/lib/*.jar "${roots[@]}" ./*/target/classes)" \
        dev.skep.vm.SelectTests "$tag" "$(join "${roots[@]}")" "${tests[@]}"
}
