# Sourced by vm/run: compiled classes of all modules, and the libraries they are tested with in vm/target/lib.

# Compiles, if anything changed since the last time. Static checks are for ./mvnw verify.
build_classes() {
    [[ -e vm/target/built && ! $(find pom.xml ./*/pom.xml ./*/src -type f -newer vm/target/built -print -quit) ]] && return
    echo "Compiling" >&2
    touch "$work/started" # a source that is saved while we compile counts as newer
    ./mvnw -q -B -ntp -pl vm -am -Derrorprone.checks=-XepDisableAllChecks test-compile </dev/null >&2 ||
        fail 3 "the build failed, as said above"
    touch -r "$work/started" vm/target/built
}

# The modules, one a line.
modules() {
    local folder
    for folder in */target/classes; do
        echo "${folder%%/*}"
    done
}
