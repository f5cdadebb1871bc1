package aramaki.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.agent.spool.Spool.Next;
import aramaki.model.Refusal;
import aramaki.model.observation.Observation;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.testkit.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Limits SMALL = new Limits(40_000, 4_000, 100);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(Given.NOON);
    private final CollectedLog log = new CollectedLog();

    @Test
    void seqsBeginAtOneAndHaveNoHoles() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 1000);

            assertThat(seqs(drain(spool, 1)))
                    .containsExactly(LongStream.rangeClosed(1, 1000).toArray());
        }
    }

    @Test
    void aResultCarriesWhatWasObservedAndWhenItWasSpooled() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 7, 7);

            var result = drain(spool, 1).getFirst();
            assertThat(result.output()).isEqualTo("OK - 7");
            assertThat(result.check()).isEqualTo("check-7");
            assertThat(result.spooled()).isEqualTo(Given.NOON);
            assertThat(result.metrics()).hasSize(1);
        }
    }

    @Test
    void aReaderGetsNoMoreThanItAskedFor() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 100);
            String epoch = spool.standing().epoch();

            assertThat(spool.read(epoch, 1, 10, 1 << 20))
                    .isInstanceOfSatisfying(
                            Next.Some.class, some -> assertThat(some.results()).hasSize(10));
            assertThat(spool.read(epoch, 11, 500, 1000))
                    .isInstanceOfSatisfying(
                            Next.Some.class,
                            some -> {
                                assertThat(some.results().getFirst().seq()).isEqualTo(11);
                                assertThat(some.results()).hasSizeBetween(1, 5);
                            });
            assertThat(spool.read(epoch, 50, 500, 10))
                    .as("one result even if it alone is too big")
                    .isInstanceOfSatisfying(
                            Next.Some.class, some -> assertThat(some.results()).hasSize(1));
            assertThat(spool.read(epoch, 101, 500, 1000)).isEqualTo(new Next.Nothing());
            assertThat(spool.read("another", 1, 500, 1000)).isEqualTo(new Next.Nothing());
        }
    }

    @Test
    void whatIsOnDiskIsToldBeforeTheStopEnds() throws Exception {
        var told = new java.util.concurrent.CopyOnWriteArrayList<Observation>();
        try (var spool = open(SMALL)) {
            spool.onKept(
                    observation -> {
                        told.add(observation);
                        throw new java.io.UncheckedIOException(new IOException("disk full"));
                    });
            append(spool, 1, 50);
            assertThat(spool.append(Given.observation(51))).isTrue();
        }

        assertThat(told).hasSize(51).last().isEqualTo(Given.observation(51));
    }

    @Test
    void everythingIsThereAfterAReopen() throws Exception {
        String epoch;
        try (var spool = open(SMALL)) {
            append(spool, 1, 100);
            epoch = spool.standing().epoch();
        }

        try (var spool = open(SMALL)) {
            append(spool, 101, 110);

            assertThat(spool.standing().epoch()).isEqualTo(epoch);
            assertThat(seqs(drain(spool, 1)))
                    .containsExactly(LongStream.rangeClosed(1, 110).toArray());
        }
    }

    @Test
    void whatTheServerHasIsRemovedByWholeSegments() throws Exception {
        try (var spool = open(SMALL)) {
            append(spool, 1, 100);
            long before = spool.standing().bytes();

            spool.dropTo(spool.standing().epoch(), 60);

            var standing = spool.standing();
            assertThat(standing.first()).isBetween(40L, 61L);
            assertThat(standing.bytes()).isLessThan(before);
            assertThat(seqs(drain(spool, 61)))
                    .containsExactly(LongStream.rangeClosed(61, 100).toArray());
        }
    }

    @Test
    void theNextSeqOutlivesAllResults() throws Exception {
        try (var spool = open(SMALL)) {
            append(spool, 1, 100);
            spool.dropTo(spool.standing().epoch(), 100);
        }

        try (var spool = open(SMALL)) {
            assertThat(spool.standing().next()).isEqualTo(101);
        }
    }

    @Test
    void aFullSpoolDropsTheOldestAndTellsTheGap() throws Exception {
        String epoch;
        try (var spool = open(SMALL)) {
            append(spool, 1, 500);
            epoch = spool.standing().epoch();
            assertThat(spool.standing().bytes()).isLessThanOrEqualTo(SMALL.maxBytes());
            assertThat(log.lines()).anyMatch(line -> line.contains("dropped the oldest"));
        }

        try (var spool = open(SMALL)) {
            long first = spool.standing().first();
            assertThat(first).isGreaterThan(1);
            assertThat(spool.read(epoch, 1, 500, 1 << 20))
                    .isEqualTo(new Next.Missing(1, first - 1));
            assertThat(seqs(drain(spool, first)))
                    .containsExactly(LongStream.rangeClosed(first, 500).toArray());
        }
    }

    @Test
    void aTornTailIsCutOffAndReported() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 10);
        }
        Path last = segments().getLast();
        try (var file = FileChannel.open(last, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 5);
        }

        try (var spool = open(Limits.DEFAULT)) {
            assertThat(log.lines()).anyMatch(line -> line.contains("torn"));
            assertThat(spool.standing().next()).isEqualTo(10);
            append(spool, 10, 12);
            assertThat(seqs(drain(spool, 1)))
                    .containsExactly(LongStream.rangeClosed(1, 12).toArray());
        }
    }

    @Test
    void aTailOfZerosIsCutOff() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 10);
        }
        Path last = segments().getLast();
        long good = Files.size(last);
        try (var file = FileChannel.open(last, StandardOpenOption.APPEND)) {
            file.write(ByteBuffer.allocate(4096));
        }

        try (var spool = open(Limits.DEFAULT)) {
            assertThat(Files.size(last)).isEqualTo(good);
            assertThat(spool.standing().next()).isEqualTo(11);
        }
    }

    @Test
    void aBitFlipInTheMiddleCostsOneResultAndBecomesAGap() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 30);
        }
        flipBit(segments().getFirst(), 0.5);

        try (var spool = open(Limits.DEFAULT)) {
            var gaps = new ArrayList<Next.Missing>();
            var results = drain(spool, 1, gaps);

            assertThat(log.lines()).anyMatch(line -> line.contains("damaged"));
            assertThat(gaps).hasSize(1);
            assertThat(gaps.getFirst().from()).isEqualTo(gaps.getFirst().to());
            assertThat(results).hasSize(29);
        }
    }

    @Test
    void aFlippedLengthDoesNotHideWhatFollows() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 30);
        }
        Path file = segments().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        var second = java.util.Objects.requireNonNull(Frames.next(bytes, 1, bytes.length, true));
        bytes[second.start()] ^= 0x40;
        Files.write(file, bytes);

        try (var spool = open(Limits.DEFAULT)) {
            var gaps = new ArrayList<Next.Missing>();
            assertThat(drain(spool, 1, gaps)).hasSize(29);
            assertThat(gaps).containsExactly(new Next.Missing(2, 2));
        }
    }

    @Test
    void aLostSegmentInTheMiddleBecomesAGap() throws Exception {
        try (var spool = open(SMALL)) {
            append(spool, 1, 100);
        }
        var files = segments();
        assertThat(files).hasSizeGreaterThan(3);
        Files.delete(files.get(1));

        try (var spool = open(SMALL)) {
            var gaps = new ArrayList<Next.Missing>();
            var results = drain(spool, 1, gaps);
            assertThat(gaps).hasSize(1);
            long missing = gaps.getFirst().to() - gaps.getFirst().from() + 1;
            assertThat(results.size() + missing).isEqualTo(100);
        }
    }

    @Test
    void aBitFlipWhileRunningIsSkippedToo() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 30);
            flipBit(segments().getFirst(), 0.5);

            assertThat(drain(spool, 1, new ArrayList<>())).hasSize(29);
        }
    }

    @Test
    void flippedBitsAnywhereNeverInventAResult() throws Exception {
        var written = new ArrayList<Result>();
        try (var spool = open(SMALL)) {
            append(spool, 1, 60);
            written.addAll(drain(spool, 1));
        }
        for (int round = 0; round < 40; round++) {
            Path file = segments().get(round % segments().size());
            if (Files.size(file) > 0) {
                flipBit(file, round / 40.0);
            }
            try (var spool = open(SMALL)) {
                assertThat(written).containsAll(drain(spool, 1, new ArrayList<>()));
            }
        }
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        try (var spool = open(SMALL)) {
            assertThat(spool.standing().next()).isEqualTo(1);
            assertThatThrownBy(() -> open(SMALL).close())
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo("spool-in-use"));
        }
        open(SMALL).close();
    }

    @Test
    void aNewEpochTakesAlongWhatWasMadeSinceTheStart() throws Exception {
        String old;
        try (var spool = open(SMALL)) {
            append(spool, 1, 50);
            old = spool.standing().epoch();
        }

        try (var spool = open(SMALL)) {
            append(spool, 51, 120);
            String epoch = spool.beginEpoch();

            assertThat(epoch).isNotEqualTo(old);
            var results = drain(spool, 1);
            assertThat(seqs(results)).containsExactly(LongStream.rangeClosed(1, 70).toArray());
            assertThat(results.getFirst().output()).isEqualTo("OK - 51");
            assertThat(results.getLast().output()).isEqualTo("OK - 120");
        }

        try (var spool = open(SMALL)) {
            append(spool, 121, 121);
            assertThat(spool.standing().epoch()).isNotEqualTo(old);
            assertThat(spool.standing().next()).isEqualTo(72);
            assertThat(segments()).isNotEmpty();
        }
    }

    @Test
    void aLostEpochFileDoesNotLoseTheResults() throws Exception {
        try (var spool = open(SMALL)) {
            append(spool, 1, 5);
        }
        Files.delete(folder.resolve("epoch"));

        try (var spool = open(SMALL)) {
            assertThat(seqs(drain(spool, 1))).containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void aResultTooLongToSendIsCut() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            spool.append(Given.observation(1, "x".repeat(3_000_000)));
            append(spool, 2, 2);

            var results = drain(spool, 1);
            assertThat(results).hasSize(2);
            assertThat(results.getFirst().output()).hasSizeLessThan(20_000).contains("cut");
        }
    }

    @Test
    void aRecordNobodyCanReadBecomesAGap() throws Exception {
        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 1);
        }
        var out = new java.io.ByteArrayOutputStream();
        Frames.put(out, 2, "{\"seq\":\"two\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.write(segments().getLast(), out.toByteArray(), StandardOpenOption.APPEND);

        try (var spool = open(Limits.DEFAULT)) {
            append(spool, 3, 3);
            var gaps = new ArrayList<Next.Missing>();
            assertThat(seqs(drain(spool, 1, gaps))).containsExactly(1, 3);
            assertThat(gaps).containsExactly(new Next.Missing(2, 2));
        }
    }

    private Spool open(Limits limits) throws IOException {
        return Spool.open(folder, limits, clock, log);
    }

    private static void append(Spool spool, int from, int to) throws InterruptedException {
        for (int i = from; i <= to; i++) {
            assertThat(spool.append(Given.observation(i))).isTrue();
            if (i % 20 == 0) {
                assertThat(spool.flush(LONG)).isTrue();
            }
        }
        assertThat(spool.flush(LONG)).isTrue();
    }

    private static List<Result> drain(Spool spool, long from) {
        var gaps = new ArrayList<Next.Missing>();
        var results = drain(spool, from, gaps);
        assertThat(gaps).isEmpty();
        return results;
    }

    private static List<Result> drain(Spool spool, long from, List<Next.Missing> gaps) {
        String epoch = spool.standing().epoch();
        var results = new ArrayList<Result>();
        long at = from;
        while (true) {
            switch (spool.read(epoch, at, 25, 3000)) {
                case Next.Nothing() -> {
                    return results;
                }
                case Next.Missing missing -> {
                    gaps.add(missing);
                    at = missing.to() + 1;
                }
                case Next.Some(var some) -> {
                    results.addAll(some);
                    at = some.getLast().seq() + 1;
                }
            }
        }
    }

    private static long[] seqs(List<Result> results) {
        return results.stream().mapToLong(Result::seq).toArray();
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".seg")).sorted().toList();
        }
    }

    private static void flipBit(Path file, double where) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (where * (bytes.length - 1))] ^= 0x04;
        Files.write(file, bytes);
    }
}
