# Sourced by vm/run: the layer of the guest's file system that is the same for all kernels and seldom changes: busybox,
# a Java runtime of few modules, the libraries that tests use, and an AOT cache with which Java starts twice as fast.

# What Skep, JUnit, AssertJ, jqwik and the tests need. (jdk.jfr tells tests when a thread was pinned.)
java_modules=java.base,java.instrument,java.logging,java.management,java.sql,java.xml,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs

# As the guest runs Java: simulated processors are slow, so compile seldom and lightly. No machine code is taken from
# the cache: it was made on the host's processor, and the guest's knows fewer instructions.
java_options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData
    -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching --enable-native-access=ALL-UNNAMED)

# build_system: sets `system` to the layer's file, built if it is not there for just this Java, these programs, ...
build_system() {
    local layer=$work/system key programs
    programs=$(present_programs)
    [[ -d vm/target/lib ]] || fail 3 "Skep is not compiled: leave out --no-build, or run ./mvnw verify"
    key=$(system_inputs "$programs" | sha256sum | cut -c1-16)
    system=$cache/system-$key.cpio
    # Several may be in use: a cache can serve several checkouts. Each use makes the file's time new.
    [[ -e $system ]] && touch "$system" && return
    echo "Building the guest's file system" >&2
    find "$cache" -maxdepth 1 -name 'system-*.cpio' -mtime +7 -delete
    mkdir -p "$layer"/{bin,dev,lib64,proc,run,skep,sys,tmp}
    copy_program /bin/busybox "$layer" "$(command -v busybox)"
    local program
    for program in $programs; do
        copy_program "/bin/${program##*/}" "$layer" "$program"
    done
    build_java "$layer"
    build_aot_cache "$layer"
    pack "$layer" "$system"
}

# The programs of vm/guest/programs that this machine has, by their paths.
present_programs() {
    local program
    for program in $(grep -v '^#' vm/guest/programs); do
        command -v "$program"
    done
}

# system_inputs PROGRAMS: all that decides what is in the layer.
system_inputs() {
    cat "$JDK/release" vm/steps/system.sh
    # shellcheck disable=SC2086 # several programs
    stat -Lc '%n %s %Y' "$(command -v busybox)" $1 vm/target/lib/*.jar
    find vm/target/classes testkit/target/classes -type f -exec sha256sum {} + | LC_ALL=C sort
}

# copy_program TO LAYER FROM: with the shared libraries that it is linked with.
copy_program() {
    cp -L "$3" "$2$1"
    copy_libraries "$2" "$3"
}

# copy_libraries LAYER FILE...: those that the files are linked with, where their loader looks for them.
copy_libraries() {
    local layer=$1 library
    shift
    while read -r library; do
        [[ -e $layer$library ]] && continue
        mkdir -p "$layer${library%/*}"
        cp -L "$library" "$layer$library"
    done < <(ldd "$@" 2>/dev/null | grep -o '/[^ :]*\.so[^ :]*' | grep -v "^$layer" | sort -u)
}

# build_java LAYER: a Java runtime in /java.
build_java() {
    "$JDK/bin/jlink" --add-modules "$java_modules" --strip-debug --no-header-files --no-man-pages \
        --output "$1/java" >&2 || exit 3
    rm -rf "$1/java/legal"
    copy_libraries "$1" "$1"/java/bin/java "$1"/java/lib/*.so "$1"/java/lib/server/*.so
}

# build_aot_cache LAYER: libraries in /skep/lib, and /skep/lib.aot from a training run, of the testkit's own tests here.
build_aot_cache() {
    local layer=$1 status
    mkdir -p "$layer/skep/lib"
    cp -p vm/target/lib/*.jar "$layer/skep/lib/"
    "$JDK/bin/jar" --create --file "$layer/skep/lib/harness.jar" -C testkit/target/classes . -C vm/target/classes . || exit 3
    "$JDK/bin/jar" --create --file "$work/tests.jar" -C testkit/target/test-classes . || exit 3
    printf '%s\n' "${java_options[@]}" >"$layer/skep/java.options"
    "$layer/java/bin/java" "${java_options[@]}" -XX:AOTCacheOutput="$layer/skep/lib.aot" \
        -cp "$(join "$layer"/skep/lib/*.jar):$work/tests.jar" \
        dev.skep.vm.GuestRun "$work/training" - dev.skep.testkit.ToolsTest >"$work/training.log" 2>&1 ||
        { cat "$work/training.log" >&2 && fail 3 "Java's training run failed, as said above"; }
    [[ -s $layer/skep/lib.aot ]] || echo "vm/run: no AOT cache (guests are slower): $(tail -1 "$work/training.log")" >&2
}

# join FILE...: as a class path.
join() {
    local IFS=:
    echo "$*"
}
