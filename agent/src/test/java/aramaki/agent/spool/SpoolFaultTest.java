package aramaki.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.agent.spool.Spool.Next;
import aramaki.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFaultTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(Given.NOON);
    private final CollectedLog log = new CollectedLog();

    @RepeatedTest(3)
    void aKillNineLosesNothingThatWasDurable(RepetitionInfo round) throws Exception {
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SpoolWriterMain.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long told = 0;
        try (var out = child.inputReader()) {
            int lines = 200 + 150 * round.getCurrentRepetition();
            for (int i = 0; i < lines; i++) {
                told = Long.parseLong(out.readLine());
            }
            child.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("[0-9]{1,9}")) {
                    told = Math.max(told, Long.parseLong(line));
                }
            }
        }
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();

        try (var spool = Spool.open(folder, Limits.DEFAULT, clock, log)) {
            var standing = spool.standing();
            assertThat(standing.next()).isGreaterThan(told);
            long at = 1;
            while (at < standing.next()) {
                var next = spool.read(standing.epoch(), at, 500, 1 << 20);
                assertThat(next).isInstanceOf(Next.Some.class);
                for (var result : ((Next.Some) next).results()) {
                    assertThat(result.seq()).isEqualTo(at);
                    assertThat(result.output()).startsWith("OK - " + at + " ");
                    at++;
                }
            }
            spool.append(Given.observation((int) at));
            assertThat(spool.flush(LONG)).isTrue();
            assertThat(spool.standing().next()).isEqualTo(at + 1);
        }
    }

    @Test
    void aFullDiskStopsTheSpoolAndItResumesByItself() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting needs root");
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "none", folder.toString()));
        try {
            fillAndFree();
        } finally {
            run("umount", "-l", folder.toString());
        }
    }

    private void fillAndFree() throws IOException, InterruptedException {
        var limits = new Limits(64 << 20, 32 * 1024, 50);
        Path ballast = folder.resolve("ballast");
        try (var spool = Spool.open(folder.resolve("spool"), limits, clock, log)) {
            Files.write(ballast, new byte[128 * 1024]);
            int taken = 0;
            while (spool.standing().trouble() == null) {
                assertThat(spool.append(Given.observation(++taken, "x".repeat(500)))).isTrue();
                spool.flush(Duration.ofMillis(20));
            }
            long durable = spool.standing().next() - 1;
            assertThat(log.lines()).anyMatch(line -> line.contains("cannot write"));
            assertThat(spool.read(spool.standing().epoch(), 1, 10, 1 << 20))
                    .as("what is there can still be read")
                    .isInstanceOf(Next.Some.class);
            int refused = 0;
            while (refused < 7) {
                if (spool.append(Given.observation(++taken, "x".repeat(500)))) {
                    continue;
                }
                refused++;
                taken--;
            }

            Files.delete(ballast);

            await().atMost(LONG).until(() -> spool.standing().trouble() == null);
            assertThat(spool.flush(LONG)).isTrue();
            assertThat(spool.standing().next() - 1)
                    .as("all that was taken, and a gap for what was refused")
                    .isEqualTo(taken + refused);
            assertThat(spool.standing().next() - 1).isGreaterThan(durable);
            spool.append(Given.observation(1));
            assertThat(spool.flush(LONG)).isTrue();
            assertThat(spool.read(spool.standing().epoch(), taken + 1, 10, 1 << 20))
                    .isEqualTo(new Next.Missing(taken + 1, taken + refused));
        }
        try (var spool = Spool.open(folder.resolve("spool"), limits, clock, log)) {
            assertThat(spool.standing().first()).isEqualTo(1);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor() == 0;
    }
}
