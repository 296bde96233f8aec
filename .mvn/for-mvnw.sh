# Sourced by ./mvnw before it does anything: chooses the Java that Maven runs on, and makes up for missing tools.

. "${0%/*}/.mvn/find-jdk.sh"
find_jdk || {
    echo "mvnw: building Skep $NO_JDK" >&2
    exit 3
}
export JAVA_HOME="$JDK"

# The first two keep Java 25 from warning about what Maven's own libraries do; the others start Maven faster.
export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS-}"

# Without unzip, mvnw would fetch Maven as .tar.gz, whose checksum is not the pinned one. A JDK can unpack a .zip too.
if ! command -v unzip >/dev/null; then
    unzip() { # called as: unzip [-q] ZIP -d DIR
        [ "$1" != -q ] || shift
        (
            set +f
            cd "$3" && "$JAVA_HOME/bin/jar" xf "$1" && chmod +x ./*/bin/mvn
        )
    }
fi
