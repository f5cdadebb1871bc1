# What the launchers of a checkout share. Sourced with $root set.

SERVER_FLAGS="--enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders"
AGENT_FLAGS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss256k -Xmx48m -XX:MaxMetaspaceSize=64m --enable-native-access=ALL-UNNAMED"
SIMULATE_FLAGS="--enable-native-access=ALL-UNNAMED"
SERVER_PATH="$root/dist/target/aramaki-dist-0.1.0-SNAPSHOT.jar:$root/dist/target/lib/*"
AGENT_PATH="$root/agent/target/aramaki-agent-0.1.0-SNAPSHOT.jar:$root/agent/target/lib/*"

say() { printf 'aramaki: %s\n' "$*" >&2; }

is_jdk_25() {
    [ -x "$1/bin/javac" ] && "$1/bin/java" -version 2>&1 | grep -Eq 'version "(2[5-9]|[3-9][0-9])'
}

# JAVA_HOME first, then the usual places.
find_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/jdk*25* /opt/*jdk* \
        "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
        "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/none)")")")"; do
        if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    say "a JDK 25 is missing: install one (Debian, Ubuntu: temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it"
    exit 1
}

# Builds when nothing is built yet or a source is newer than what is.
build_if_stale() {
    local stamp=$root/dist/target/built newer=""
    if [ -f "$stamp" ]; then
        newer=$(find "$root"/{model,protocol,server,agent,cli,dist} "$root/pom.xml" \
            -path '*/target' -prune -o -path '*/src/test' -prune -o -type f -newer "$stamp" -print -quit)
        [ -z "$newer" ] && return
        say "building, since ${newer#"$root"/} changed"
    else
        say "building; the first time takes a few minutes"
    fi
    mkdir -p "$root/dist/target"
    local log=$root/dist/target/build.log
    if ! (cd "$root" && ./mvnw -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true -pl dist,agent -am package) >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        say "the build failed; all of it is in $log"
        exit 1
    fi
    touch "$stamp"
}
