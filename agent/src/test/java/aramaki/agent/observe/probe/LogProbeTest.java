package aramaki.agent.observe.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.probe.log.Positions;
import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogProbeTest {
    private static final String CHECK = "shop/web1/log";

    @TempDir Path folder;
    private Path log;
    private Positions positions;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @BeforeEach
    void prepare() throws IOException {
        log = Files.createDirectory(folder.resolve("log")).resolve("app.log");
        restart();
    }

    /// What is only in memory is gone.
    private void restart() {
        positions = new Positions(folder.resolve("positions"));
    }

    /// A look whose result reaches the disk.
    private Finding look(String... more) throws InterruptedException {
        Finding finding = lookOnly(more);
        positions.kept(CHECK, now);
        return finding;
    }

    private Finding lookOnly(String... more) throws InterruptedException {
        now = now.plusSeconds(60);
        Map<String, String> parameters = new HashMap<>();
        parameters.put("path", log.toString());
        parameters.put("pattern", "ERROR");
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return new Probes(
                        new HostFiles(Path.of("/proc")),
                        Look.PROGRAMS,
                        InstantSource.fixed(now),
                        positions,
                        path -> path)
                .run(
                        ProbeKind.LOG,
                        parameters,
                        new Probes.Call(CHECK, now, Duration.ofSeconds(20)));
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void counted(Finding finding, int matches) {
        assertThat(Look.value(finding, "matches")).as(finding.output()).isEqualTo(matches);
    }

    /// As `mv`, with a time of change that tells the order.
    private Path rotate(String suffix, int secondsAgo) throws IOException {
        Path old = log.resolveSibling("app.log" + suffix);
        Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
        return old;
    }

    @Test
    void theFirstLookBeginsAtTheEnd() throws Exception {
        write("ERROR old\n");

        Finding first = look();
        counted(first, 0);
        assertThat(first.output()).isEqualTo("watching " + log + " from its end on");
        counted(look(), 0);
    }

    @Test
    void newMatchingLinesAreCountedOnceWithTheLastOneShown() throws Exception {
        write("start\n");
        look();
        write("ERROR one\nfine\nERROR two \u001b[31m\n");

        Finding finding = look();
        counted(finding, 2);
        assertThat(finding.state()).isEqualTo(State.WARNING);
        assertThat(finding.output())
                .isEqualTo(
                        "2 new lines of "
                                + log
                                + " match ERROR, warning above 0; the last: ERROR two \ufffd[31m");
        assertThat(look().output()).isEqualTo("no new line of " + log + " matches ERROR");
    }

    @Test
    void limitsAndIgnoredLinesAreKept() throws Exception {
        write("start\n");
        look();
        write("ERROR a\nERROR known\nERROR b\nERROR c\n");

        Finding finding = lookOnly("ignore", "known", "warn", "1", "crit", "2");
        counted(finding, 3);
        assertThat(finding.state()).isEqualTo(State.CRITICAL);
        assertThat(finding.output()).contains(", critical above 2; the last: ERROR c");
    }

    @Test
    void aLineIsCountedWhenItIsWhole() throws Exception {
        write("start\n");
        look();
        write("ERR");
        counted(look(), 0);
        write("OR half\n");
        counted(look(), 1);
    }

    @Test
    void aResultThatWasKeptIsNotCountedAgainAfterARestart() throws Exception {
        write("start\n");
        look();
        write("ERROR one\n");
        counted(look(), 1);

        restart();
        counted(look(), 0);
        write("ERROR two\n");
        restart();
        counted(look(), 1);
    }

    @Test
    void aCrashBeforeTheResultWasKeptRepeatsItAndLosesNothing() throws Exception {
        write("start\n");
        look();
        write("ERROR one\n");
        counted(lookOnly(), 1);

        restart();
        counted(look(), 1);
    }

    @Test
    void whileResultsWaitForTheDiskNothingIsCountedTwice() throws Exception {
        write("start\n");
        look();
        write("ERROR one\n");
        counted(lookOnly(), 1);
        Instant first = now;
        counted(lookOnly(), 0);
        positions.kept(CHECK, first);
        positions.kept(CHECK, now);

        restart();
        counted(look(), 0);
    }

    @Test
    void aResultThatWasGivenUpIsCountedAgain() throws Exception {
        write("start\n");
        look();
        write("ERROR one\n");
        counted(lookOnly(), 1);
        positions.lost(CHECK, now);

        counted(look(), 1);
    }

    @Test
    void aFileRenamedAndMadeAnewIsReadToItsEndFirst() throws Exception {
        write("start\n");
        look();
        write("ERROR before\n");
        rotate(".1", 5);
        write("ERROR after\n");

        Finding finding = look();
        counted(finding, 2);
        assertThat(finding.output()).doesNotContain("not there any more");
        assertThat(finding.output()).endsWith("ERROR after");
        counted(look(), 0);
    }

    @Test
    void rotationsThatWereMissedAreReadInTheirOrder() throws Exception {
        write("start\n");
        look();
        write("ERROR 1\n");
        rotate(".2", 30);
        write("ERROR 2\nno end, ERROR 3");
        rotate(".1", 20);
        write("ERROR 4\n");
        Files.writeString(log.resolveSibling("app.log.4"), "ERROR of long ago\n");
        Files.setLastModifiedTime(
                log.resolveSibling("app.log.4"), FileTime.from(Instant.now().minusSeconds(900)));
        Files.writeString(log.resolveSibling("app.log-notes"), "ERROR in notes\n");

        restart();
        Finding finding = look();
        counted(finding, 4);
        assertThat(finding.output()).endsWith("the last: ERROR 4");
        counted(look(), 0);
    }

    @Test
    void aFileCopiedAndCutIsReadInTheCopyFirst() throws Exception {
        write("start\n");
        look();
        write("ERROR before\n");
        Files.copy(log, log.resolveSibling("app.log.1"));
        Files.writeString(log, "");
        write("ERROR after\n");

        Finding finding = look();
        counted(finding, 2);
        assertThat(finding.output()).doesNotContain("not there any more");
        counted(look(), 0);
    }

    @Test
    void aFileCutAndFilledBeyondWhereWeWereIsRecognised() throws Exception {
        write("start\n");
        look();
        Files.writeString(log, "ERROR new\nand much more than there was before\n");

        Finding finding = look();
        counted(finding, 1);
        assertThat(finding.output()).contains("; it was replaced or cut,");
    }

    @Test
    void aFileThatWasCutIsReadFromItsBeginning() throws Exception {
        write("start, and more of it\n");
        look();
        Files.writeString(log, "ERROR a\n");

        counted(look(), 1);
        counted(look(), 0);
    }

    @Test
    void aDeletedFileIsUnknownAndANewOneIsReadWhole() throws Exception {
        write("start\n");
        look();
        Files.delete(log);
        assertThat(look()).isEqualTo(Finding.unknown(log + " is not there"));
        assertThat(look("missing", "ok").state()).isEqualTo(State.OK);
        write("ERROR in the new one\n");

        counted(look(), 1);
    }

    @Test
    void aLogThatIsMadeAfterTheFirstLookIsReadWhole() throws Exception {
        assertThat(look("missing", "ok").state()).isEqualTo(State.OK);
        restart();
        write("ERROR first of all\n");

        Finding finding = look();
        counted(finding, 1);
        assertThat(finding.output()).doesNotContain("not there any more");
    }

    @Test
    void anotherPathBeginsAnew() throws Exception {
        write("start\n");
        look();
        Path other = Files.writeString(log.resolveSibling("other.log"), "ERROR old\n");

        counted(look("path", other.toString()), 0);
    }

    @Test
    void aHugeLineCountsByItsBeginningAndOnce() throws Exception {
        write("start\n");
        look();
        write("ERROR " + "x".repeat(300_000));
        Finding finding = look();
        counted(finding, 1);
        assertThat(finding.output().length()).isLessThan(1000);

        write("x".repeat(300_000) + " ERROR at its end\nERROR next\n");
        restart();
        counted(look(), 1);
        counted(look(), 0);
    }

    @Test
    void binaryBytesAreNoObstacle() throws Exception {
        write("start\n");
        look();
        var bytes = new byte[5000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 ^ i >> 3);
        }
        Files.write(log, bytes, StandardOpenOption.APPEND);
        Files.write(log, "\nERROR \0\377\376 here\n".getBytes(UTF_8), StandardOpenOption.APPEND);

        Finding finding = look();
        assertThat(Look.value(finding, "matches")).isGreaterThanOrEqualTo(1);
        assertThat(finding.output()).doesNotContain("\0");
        counted(look(), 0);
    }

    @Test
    void aHugeFileBeginsAtItsEndAtOnce() throws Exception {
        try (var file =
                FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("ERROR old\nlast\n".getBytes(UTF_8)), 40L << 30);
        }
        counted(look(), 0);
        write("ERROR new\n");

        Finding finding = look();
        counted(finding, 1);
        assertThat(Look.value(finding, "read")).isLessThan(100);
    }

    @Test
    void whatIsTooMuchForOneLookIsReadInTheNextAndSaid() throws Exception {
        write("start\n");
        look();
        String line = "ERROR " + "y".repeat(1000) + "\n";
        int lines = 20 * 1024;
        write(line.repeat(lines));

        int total = 0;
        Finding first = look();
        assertThat(first.output()).contains(" MiB are still to be read; the last: ERROR y");
        assertThat(Look.value(first, "behind")).isPositive();
        assertThat(Look.value(first, "read")).isLessThan(9 * 1024 * 1024);
        total += (int) Look.value(first, "matches");
        for (int i = 0; i < 4; i++) {
            restart();
            total += (int) Look.value(look(), "matches");
        }
        assertThat(total).isEqualTo(lines);
    }

    @Test
    void pipesDevicesAndFoldersAreNoLogs() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor()).isZero();

        assertThat(look())
                .isEqualTo(Finding.unknown(log + " is a pipe or device, no ordinary file"));
        assertThat(look("path", "/dev/zero").state()).isEqualTo(State.UNKNOWN);
        assertThat(look("path", folder.toString()).output()).endsWith("no ordinary file");
    }

    @Test
    void aPositionThatCannotBeReadBeginsAtTheEnd() throws Exception {
        write("start\n");
        look();
        write("ERROR one\n");
        try (var files = Files.list(folder.resolve("positions"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "{");
            }
        }
        restart();

        assertThat(look().output()).startsWith("watching ");
    }

    @Test
    void patternsThatAreNoneOrTooLargeAreRefused() throws Exception {
        write("start\n");

        assertThatThrownBy(() -> look("pattern", "("))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("pattern: \"(\"");
        assertThatThrownBy(() -> look("pattern", "(a{1000}){1000}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("not larger than 10,000");
        counted(look("pattern", "(x+x+)+y"), 0);
    }
}
