package aramaki.server.audit;

import static aramaki.server.store.Look.list;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.timeline.Hash;
import aramaki.server.TestClock;
import aramaki.server.audit.AccessLogStore.Place;
import aramaki.server.audit.AccessLogStore.Query;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of an access log promises.
public abstract class AccessLogStoreContract {
    private static final Instant NOON = new TestClock().instant();
    private static final Hash GRANT = new Hash("a".repeat(64));
    private static final Hash FIRST = new Hash("1".repeat(64));
    private static final Hash SECOND = new Hash("2".repeat(64));

    @TempDir protected Path folder;
    private Backend backend;
    private AccessLogStore entries;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        backend = backend(folder);
        entries = backend.accessLog();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Consumer<Tx> work) {
        store.write(
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    private static AccessEntry line(long id, String person, String system, Hash... events) {
        var at = NOON.plusSeconds(id);
        var asked =
                new Asked(
                        at,
                        person,
                        "0a1b2c3d4e5f6071",
                        Optional.of(GRANT),
                        "2001:db8::7",
                        events.length == 0 ? Asked.Method.GET : Asked.Method.POST,
                        "/s/{system}",
                        new TreeMap<>(Map.of("system", system)),
                        List.of("q", "since"),
                        200,
                        List.of(events));
        return AccessEntry.of(id, asked, system);
    }

    private static Query query(boolean looksOnly, long before, int limit) {
        return new Query(
                looksOnly,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                before,
                limit);
    }

    private static Query of(Optional<String> person, Optional<String> system) {
        return new Query(
                false, person, system, Optional.empty(), Optional.empty(), Long.MAX_VALUE, 10);
    }

    private List<Long> ids(Query query) {
        return list(store, tx -> entries.find(tx, query)).stream().map(AccessEntry::id).toList();
    }

    @Test
    void aLineIsReadAsItWasWrittenAlsoAfterARestart() {
        write(tx -> entries.save(tx, line(1, "p_ada", "shop")));
        store.close();
        store = backend.open();

        assertThat(list(store, tx -> entries.find(tx, query(false, Long.MAX_VALUE, 10))))
                .containsExactly(line(1, "p_ada", "shop"));
        long last = store.read(entries::lastId);
        assertThat(last).isEqualTo(1);
    }

    @Test
    void anEmptyLogHasNoLastId() {
        long last = store.read(entries::lastId);
        assertThat(last).isZero();
    }

    @Test
    void aLineThatGoesOnIsWrittenOverAndTwiceTheSameChangesNothing() {
        var line = line(1, "p_ada", "shop", FIRST);
        var more = line.again(NOON.plusSeconds(30));
        write(tx -> entries.save(tx, line));
        write(tx -> entries.save(tx, more));
        write(tx -> entries.save(tx, more));

        var found = list(store, tx -> entries.find(tx, query(false, Long.MAX_VALUE, 10)));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().times()).isEqualTo(2);
        assertThat(found.getFirst().until()).isEqualTo(NOON.plusSeconds(30));
        assertThat(found.getFirst().asked().at()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void linesAreFoundNewestFirstByPersonSystemAndTime() {
        write(tx -> entries.save(tx, line(1, "p_ada", "shop")));
        write(tx -> entries.save(tx, line(2, "p_bo", "shop")));
        write(tx -> entries.save(tx, line(3, "p_ada", "bank", FIRST)));
        write(tx -> entries.save(tx, line(4, "p_ada", "")));

        assertThat(ids(query(false, Long.MAX_VALUE, 10))).containsExactly(4L, 3L, 2L, 1L);
        assertThat(ids(query(false, 4, 2))).containsExactly(3L, 2L);
        assertThat(ids(query(true, Long.MAX_VALUE, 10))).containsExactly(4L, 2L, 1L);
        assertThat(ids(of(Optional.of("p_ada"), Optional.empty()))).containsExactly(4L, 3L, 1L);
        assertThat(ids(of(Optional.empty(), Optional.of("shop")))).containsExactly(2L, 1L);
        assertThat(
                        ids(
                                new Query(
                                        false,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(NOON.plusSeconds(2)),
                                        Optional.of(NOON.plusSeconds(3)),
                                        Long.MAX_VALUE,
                                        10)))
                .containsExactly(3L, 2L);
    }

    @Test
    void aRequestIsFoundByTheEventsItCaused() {
        write(tx -> entries.save(tx, line(1, "p_ada", "shop", FIRST, SECOND)));

        Map<Hash, AccessEntry> found =
                store.read(tx -> entries.causing(tx, List.of(FIRST, SECOND, GRANT)));
        assertThat(found).containsOnlyKeys(FIRST, SECOND);
        assertThat(found.values())
                .extracting(entry -> entry.asked().address())
                .containsOnly("2001:db8::7");
        Map<Hash, AccessEntry> none = store.read(tx -> entries.causing(tx, List.of()));
        assertThat(none).isEmpty();
    }

    @Test
    void placesOfOnePersonAreAddedUp() {
        write(tx -> entries.save(tx, line(1, "p_ada", "shop")));
        write(tx -> entries.save(tx, line(2, "p_ada", "bank").again(NOON.plusSeconds(9))));
        write(tx -> entries.save(tx, line(3, "p_bo", "bank")));

        assertThat(list(store, tx -> entries.places(tx, "p_ada", 10)))
                .containsExactly(
                        new Place(
                                "2001:db8::7",
                                "0a1b2c3d4e5f6071",
                                NOON.plusSeconds(1),
                                NOON.plusSeconds(9),
                                3));
    }

    @Test
    void onlyWhatWasAskedLastBeforeIsForgottenWithItsEvents() {
        write(tx -> entries.save(tx, line(1, "p_ada", "shop", FIRST)));
        write(tx -> entries.save(tx, line(2, "p_ada", "shop", SECOND)));
        write(tx -> entries.save(tx, line(3, "p_ada", "bank").again(NOON.plusSeconds(60))));
        write(tx -> entries.save(tx, line(4, "p_ada", "bank")));

        int some = store.write(tx -> entries.prune(tx, NOON.plusSeconds(4), 1));
        assertThat(some).isEqualTo(1);
        int rest = store.write(tx -> entries.prune(tx, NOON.plusSeconds(4), 10));
        assertThat(rest).isEqualTo(1);
        int none = store.write(tx -> entries.prune(tx, NOON.plus(Duration.ofSeconds(4)), 10));
        assertThat(none).isZero();

        assertThat(ids(query(false, Long.MAX_VALUE, 10))).containsExactly(4L, 3L);
        Map<Hash, AccessEntry> forgotten =
                store.read(tx -> entries.causing(tx, List.of(FIRST, SECOND)));
        assertThat(forgotten).isEmpty();
        long last = store.read(entries::lastId);
        assertThat(last).isEqualTo(4);
    }
}
