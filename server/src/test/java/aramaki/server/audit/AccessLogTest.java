package aramaki.server.audit;

import static aramaki.server.store.Look.list;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.server.TestClock;
import aramaki.server.audit.AccessLogStore.Query;
import aramaki.server.doctor.AccessLogged;
import aramaki.server.doctor.Complaint;
import aramaki.server.sql.CountingBackend;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How requests become lines: told as one where they go on, counted where they do not fit.
class AccessLogTest {
    private static final Hash NOTE = new Hash("4".repeat(64));
    private static final Query ALL =
            new Query(
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Long.MAX_VALUE,
                    100_000);

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Store real;
    private Sometimes store;
    private AccessLogStore entries;
    private AccessLog log;

    /// A store that takes writes, or does not.
    private static final class Sometimes implements Store {
        private final Store real;
        private boolean broken;

        Sometimes(Store real) {
            this.real = real;
        }

        @Override
        public <T> T read(Function<Tx, T> work) {
            return real.read(work);
        }

        @Override
        public <T> T write(Function<Tx, T> work) {
            if (broken) {
                throw Refusal.unavailable("disk-full", "the disk is full");
            }
            return real.write(work);
        }

        @Override
        public Optional<Refusal> trouble() {
            return real.trouble();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @BeforeEach
    void open() {
        Backend backend = new CountingBackend(folder);
        real = backend.open();
        store = new Sometimes(real);
        entries = backend.accessLog();
        log = log();
    }

    private AccessLog log() {
        return new AccessLog(
                store, entries, named -> Optional.ofNullable(named.get("system")), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Asked asked(String system, Asked.Method method, Hash... events) {
        return new Asked(
                clock.instant(),
                "p_ada",
                "0a1b2c3d4e5f6071",
                Optional.of(NOTE),
                "127.0.0.1",
                method,
                "/s/{system}",
                new TreeMap<>(Map.of("system", system)),
                List.of(),
                200,
                List.of(events));
    }

    private void looks(String system) {
        log.take(asked(system, Asked.Method.GET));
    }

    private List<AccessEntry> lines() {
        log.run(clock.instant());
        return list(store, tx -> entries.find(tx, ALL));
    }

    @Test
    void aPageThatStaysOpenIsOneLineWithACount() {
        for (int i = 0; i < 100; i++) {
            looks("shop");
            clock.seconds(10);
            log.run(clock.instant());
        }

        assertThat(lines()).hasSize(1);
        var line = lines().getFirst();
        assertThat(line.times()).isEqualTo(100);
        assertThat(Duration.between(line.asked().at(), line.until()))
                .isEqualTo(Duration.ofSeconds(990));
        assertThat(line.system()).isEqualTo("shop");
    }

    @Test
    void anotherPageALongerPauseOrAnHourBeginsAnotherLine() {
        looks("shop");
        looks("bank");
        clock.seconds(61);
        looks("shop");
        assertThat(lines()).hasSize(3);

        for (int i = 0; i < 120; i++) {
            clock.seconds(60);
            looks("shop");
        }
        assertThat(lines()).hasSize(5);
    }

    @Test
    void whatChangesSomethingIsNeverToldAsOne() {
        log.take(asked("shop", Asked.Method.POST, NOTE));
        log.take(asked("shop", Asked.Method.POST));
        log.take(asked("shop", Asked.Method.DELETE));
        log.take(asked("shop", Asked.Method.DELETE));

        assertThat(lines()).hasSize(4);
    }

    @Test
    void idsGoOnAfterARestart() {
        looks("shop");
        log.settle();
        log = log();
        looks("bank");

        assertThat(lines()).extracting(AccessEntry::id).containsExactly(2L, 1L);
    }

    @Test
    void whatTheStoreDidNotTakeIsWrittenLater() {
        store.broken = true;
        looks("shop");
        log.take(asked("shop", Asked.Method.POST, NOTE));
        assertThat(lines()).isEmpty(); // and nobody who reads has to care
        assertThat(lines()).isEmpty();
        looks("bank");
        store.broken = false;

        assertThat(lines()).extracting(AccessEntry::system).containsExactly("bank", "shop", "shop");
        Map<Hash, AccessEntry> caused = store.read(tx -> entries.causing(tx, List.of(NOTE)));
        assertThat(caused).hasSize(1);
        assertThat(log.lost().all()).isZero();
    }

    @Test
    void whatOverflowsIsCountedToldAndNeverWaitedForAndActsGoFirst() {
        store.broken = true;
        for (int i = 0; i < AccessLog.QUEUE; i++) {
            looks("shop-" + i);
        }
        int turnedAway = AccessLog.QUEUE - AccessLog.QUEUE_FOR_LOOKS;
        assertThat(log.lost().looks()).isEqualTo(turnedAway);
        for (int i = 0; i < turnedAway; i++) {
            log.take(asked("shop", Asked.Method.POST));
        }
        assertThat(log.lost().acts()).isZero();
        log.take(asked("shop", Asked.Method.POST));
        assertThat(log.lost().acts()).isEqualTo(1);

        var doctor = new AccessLogged(log);
        assertThat(doctor.examine(clock.instant()))
                .singleElement()
                .satisfies(c -> assertThat(c.isBroken()).isTrue())
                .extracting(Complaint::what)
                .asString()
                .contains("looks: " + turnedAway + ", acts: 1");
        assertThat(doctor.examine(clock.advance(Duration.ofDays(1)))).isEmpty();

        store.broken = false;
        assertThat(lines()).hasSize(AccessLog.QUEUE);
    }

    @Test
    void whatIsOlderThanWeKeepIsForgotten() {
        var retention = new AccessRetention(store, entries, Duration.ofDays(90));
        looks("shop");
        log.settle();
        clock.advance(Duration.ofDays(90));
        looks("bank");
        log.settle();
        retention.run(clock.instant());
        assertThat(lines()).hasSize(2);

        clock.seconds(1);
        retention.run(clock.instant());
        assertThat(lines()).extracting(AccessEntry::system).containsExactly("bank");
    }

    @Test
    void whatWasNotFoundIsToldOnlyWhereItIsAName() {
        var told =
                new Asked(
                        clock.instant(),
                        "p_ada",
                        "0a1b",
                        Optional.empty(),
                        "127.0.0.1",
                        Asked.Method.GET,
                        "/s/{system}/checks/{check}",
                        new TreeMap<>(
                                Map.of("system", "S3cretS3cretS3cret_S3cret", "check", "disk")),
                        List.of("since", "S3cretS3cretS3cretS3cret"),
                        404,
                        List.of());

        assertThat(told.parameters()).containsEntry("system", "…").containsEntry("check", "disk");
        assertThat(told.filters()).containsExactly("since");
    }
}
