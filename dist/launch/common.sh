# What the launchers of a checkout share. Sourced with $root set.

SERVER_FLAGS="--enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders"
# A command that a person waits for starts fast; what runs for long is compiled well.
CLIENT_FLAGS="$SERVER_FLAGS -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
AGENT_FLAGS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss256k -Xms8m -Xmn4m -Xmx48m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:MaxMetaspaceSize=64m -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=10000 --enable-native-access=ALL-UNNAMED"
SIMULATE_FLAGS="--enable-native-access=ALL-UNNAMED"
SERVER_PATH="$root/dist/target/aramaki-dist-0.1.0-SNAPSHOT.jar:$root/dist/target/lib/*"
AGENT_PATH="$root/agent/target/aramaki-agent-0.1.0-SNAPSHOT.jar:$root/agent/target/lib/*"

# Classes as the last start left them. A Java that finds other jars than these ignores the file.
CLASSES="$root/dist/target/aramaki.aot"
SERVER_CLASSES="$root/dist/target/aramaki-serve.aot"

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
        newer=$(find "$root"/{model,protocol,console,server,agent,cli,dist} "$root/pom.xml" \
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
    write_manuals >>"$log" 2>&1 || say "no manual pages: see $log"
    keep_classes >>"$log" 2>&1 || rm -f "$CLASSES"
    keep_server_classes >>"$log" 2>&1 || rm -f "$SERVER_CLASSES"
    touch "$stamp"
}

# Manual pages and completions, in folders as below /usr/share.
write_manuals() {
    local share=$root/dist/target/share
    rm -rf "$share"
    "$JAVA_HOME/bin/java" $CLIENT_FLAGS -cp "$SERVER_PATH" aramaki.dist.Main __manual "$share" &&
        "$JAVA_HOME/bin/java" $CLIENT_FLAGS -cp "$AGENT_PATH" aramaki.agent.AgentMain __manual "$share"
}

# One command is run for it, to a port where nobody listens, so that what a command needs is there.
keep_classes() {
    rm -f "$CLASSES"
    "$JAVA_HOME/bin/java" $CLIENT_FLAGS "-XX:AOTCacheOutput=$CLASSES" -cp "$SERVER_PATH" \
        aramaki.dist.Main alert list --server http://127.0.0.1:1 || true
    [ -f "$CLASSES" ]
}

# A server is started for it and stopped once it is ready, with a folder and a profile of its own.
keep_server_classes() {
    local folder pid
    rm -f "$SERVER_CLASSES"
    folder=$(mktemp -d)
    mkfifo "$folder/said"
    exec 9<>"$folder/said" # both ends stay open, so that no line of the server breaks the pipe
    HOME=$folder XDG_CONFIG_HOME=$folder "$JAVA_HOME/bin/java" $SERVER_FLAGS "-XX:AOTCacheOutput=$SERVER_CLASSES" \
        -cp "$SERVER_PATH" aramaki.dist.Main serve --data "$folder/data" --port 0 >&9 9>&- &
    pid=$!
    timeout 120 grep -q '^ready' <&9 || true
    kill "$pid" && wait "$pid" || true
    exec 9>&-
    rm -rf "$folder"
    [ -f "$SERVER_CLASSES" ]
}

# Sets FLAGS for the words of a command line: a server's, or those of a command that ends soon.
flags_for() {
    while [ $# -gt 0 ]; do
        case $1 in
            --server | --token-file) shift ;;
            -*) ;;
            up | serve | admin | bench)
                FLAGS=($SERVER_FLAGS)
                if [ -f "$SERVER_CLASSES" ]; then
                    FLAGS+=("-XX:AOTCache=$SERVER_CLASSES" -Xlog:disable -Xlog:all=error:stderr)
                fi
                return ;;
            *) break ;;
        esac
        shift || break
    done
    FLAGS=($CLIENT_FLAGS "-XX:AOTCache=$CLASSES" -Xlog:disable -Xlog:all=error:stderr)
}

# Benchmarks are no part of what is installed: built and run from the checkout alone.
bench() { # [NAME...]
    local path=$root/scenarios/target/bench.path
    say "building the benchmarks"
    (cd "$root" && ./mvnw -B -q -Dspotless.check.skip=true -pl scenarios -am test-compile \
        dependency:build-classpath -Dmdep.outputFile="$path" -Dmdep.includeScope=test) || exit 1
    exec "$JAVA_HOME/bin/java" $SERVER_FLAGS \
        -cp "$root/scenarios/target/test-classes:$(cat "$path")" aramaki.scenarios.bench.Bench "$root" "$@"
}
