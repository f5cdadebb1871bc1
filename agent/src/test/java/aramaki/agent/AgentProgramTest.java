package aramaki.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.agent.link.LoopbackServer;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.ServerMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentProgramTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /// Enough of Java for everything but the port for events.
    private static final String FEW = "java.base,java.net.http,java.naming,java.sql,java.logging";

    @TempDir Path folder;
    private final List<Process> started = new ArrayList<>();

    /// A program that ended.
    private record Ended(int code, String out, String err) {}

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void anAgentJoinsRunsAndStopsOnSigterm() throws Exception {
        try (var server = new LoopbackServer()) {
            server.checks = checks(500);
            var joined =
                    run("join", server.invite().toString(), "--name", "web1", "--data", data());
            assertThat(joined).isEqualTo(new Ended(0, joined.out(), ""));
            assertThat(joined.out()).contains("as web1");

            var agent = start("run", "--data", data());
            await().atMost(LONG).until(() -> count(server) >= 3);
            var shown = run("status", "--json", "--data", data());
            agent.toHandle().destroy();

            assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.exitValue()).isZero();
            assertThat(server.received(AgentMessage.Stopping.class)).hasSize(1);
            assertThat(shown.code()).isZero();
            var status = Json.read(shown.out(), com.fasterxml.jackson.databind.JsonNode.class);
            assertThat(status.path("running").asBoolean()).isTrue();
            assertThat(status.path("last").path("policy").asText()).startsWith("stand-in");
            assertThat(run("status", "--data", data()).code()).isEqualTo(AgentMain.FAILED);
        }
    }

    @Test
    void aPauseOnTheHostStopsChecksIsToldAndSurvivesAKill() throws Exception {
        try (var server = new LoopbackServer()) {
            server.checks = checks(200);
            run("join", server.invite().toString(), "--name", "web1", "--data", data());
            assertThat(run("pause", "soon", "--data", data()).code()).isEqualTo(AgentMain.USAGE);
            assertThat(run("pause", "8d", "--data", data()).code()).isEqualTo(AgentMain.REFUSED);
            assertThat(run("pause", "30m", "--reason", "disk", "--data", data()).out())
                    .contains("from when the agent runs");
            var agent = start("run", "--data", data());
            await().atMost(LONG).until(() -> !server.received(AgentMessage.Paused.class).isEmpty());
            var pause = server.received(AgentMessage.Paused.class).getFirst().pause();
            assertThat(pause.reason()).isEqualTo("disk");
            assertThat(pause.by()).endsWith("on the host");
            await().atMost(LONG).until(() -> status().path("pausedUntil").isTextual());
            assertThat(count(server)).isZero();
            assertThat(run("status", "--data", data()).out()).contains("paused    until ");

            agent.toHandle().destroyForcibly();
            assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
            start("run", "--data", data());
            await().atMost(LONG).until(() -> server.received(AgentMessage.Paused.class).size() > 1);
            assertThat(count(server)).isZero();

            var off = run("pause", "off", "--data", data());
            assertThat(off.out()).contains("checks run again");
            await().atMost(LONG).until(() -> count(server) > 0);
            assertThat(server.received(AgentMessage.Paused.class).getLast().pause())
                    .satisfies(p -> assertThat(p.wanted()).isFalse())
                    .satisfies(p -> assertThat(p.revision()).isEqualTo(2));
        }
    }

    @Test
    void startsAreToldUntilTheServerHasNotedThemAndThenNoMore() throws Exception {
        try (var server = new LoopbackServer()) {
            server.checks = checks(200);
            server.notes = false;
            run("join", server.invite().toString(), "--name", "web1", "--data", data());
            var agent = start("run", "--data", data());
            await().atMost(LONG).until(() -> afters(server).equals(List.of("first")));
            agent.toHandle().destroyForcibly();
            assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
            server.received.clear();
            server.notes = true;

            var again = start("run", "--data", data());
            await().atMost(LONG).until(() -> afters(server).equals(List.of("first", "crash")));
            await().atMost(LONG)
                    .until(() -> !Files.readString(Path.of(data(), "host.json")).contains("h_"));
            again.toHandle().destroy();
            assertThat(again.waitFor(10, TimeUnit.SECONDS)).isTrue();
            server.received.clear();

            start("run", "--data", data());
            await().atMost(LONG).until(() -> afters(server).equals(List.of("stop")));
        }
    }

    private static List<String> afters(LoopbackServer server) {
        return server.received(AgentMessage.Happened.class).stream()
                .flatMap(m -> m.events().stream())
                .filter(HostEvent.Started.class::isInstance)
                .map(e -> ((HostEvent.Started) e).after())
                .toList();
    }

    @Test
    void theEndOfTheParentIsAPlannedStop() throws Exception {
        try (var server = new LoopbackServer()) {
            server.checks = checks(500);
            run("join", server.invite().toString(), "--name", "web1", "--data", data());
            var agent = start("run", "--data", data(), "--exit-with-parent");
            await().atMost(LONG).until(() -> count(server) >= 1);

            agent.getOutputStream().close();

            assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.exitValue()).isZero();
            assertThat(server.received(AgentMessage.Stopping.class)).hasSize(1);
        }
    }

    @Test
    void aKillNineOfTheAgentLosesNothingAndRepeatsNothing() throws Exception {
        try (var server = new LoopbackServer()) {
            server.checks = checks(100);
            run("join", server.invite().toString(), "--name", "web1", "--data", data());
            for (int kill = 1; kill <= 3; kill++) {
                int wanted = kill * 20;
                var agent = start("run", "--data", data());
                await().atMost(LONG).until(() -> count(server) >= wanted);
                agent.toHandle().destroyForcibly();
                assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(server.taken).as("one epoch all along").hasSize(1);
            var all = server.taken.values().iterator().next();
            assertThat(all.stream().mapToLong(Result::seq))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, all.size()).boxed().toList());
        }
    }

    @Test
    void withoutItsServerAnAgentRunsTheChecksItHad() throws Exception {
        try (var server = new LoopbackServer()) {
            server.checks = checks(200);
            run("join", server.invite().toString(), "--name", "web1", "--data", data());
            var agent = start("run", "--data", data());
            await().atMost(LONG).until(() -> count(server) >= 1);
            agent.toHandle().destroy();
            assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        start("run", "--data", data());

        await().atMost(LONG).until(() -> status().path("unacknowledged").asLong() > 10);
        assertThat(status().path("connected").asBoolean()).isFalse();
        assertThat(status().path("lastError").asText()).isNotEmpty();
    }

    @Test
    void anAgentOfOneInstanceDoesNotJoinAnother() throws Exception {
        try (var server = new LoopbackServer();
                var other = new LoopbackServer()) {
            run("join", server.invite().toString(), "--name", "web1", "--data", data());

            var again = run("join", server.invite().toString(), "--data", data());
            var refused = run("join", other.invite().toString(), "--data", data());

            assertThat(again.code()).isZero();
            assertThat(refused.code()).isEqualTo(AgentMain.REFUSED);
            assertThat(refused.err()).contains(server.instance(), "--data").hasLineCount(1);
        }
    }

    @Test
    void whatIsWrongIsSaidInWords() throws Exception {
        assertThat(run("join", "nonsense", "--data", data()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AgentMain.REFUSED))
                .satisfies(e -> assertThat(e.err()).contains("not an invite").hasLineCount(1));
        assertThat(run("run", "--data", data()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AgentMain.REFUSED))
                .satisfies(e -> assertThat(e.err()).contains("aramaki-agent join"));
        assertThat(run("frobnicate").code()).isEqualTo(AgentMain.USAGE);
        assertThat(run("simulate", "--every", "soon").code()).isEqualTo(AgentMain.USAGE);
        assertThat(run("--version").out()).matches("aramaki-agent [0-9].*\\n");
        try (var server = new LoopbackServer()) {
            var invite = server.invite();
            server.close();
            assertThat(run("join", invite.toString(), "--name", "web1", "--data", data()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(AgentMain.FAILED))
                    .satisfies(e -> assertThat(e.err()).contains("cannot connect").hasLineCount(1));
        }
    }

    @Test
    void aRuntimeThatLacksAPartIsSaidInWords() throws Exception {
        try (var server = new LoopbackServer()) {
            run("join", server.invite().toString(), "--name", "web1", "--data", data());

            var ended = ended(program(List.of("--limit-modules", FEW), "run", "--data", data()));

            assertThat(ended.code()).isEqualTo(AgentMain.FAILED);
            assertThat(ended.err())
                    .contains("incomplete", "has no com/sun/net/httpserver/", "whole Java 25")
                    .doesNotContain("\tat ");
        }
    }

    private String data() {
        return folder.resolve("agent").toString();
    }

    private com.fasterxml.jackson.databind.JsonNode status() throws IOException {
        return Json.tree(Files.readAllBytes(Path.of(data(), "status.json")));
    }

    private static int count(LoopbackServer server) {
        return server.taken.values().stream().mapToInt(List::size).sum();
    }

    private static ServerMessage.Checks checks(long everyMillis) {
        return new ServerMessage.Checks(
                "1",
                List.of(
                        Given.assignment("http", everyMillis),
                        Given.assignment("disk", everyMillis)));
    }

    private Process start(String... args) throws IOException {
        var process =
                program(args)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        started.add(process);
        return process;
    }

    private Ended run(String... args) throws IOException, InterruptedException {
        return ended(program(args));
    }

    private Ended ended(ProcessBuilder program) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var process = program.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        started.add(process);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static ProcessBuilder program(String... args) {
        return program(List.of(), args);
    }

    private static ProcessBuilder program(List<String> flags, String... args) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandInMain.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }
}
