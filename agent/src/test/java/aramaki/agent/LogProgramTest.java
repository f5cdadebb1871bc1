package aramaki.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.agent.link.LoopbackServer;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.ServerMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real program follows a log while it is stopped, killed and started again.
@Timeout(180)
class LogProgramTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir Path folder;
    private final List<Process> started = new ArrayList<>();
    private LoopbackServer server;
    private Path log;
    private int written;

    @BeforeEach
    void prepare() throws Exception {
        log = Files.writeString(folder.resolve("app.log"), "ERROR of before\n");
        Files.writeString(folder.resolve("policy.yaml"), "logFolders: [" + folder + "]\n");
        server = new LoopbackServer();
        server.checks =
                new ServerMessage.Checks(
                        "1",
                        List.of(
                                new ServerMessage.Assignment(
                                        "shop",
                                        "web1",
                                        "errors",
                                        null,
                                        "log",
                                        Map.of("path", log.toString(), "pattern", "ERROR"),
                                        Map.of(),
                                        200,
                                        10_000,
                                        1,
                                        null)));
        var join = start("join", server.invite().toString(), "--name", "web1");
        assertThat(join.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(join.exitValue()).isZero();
    }

    @AfterEach
    void endAll() throws IOException {
        started.forEach(Process::destroyForcibly);
        server.close();
    }

    private List<Result> results() {
        return server.taken.values().stream().flatMap(List::stream).toList();
    }

    private int counted() {
        return results().stream()
                .flatMap(result -> result.metrics().stream())
                .filter(metric -> metric.name().equals("matches"))
                .mapToInt(metric -> metric.value() == null ? 0 : metric.value().intValue())
                .sum();
    }

    private void write(int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            written++;
            Files.writeString(log, "ERROR " + written + "\n", StandardOpenOption.APPEND);
        }
    }

    private Process agent() throws IOException {
        return start("run");
    }

    private void untilALookBegan() {
        int before = results().size();
        await().atMost(LONG).until(() -> results().size() >= before + 2);
    }

    @Test
    void plannedStopsCountNoLineTwiceAndLoseNone() throws Exception {
        Process first = agent();
        untilALookBegan();
        stop(first);
        for (int i = 0; i < 3; i++) {
            write(5);
            Process again = agent();
            await().atMost(LONG).until(() -> counted() >= written);
            write(2);
            stop(again);
        }
        Process last = agent();
        await().atMost(LONG).until(() -> counted() >= written);
        untilALookBegan();
        stop(last);

        assertThat(counted()).isEqualTo(written);
    }

    @Test
    void killNineAndRotationLoseNoLine() throws Exception {
        Process first = agent();
        untilALookBegan();
        kill(first);
        for (int i = 0; i < 4; i++) {
            write(3);
            Process again = agent();
            int before = results().size();
            await().atMost(LONG).until(() -> results().size() > before);
            write(3);
            if (i % 2 == 1) {
                Files.move(log, folder.resolve("app.log." + (9 - i)));
                Files.writeString(log, "");
                write(2);
            }
            kill(again);
        }
        Process last = agent();
        await().atMost(LONG).until(() -> counted() >= written);
        untilALookBegan();
        stop(last);

        // Of each of the five kills at most one look is repeated, of at most 8 lines.
        assertThat(counted()).isBetween(written, written + 5 * 8);
    }

    private static void stop(Process agent) throws InterruptedException {
        agent.toHandle().destroy();
        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void kill(Process agent) throws InterruptedException {
        agent.toHandle().destroyForcibly();
        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(String... args) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AgentMain.class.getName()));
        command.addAll(List.of(args));
        command.addAll(List.of("--data", folder.resolve("agent").toString()));
        if (args[0].equals("run")) {
            command.addAll(List.of("--policy", folder.resolve("policy.yaml").toString()));
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("agent.txt").toFile()))
                        .start();
        started.add(process);
        return process;
    }
}
