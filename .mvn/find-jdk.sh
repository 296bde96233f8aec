# Sourced by ./mvnw and ./skep: finds a JDK 25 or newer, wherever people keep them.
#
# find_jdk sets JDK (its home) and JDK_VERSION (its full version, such as 25.0.3+9-LTS) and fails if there is none. It
# reads each candidate's `release` file with the shell alone: no process is started, since ./skep does this at every start.

# try_jdk HOME: is there a JDK 25 or newer?
try_jdk() {
    { [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; } || return 1
    JDK_VERSION=
    while IFS='=' read -r key value; do
        value=${value#\"}
        case $key in
            JAVA_VERSION) jdk_feature=${value%%[!0-9]*} ;;
            JAVA_RUNTIME_VERSION) JDK_VERSION=${value%\"*} ;;
        esac
    done <"$1/release"
    [ "${jdk_feature:-0}" -ge 25 ] || return 1
    JDK=$1
    JDK_VERSION=${JDK_VERSION:-$jdk_feature}
}

find_jdk() {
    jdk_feature=0
    [ -n "${JAVA_HOME-}" ] && try_jdk "$JAVA_HOME" && return
    if jdk_path=$(command -v javac); then
        # /usr/bin/javac is most often a chain of links into the JDK.
        jdk_path=$(readlink -f "$jdk_path") && try_jdk "${jdk_path%/bin/javac}" && return
    fi
    for jdk_path in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* /opt/jdk/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* "$HOME"/.asdf/installs/java/* \
        "$HOME"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        try_jdk "$jdk_path" && return
    done
    return 1
}

# What to tell a person when find_jdk fails.
NO_JDK='needs a JDK 25 or newer: install one (for example "temurin-25-jdk" or "openjdk-25-jdk") or set JAVA_HOME to it'
