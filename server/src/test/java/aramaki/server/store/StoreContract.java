package aramaki.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.Refusal;
import aramaki.server.alert.AlertStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises. Consumers' cursors stand for whatever a unit writes.
@Timeout(60)
public abstract class StoreContract {
    @TempDir protected Path folder;
    private Backend backend;
    private Store store;
    private AlertStore cursors;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        backend = backend(folder);
        cursors = backend.alerts();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aWriteReturnsOnlyWhenItIsDurable() {
        long written = store.write(tx -> put(tx, "a", 1));
        assertThat(written).isEqualTo(1);
        assertThat(get("a")).as("seen by another connection").isEqualTo(1);
    }

    @Test
    void whatWasWrittenIsThereAfterOpeningAgain() {
        store.write(tx -> put(tx, "a", 7));
        store.close();
        store = backend.open();
        assertThat(get("a")).isEqualTo(7);
    }

    @Test
    void unitsThatQueuedUpTogetherShareOneCommit() throws Exception {
        var group =
                new Group()
                        .add(tx -> put(tx, "a", 1))
                        .add(_ -> get("a")) // another connection, in the middle of the group
                        .add(tx -> put(tx, "b", 2))
                        .run();
        assertThat(group.get(1)).as("a, before the commit").isEqualTo(0L);
        assertThat(get("a")).isEqualTo(1);
        assertThat(get("b")).isEqualTo(2);
    }

    @Test
    void aUnitSeesWhatUnitsBeforeItInTheGroupDid() throws Exception {
        var group = new Group().add(tx -> put(tx, "a", 1)).add(tx -> cursors.cursor(tx, "a")).run();
        assertThat(group.get(1)).isEqualTo(1L);
    }

    @Test
    void aUnitThatThrowsIsUndoneAlone() throws Exception {
        var group =
                new Group()
                        .add(tx -> put(tx, "before", 1))
                        .add(
                                tx -> {
                                    put(tx, "failed", 1);
                                    throw Refusal.conflict("no", "not this one");
                                })
                        .add(tx -> put(tx, "after", 1))
                        .run();
        assertThat(group.get(1)).isInstanceOf(Refusal.class);
        assertThat(get("before")).isEqualTo(1);
        assertThat(get("failed")).isEqualTo(0);
        assertThat(get("after")).isEqualTo(1);
    }

    @Test
    void anErrorInAUnitReachesItsCallerAndTheStoreGoesOn() {
        assertThatThrownBy(
                        () ->
                                store.write(
                                        tx -> {
                                            put(tx, "failed", 1);
                                            throw new StackOverflowError("too deep");
                                        }))
                .hasStackTraceContaining("too deep");
        store.write(tx -> put(tx, "after", 1));
        assertThat(get("failed")).isEqualTo(0);
        assertThat(get("after")).isEqualTo(1);
    }

    @Test
    void afterCommitRunsInTheOrderOfUnitsAndSeesThemDurable() throws Exception {
        var seen = Collections.synchronizedList(new ArrayList<String>());
        new Group()
                .add(tx -> noting(tx, seen, "a", 1))
                .add(tx -> noting(tx, seen, "b", 1))
                .add(tx -> noting(tx, seen, "c", 1))
                .run();
        assertThat(seen).containsExactly("a 1", "b 1", "c 1");
    }

    @Test
    void afterCommitOfAUnitThatFailedNeverRuns() {
        var ran = new AtomicInteger();
        assertThatThrownBy(
                        () ->
                                store.write(
                                        tx -> {
                                            tx.afterCommit(ran::incrementAndGet);
                                            throw Refusal.conflict("no", "not this one");
                                        }))
                .isInstanceOf(Refusal.class);
        store.write(tx -> put(tx, "next", 1));
        assertThat(ran).hasValue(0);
    }

    @Test
    void anAfterCommitThatThrowsHarmsNobody() {
        var ran = new AtomicInteger();
        long written =
                store.write(
                        tx -> {
                            tx.afterCommit(
                                    () -> {
                                        throw new IllegalStateException("a listener broke");
                                    });
                            tx.afterCommit(ran::incrementAndGet);
                            return put(tx, "a", 1);
                        });
        assertThat(written).isEqualTo(1);
        assertThat(ran).hasValue(1);
        assertThat(store.<Long>write(tx -> put(tx, "b", 2))).isEqualTo(2);
    }

    @Test
    void aReadSeesOneMomentHoweverLongItTakes() {
        store.write(tx -> put(tx, "a", 1));
        var seen =
                store.read(
                        tx -> {
                            long first = cursors.cursor(tx, "a");
                            var writing = new FutureTask<>(() -> store.write(t -> put(t, "a", 2)));
                            Thread.startVirtualThread(writing);
                            await().until(() -> get("a") == 2);
                            return List.of(first, cursors.cursor(tx, "a"));
                        });
        assertThat(seen).containsExactly(1L, 1L);
    }

    @Test
    void aReadCannotWrite() {
        assertThatThrownBy(() -> store.read(tx -> put(tx, "a", 1)))
                .isInstanceOf(RuntimeException.class);
        store.write(tx -> put(tx, "b", 1));
        assertThat(get("a")).isEqualTo(0);
    }

    @Test
    void aWriteInsideAWriteIsABug() {
        assertThatThrownBy(() -> store.write(_ -> store.write(tx -> put(tx, "a", 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterCloseEverythingIsRefused() {
        store.close();
        assertThatThrownBy(() -> store.write(tx -> put(tx, "a", 1)))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("stopping"));
        assertThatThrownBy(() -> get("a"))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("stopping"));
        store.close(); // once more does no harm
    }

    /// Whoever writes while the store closes gets an answer: durable, or refused.
    @Test
    void nobodyWaitsForeverForAStoreThatCloses() throws Exception {
        var begun = new CountDownLatch(20);
        var writers = new ArrayList<FutureTask<Long>>();
        for (int i = 0; i < 20; i++) {
            String name = "w" + i;
            var writer =
                    new FutureTask<>(
                            () -> {
                                long durable = 0;
                                try {
                                    while (true) {
                                        long next = durable + 1;
                                        store.write(tx -> put(tx, name, next));
                                        durable = next;
                                        begun.countDown();
                                    }
                                } catch (Refusal e) {
                                    return durable;
                                }
                            });
            writers.add(writer);
            Thread.startVirtualThread(writer);
        }
        begun.await();
        store.close();
        var durable = new ArrayList<Long>();
        for (var writer : writers) {
            durable.add(writer.get(30, TimeUnit.SECONDS));
        }
        store = backend.open();
        for (int i = 0; i < 20; i++) {
            assertThat(get("w" + i)).isEqualTo(durable.get(i));
        }
    }

    private long put(Tx tx, String name, long value) {
        cursors.saveCursor(tx, name, value);
        return value;
    }

    private long noting(Tx tx, List<String> seen, String name, long value) {
        tx.afterCommit(() -> seen.add(name + " " + get(name)));
        return put(tx, name, value);
    }

    private long get(String name) {
        return store.read(tx -> cursors.cursor(tx, name));
    }

    /// Units that wait together behind one that holds the writer, so that they share a commit.
    private final class Group {
        private final List<FutureTask<Object>> units = new ArrayList<>();

        Group add(Function<Tx, Object> unit) {
            units.add(new FutureTask<>(() -> store.write(unit)));
            return this;
        }

        /// What each gave, or how it failed.
        List<Object> run() throws Exception {
            var go = new CountDownLatch(1);
            var holding = new CountDownLatch(1);
            var holder =
                    Thread.startVirtualThread(
                            () ->
                                    store.write(
                                            _ -> {
                                                holding.countDown();
                                                return uninterrupted(go);
                                            }));
            holding.await();
            try {
                for (var unit : units) {
                    var thread = Thread.startVirtualThread(unit);
                    await().until(() -> thread.getState() == Thread.State.WAITING);
                }
            } finally {
                go.countDown();
            }
            holder.join();
            var results = new ArrayList<>();
            for (var unit : units) {
                try {
                    results.add(unit.get());
                } catch (java.util.concurrent.ExecutionException e) {
                    results.add(e.getCause());
                }
            }
            return results;
        }

        private static boolean uninterrupted(CountDownLatch go) {
            try {
                return go.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
