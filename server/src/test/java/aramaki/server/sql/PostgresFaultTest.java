package aramaki.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.Refusal;
import aramaki.server.alert.AlertStore;
import aramaki.server.store.Store;
import aramaki.server.store.StoreSettings;
import aramaki.server.store.Tx;
import aramaki.testkit.Postgres;
import aramaki.testkit.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of writes and reads when the database does what databases do. Consumers' cursors
/// stand for whatever a unit writes.
@Timeout(120)
class PostgresFaultTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final Postgres postgres = Postgres.expendable();
    private final AlertStore cursors = new SqlAlertStore();
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private PostgresBackend backend;

    @BeforeEach
    void create() {
        backend = PostgresBackend.expendable();
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    private Store open() {
        return opened(backend.open());
    }

    private Store opened(Store store) {
        open.add(store);
        return store;
    }

    /// By a relay that can be cut.
    private Store through(Relay relay, Duration statementTimeout) {
        var database = backend.database();
        return opened(
                PostgresStore.open(
                        StoreSettings.Postgres.at(database.at(relay.port()))
                                .as(database.user())
                                .withPasswordFile(database.passwordFile())
                                .withStatementTimeout(statementTimeout)));
    }

    private Relay relay() throws IOException {
        var relay = Relay.to(backend.database().port());
        open.add(relay);
        return relay;
    }

    private long put(Tx tx, String name, long value) {
        cursors.saveCursor(tx, name, value);
        return value;
    }

    private long get(Store store, String name) {
        return store.read(tx -> cursors.cursor(tx, name));
    }

    private void comesBack(Store store) {
        await().atMost(SOON).until(() -> store.trouble().isEmpty());
    }

    private static String code(Throwable e) {
        assertThat(e).isInstanceOf(Refusal.class);
        var refusal = (Refusal) e;
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE);
        return refusal.code();
    }

    private String codeOf(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (Refusal e) {
            return code(e);
        }
    }

    @Test
    void aRestartUnderLoadLosesNothingAcknowledged() {
        var store = open();
        var acknowledged = new ConcurrentSkipListMap<String, Long>();
        var followed = new ConcurrentSkipListMap<String, Long>();
        var codes = new CopyOnWriteArrayList<String>();
        var stop = new AtomicBoolean();
        var writers = new CopyOnWriteArrayList<Thread>();
        for (int w = 0; w < 8; w++) {
            String name = "writer-" + w;
            writers.add(
                    Thread.startVirtualThread(
                            () -> {
                                for (long n = 1; !stop.get(); n++) {
                                    long value = n;
                                    try {
                                        store.write(
                                                tx -> {
                                                    tx.afterCommit(() -> followed.put(name, value));
                                                    return put(tx, name, value);
                                                });
                                        acknowledged.put(name, value);
                                    } catch (Refusal e) {
                                        codes.add(code(e));
                                    }
                                }
                            }));
        }
        awaitProgress(acknowledged);
        postgres.stopImmediately();
        await().until(() -> store.trouble().isPresent());
        postgres.start();
        comesBack(store);
        awaitProgress(acknowledged);
        postgres.kill();
        postgres.start();
        comesBack(store);
        awaitProgress(acknowledged);
        stop.set(true);
        writers.forEach(PostgresFaultTest::join);

        assertThat(codes).isNotEmpty();
        assertThat(codes)
                .containsAnyOf(PostgresTrouble.GONE)
                .allMatch(c -> List.of(PostgresTrouble.GONE, PostgresTrouble.IN_DOUBT).contains(c));
        acknowledged.forEach(
                (name, value) -> assertThat(get(store, name)).isGreaterThanOrEqualTo(value));
        var kept = new TreeMap<String, Long>();
        acknowledged.keySet().forEach(name -> kept.put(name, get(store, name)));
        assertThat(followed).as("memory that follows the store").isEqualTo(kept);
    }

    private static void awaitProgress(Map<String, Long> acknowledged) {
        var before = new TreeMap<>(acknowledged);
        await().atMost(SOON)
                .until(
                        () ->
                                acknowledged.size() == 8
                                        && acknowledged.entrySet().stream()
                                                .allMatch(
                                                        e ->
                                                                e.getValue()
                                                                        > before.getOrDefault(
                                                                                e.getKey(), 0L)));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDatabaseThatIsGoneRefusesUntilItIsBackByItself() {
        var store = open();
        store.write(tx -> put(tx, "a", 1));
        postgres.stopImmediately();
        try {
            assertThat(codeOf(() -> store.write(tx -> put(tx, "a", 2))))
                    .isEqualTo(PostgresTrouble.GONE);
            assertThat(codeOf(() -> get(store, "a"))).isEqualTo(PostgresTrouble.GONE);
            assertThat(store.trouble().map(Refusal::code)).contains(PostgresTrouble.GONE);
        } finally {
            postgres.start();
        }
        comesBack(store); // though nobody writes
        assertThat(get(store, "a")).isEqualTo(1);
        store.write(tx -> put(tx, "a", 3));
        assertThat(get(store, "a")).isEqualTo(3);
    }

    @Test
    void aDatabaseThatIsGoneIsNoticedThoughNobodyWrites() {
        var store = open();
        postgres.terminateConnections(backend.database());
        comesBack(store);
        postgres.stopImmediately();
        try {
            await().atMost(SOON).until(() -> store.trouble().isPresent());
        } finally {
            postgres.start();
        }
        comesBack(store);
    }

    @Test
    void aReadOnlyDatabaseRefusesWritesAndIsReadAllTheSame() {
        var store = open();
        store.write(tx -> put(tx, "a", 1));
        postgres.readOnly(true);
        try {
            await().atMost(SOON)
                    .until(
                            () ->
                                    codeOf(() -> store.write(tx -> put(tx, "a", 2)))
                                            .equals(PostgresTrouble.READ_ONLY));
            assertThat(get(store, "a")).isBetween(1L, 2L);
        } finally {
            postgres.readOnly(false);
        }
        comesBack(store);
        store.write(tx -> put(tx, "a", 3));
        assertThat(get(store, "a")).isEqualTo(3);
    }

    @Test
    void aSlowDatabaseRefusesInTimeAndKeepsOrder() throws Exception {
        var relay = relay();
        var store = through(relay, Duration.ofSeconds(1));
        store.write(tx -> put(tx, "a", 1));
        postgres.freeze();
        try {
            assertThat(codeOf(() -> store.write(tx -> put(tx, "a", 2))))
                    .isIn(PostgresTrouble.GONE, PostgresTrouble.SLOW, PostgresTrouble.IN_DOUBT);
            assertThat(codeOf(() -> get(store, "a")))
                    .isIn(PostgresTrouble.GONE, PostgresTrouble.SLOW);
            assertThat(store.trouble()).isPresent();
        } finally {
            postgres.thaw();
        }
        comesBack(store);
        store.write(tx -> put(tx, "a", 3));
        assertThat(get(store, "a")).isEqualTo(3);
    }

    @Test
    void aStatementThatTakesTooLongIsEndedAlone() {
        var database = backend.database();
        var store =
                opened(
                        PostgresStore.open(
                                PostgresBackend.settings(database)
                                        .withStatementTimeout(Duration.ofSeconds(1))));
        assertThat(codeOf(() -> store.read(tx -> SqlTx.handle(tx).execute("select pg_sleep(60)"))))
                .isEqualTo(PostgresTrouble.SLOW);
        assertThat(store.trouble()).isEmpty();
        store.write(tx -> put(tx, "a", 1));
    }

    @Test
    void aSecondServerOnTheSameDatabaseIsRefused() {
        var store = open();
        assertThatThrownBy(() -> backend.open())
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.code()).isEqualTo(PostgresTrouble.TAKEN))
                .hasMessageContaining(backend.database().url() + " is in use by another server")
                .hasMessageContaining("pid " + ProcessHandle.current().pid())
                .hasMessageContaining("at 127.0.0.1")
                .hasMessageContaining("stop that one first");
        store.write(tx -> put(tx, "a", 1));
        store.close();
        open().write(tx -> put(tx, "a", 2)); // and is free again
    }

    @Test
    void aServerThatWasReplacedWhileItWasAwayWritesNothing() throws Exception {
        var relay = relay();
        var away = through(relay, Duration.ofSeconds(1));
        away.write(tx -> put(tx, "a", 1));
        relay.cut();
        postgres.terminateConnections(backend.database());
        var other = open();
        other.write(tx -> put(tx, "a", 2));
        relay.reset();
        relay.mend();
        await().atMost(SOON)
                .until(
                        () ->
                                away.trouble()
                                        .map(Refusal::code)
                                        .equals(Optional.of(PostgresTrouble.TAKEN)));
        assertThatThrownBy(() -> away.write(tx -> put(tx, "a", 3)))
                .hasMessageContaining("is in use by another server");
        other.close();
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThatThrownBy(() -> away.write(tx -> put(tx, "a", 4)))
                                        .hasMessageContaining("is not as this server left it"));
        assertThat(get(away, "a")).isEqualTo(2);
    }

    @Test
    void aDatabaseThatWentBackInTimeIsNotWrittenTo() {
        var store = open();
        store.write(tx -> put(tx, "a", 1));
        postgres.sql(
                backend.database(), "update store_writer set commits = commits - 1 where id = 1");
        assertThat(codeOf(() -> store.write(tx -> put(tx, "a", 2))))
                .isEqualTo(PostgresTrouble.TAKEN);
        assertThat(get(store, "a")).isEqualTo(1);
    }

    /// The connection breaks when the commit has been asked for and the answer is on its way.
    @Test
    void aCommitInDoubtThatWasMadeIsFoundOut() throws Exception {
        var relay = relay();
        var store = through(relay, Duration.ofSeconds(30));
        var followed = new AtomicInteger();
        commitsTake(1);
        var asked = new FutureTask<>(() -> write(store, "a", 1, followed));
        Thread.ofVirtual().start(asked);
        awaitCommitting();
        relay.cut(); // the answer does not come through
        awaitIdle("a", 1);
        relay.reset();
        relay.mend();
        assertThat(asked.get()).as("found out before anybody was told").isEqualTo("done");
        assertThat(followed).hasValue(1);
        assertThat(get(store, "a")).isEqualTo(1);
    }

    @Test
    void aCommitInDoubtThatWasNotMadeIsFoundOut() throws Exception {
        var store = open();
        var followed = new AtomicInteger();
        commitsTake(30);
        var asked = new FutureTask<>(() -> write(store, "a", 1, followed));
        Thread.ofVirtual().start(asked);
        awaitCommitting();
        postgres.terminateConnections(backend.database());
        assertThat(asked.get()).isEqualTo(PostgresTrouble.GONE);
        assertThat(followed).hasValue(0);
        comesBack(store);
        assertThat(postgres.sql(backend.database(), "select count(*) from consumer"))
                .isEqualTo("0");
    }

    /// Whoever waits is told after a while that it is not known; memory follows when it is.
    @Test
    void aCommitInDoubtIsFoundOutLaterToo() throws Exception {
        var relay = relay();
        var store = through(relay, Duration.ofSeconds(30));
        var followed = new AtomicInteger();
        commitsTake(1);
        var asked = new FutureTask<>(() -> write(store, "a", 1, followed));
        Thread.ofVirtual().start(asked);
        awaitCommitting();
        relay.cut();
        awaitIdle("a", 1);
        relay.reset(); // new connections hang in the cut
        assertThat(asked.get()).isEqualTo(PostgresTrouble.IN_DOUBT);
        assertThat(followed).hasValue(0);
        assertThat(store.trouble()).isPresent();
        relay.mend();
        comesBack(store);
        assertThat(followed).hasValue(1);
    }

    /// So that there is time to do something to them.
    private void commitsTake(int seconds) {
        postgres.sql(
                backend.database(),
                """
                create function linger() returns trigger language plpgsql as
                    $$ begin perform pg_sleep(%d); return null; end $$;
                create constraint trigger linger after insert or update on consumer
                    deferrable initially deferred for each row execute function linger();
                """
                        .formatted(seconds));
    }

    private String write(Store store, String name, long value, AtomicInteger followed) {
        return codeOf(
                () ->
                        store.write(
                                tx -> {
                                    tx.afterCommit(followed::incrementAndGet);
                                    return put(tx, name, value);
                                }));
    }

    private void awaitCommitting() {
        awaitSql(
                "select count(*) from pg_stat_activity where state = 'active'"
                        + " and upper(query) like 'COMMIT%' and datname = '"
                        + backend.database().name()
                        + "'",
                "1");
    }

    private void awaitIdle(String cursor, long value) {
        await().atMost(SOON)
                .until(
                        () ->
                                postgres.sql(
                                        backend.database(),
                                        "select position from consumer where name = '"
                                                + cursor
                                                + "'"),
                        Long.toString(value)::equals);
    }

    private void awaitSql(String query, String answer) {
        await().atMost(SOON).until(() -> postgres.sql(query), answer::equals);
    }
}
