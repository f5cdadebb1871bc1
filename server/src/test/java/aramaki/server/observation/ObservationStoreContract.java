package aramaki.server.observation;

import static aramaki.server.store.Look.list;
import static aramaki.server.store.Look.maybe;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Flapping;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Observation;
import aramaki.model.observation.Range;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.TestClock;
import aramaki.server.observation.ObservationStore.Hops;
import aramaki.server.observation.ObservationStore.NumberedRefusal;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.observation.ObservationStore.Refused;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of observations promises.
public abstract class ObservationStoreContract {
    private static final CheckKey DISK = CheckKey.of("shop", "web1", "disk");
    private static final CheckKey LOAD = CheckKey.of("shop", "web1", "load");
    private static final CheckKey DISK2 = CheckKey.of("shop", "web2", "disk");
    private static final Instant NOW = TestClock.START;

    @TempDir protected Path folder;
    private ObservationStore observations;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        observations = backend.observations();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theLatestComesBackAsItWasSaved() {
        var stale =
                new Latest(
                        DISK,
                        State.STALE,
                        State.CRITICAL,
                        Optional.of(StaleBecause.CHECK),
                        NOW,
                        NOW.minusSeconds(90),
                        3,
                        "line one\nline two: ä → \uD83D\uDD25",
                        List.of(
                                new Metric(
                                        "used",
                                        OptionalDouble.of(0.1 + 0.2),
                                        "B",
                                        Range.parse("@10:20"),
                                        Range.parse("~:5"),
                                        OptionalDouble.of(0),
                                        OptionalDouble.empty()),
                                new Metric(
                                        "lost",
                                        OptionalDouble.empty(),
                                        "",
                                        Optional.empty(),
                                        Optional.empty(),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty())),
                        4711,
                        "a_agent",
                        new Trail(
                                Optional.of(NOW.minusSeconds(300)),
                                new Flapping(0b1011, true),
                                new Stretch(
                                        State.CRITICAL,
                                        true,
                                        NOW.minusSeconds(200),
                                        NOW.minusSeconds(90))));
        save(stale);
        assertThat(latest(DISK)).hasValue(stale);
        assertThat(latest(LOAD)).isEmpty();
        assertThat(list(store, observations::allLatest)).containsExactly(stale);
    }

    @Test
    void savingTheLatestAgainReplacesIt() {
        save(ok(DISK, 1), ok(LOAD, 2));
        save(ok(DISK, 3));
        assertThat(latest(DISK).orElseThrow().observation()).isEqualTo(3);
        assertThat(latest(LOAD).orElseThrow().observation()).isEqualTo(2);
        store.write(
                tx -> {
                    observations.saveLatest(tx, List.of());
                    observations.forgetLatest(tx, DISK);
                    observations.forgetLatest(tx, DISK2);
                    return 0;
                });
        assertThat(list(store, observations::allLatest)).containsExactly(ok(LOAD, 2));
    }

    @Test
    void historyIsNewestFirstPerCheckAndEntity() {
        insert(recorded(1, DISK), recorded(2, DISK2), recorded(3, LOAD), recorded(4, DISK));
        assertThat(history(Optional.empty(), Long.MAX_VALUE, 10)).containsExactly(4L, 2L, 1L);
        assertThat(history(Optional.of(DISK.entity()), Long.MAX_VALUE, 10)).containsExactly(4L, 1L);
        assertThat(history(Optional.empty(), 4, 1)).containsExactly(2L);
        assertThat(maybe(store, tx -> observations.find(tx, 4))).hasValue(recorded(4, DISK));
        assertThat(maybe(store, tx -> observations.find(tx, 5))).isEmpty();
    }

    @Test
    void theLastNumberIsTheHighest() {
        assertThat(store.<Long>read(observations::lastNumber)).isEqualTo(0);
        insert(recorded(7, DISK), recorded(3, DISK));
        assertThat(store.<Long>read(observations::lastNumber)).isEqualTo(7);
    }

    @Test
    void pruningForgetsWhatIsOldALittleAtATime() {
        for (int i = 1; i <= 5; i++) {
            insert(recordedAt(i, NOW.plusSeconds(i)));
        }
        assertThat(prune(NOW.plusSeconds(4), 2)).isEqualTo(2);
        assertThat(history(Optional.empty(), Long.MAX_VALUE, 10)).containsExactly(5L, 4L, 3L);
        assertThat(prune(NOW.plusSeconds(4), 2)).isEqualTo(1);
        assertThat(prune(NOW.plusSeconds(4), 2)).isEqualTo(0);
        assertThat(history(Optional.empty(), Long.MAX_VALUE, 10)).containsExactly(5L, 4L);
    }

    /// Numbers name observations in events for ever, so pruning must not let them begin anew.
    @Test
    void numbersAreNeverGivenTwiceHoweverMuchWasPruned() {
        insert(recorded(1, DISK), recorded(2, DISK));
        prune(NOW.plus(Duration.ofDays(400)), 100);
        assertThat(store.<Long>read(observations::lastNumber)).isEqualTo(2);
    }

    @Test
    void pruningForgetsHopsAndRefusalsToo() {
        insert(recorded(1, DISK), recordedAt(2, NOW.plusSeconds(100)));
        store.write(
                tx -> {
                    observations.saveEventHop(tx, 1, new Hash("a".repeat(64)), NOW);
                    observations.saveEventHop(tx, 2, new Hash("b".repeat(64)), NOW);
                    observations.refuse(tx, refused(1, NOW));
                    observations.refuse(tx, refused(2, NOW.plusSeconds(100)));
                    return 0;
                });
        prune(NOW.plusSeconds(50), 100);
        assertThat(maybe(store, tx -> observations.hops(tx, 1))).isEmpty();
        assertThat(maybe(store, tx -> observations.hops(tx, 2))).isPresent();
        assertThat(list(store, tx -> observations.refusals(tx, "a_agent", 9)))
                .containsExactly(refused(2, NOW.plusSeconds(100)));
    }

    @Test
    void aSpoolPositionIsKeptPerAgentAndEpoch() {
        assertThat(position("a_agent", "e1")).isEmpty();
        savePosition("a_agent", "e1", 5);
        savePosition("a_agent", "e2", 0);
        savePosition("a_agent", "e1", 6);
        assertThat(position("a_agent", "e1")).hasValue(6L);
        assertThat(position("a_agent", "e2")).hasValue(0L);
        assertThat(position("a_other", "e1")).isEmpty();
    }

    @Test
    void refusalsAreKeptPerAgentNewestFirst() {
        store.write(
                tx -> {
                    observations.refuse(tx, refused(1, NOW));
                    observations.refuse(tx, refused(2, NOW));
                    return 0;
                });
        assertThat(list(store, tx -> observations.refusals(tx, "a_agent", 1)))
                .containsExactly(refused(2, NOW));
        assertThat(store.<Long>read(tx -> observations.countRefusals(tx, "a_agent"))).isEqualTo(2);
        assertThat(store.<Long>read(tx -> observations.countRefusals(tx, "a_other"))).isEqualTo(0);
    }

    @Test
    void allResultsAndAllRefusalsAreReadInTheOrderTheyCame() {
        insert(recorded(1, DISK), recorded(2, LOAD), recorded(3, DISK2));
        assertThat(list(store, tx -> observations.after(tx, 0, 2)))
                .containsExactly(recorded(1, DISK), recorded(2, LOAD));
        assertThat(list(store, tx -> observations.after(tx, 2, 2)))
                .containsExactly(recorded(3, DISK2));
        assertThat(list(store, tx -> observations.after(tx, 3, 2))).isEmpty();

        store.write(
                tx -> {
                    observations.refuse(tx, refused(1, NOW));
                    observations.refuse(tx, refused(2, NOW));
                    return 0;
                });
        var first = list(store, tx -> observations.refusalsAfter(tx, 0, 1)).getFirst();
        assertThat(first.refused()).isEqualTo(refused(1, NOW));
        assertThat(list(store, tx -> observations.refusalsAfter(tx, first.number(), 9)))
                .extracting(NumberedRefusal::refused)
                .containsExactly(refused(2, NOW));
    }

    @Test
    void onlyTheFirstAlertAndTheFirstPageAreHops() {
        var event = new Hash("a".repeat(64));
        store.write(
                tx -> {
                    observations.saveEventHop(tx, 1, event, NOW);
                    observations.saveAlertHop(tx, 1, NOW.plusSeconds(1));
                    observations.saveAlertHop(tx, 1, NOW.plusSeconds(9));
                    observations.savePageHop(tx, 1, NOW.plusSeconds(2));
                    observations.savePageHop(tx, 1, NOW.plusSeconds(9));
                    observations.savePageHop(tx, 2, NOW); // one that caused no event has no hops
                    return 0;
                });
        assertThat(maybe(store, tx -> observations.hops(tx, 1)))
                .hasValue(
                        new Hops(
                                event,
                                NOW,
                                Optional.of(NOW.plusSeconds(1)),
                                Optional.of(NOW.plusSeconds(2))));
        assertThat(maybe(store, tx -> observations.hops(tx, 2))).isEmpty();
    }

    private Optional<Latest> latest(CheckKey key) {
        return store.read(tx -> observations.latest(tx, key));
    }

    private void save(Latest... latest) {
        store.write(
                tx -> {
                    observations.saveLatest(tx, List.of(latest));
                    return 0;
                });
    }

    private void insert(Recorded... recorded) {
        store.write(
                tx -> {
                    observations.insert(tx, List.of(recorded));
                    return 0;
                });
    }

    private List<Long> history(Optional<EntityName> entity, long before, int limit) {
        return store
                .read(
                        tx ->
                                observations.history(
                                        tx,
                                        new SystemName("shop"),
                                        new CheckName("disk"),
                                        entity,
                                        before,
                                        limit))
                .stream()
                .map(Recorded::number)
                .toList();
    }

    private int prune(Instant before, int limit) {
        return store.write(tx -> observations.prune(tx, before, limit));
    }

    private Optional<Long> position(String agent, String epoch) {
        return store.read(tx -> observations.position(tx, agent, epoch));
    }

    private void savePosition(String agent, String epoch, long seq) {
        store.write(
                tx -> {
                    observations.savePosition(tx, agent, epoch, seq);
                    return 0;
                });
    }

    private static Refused refused(long seq, Instant at) {
        return new Refused("a_agent", "e1", seq, at, "no such check", "{}");
    }

    private static Latest ok(CheckKey key, long number) {
        return new Latest(
                key,
                State.OK,
                State.OK,
                Optional.empty(),
                NOW,
                NOW,
                0,
                "",
                List.of(),
                number,
                "a",
                Trail.begin(State.OK, NOW));
    }

    private static Recorded recorded(long number, CheckKey key) {
        return recorded(number, key, NOW);
    }

    private static Recorded recordedAt(long number, Instant committed) {
        return recorded(number, DISK, committed);
    }

    private static Recorded recorded(long number, CheckKey key, Instant committed) {
        return new Recorded(
                number,
                new Observation(
                        key,
                        State.WARNING,
                        "so so",
                        List.of(Metric.of("time", 0.25, "s")),
                        NOW.minusMillis(5),
                        NOW.minusMillis(4),
                        NOW.minusMillis(3)),
                "a_agent",
                "e1",
                number,
                NOW.minusMillis(2),
                NOW.minusMillis(1),
                committed);
    }
}
