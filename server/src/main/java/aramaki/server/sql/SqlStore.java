package aramaki.server.sql;

import aramaki.model.Refusal;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One writer thread that commits what has queued up together; readers from a bounded pool. A write
/// returns only after its commit, so what was answered is durable.
public final class SqlStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(SqlStore.class);
    private static final int QUEUE = 1024;
    private static final int MAX_GROUP = 256;
    private static final long FULL_MILLIS = 100;

    private final HikariDataSource readers;
    private final Jdbi reading;
    private final Jdbi writing;
    /// Units in the order of arrival; an empty entry says stop.
    private final BlockingQueue<Optional<Unit<?>>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer;
    private volatile boolean closing;
    /// The writer takes nothing any more; set before it empties the queue for the last time.
    private volatile boolean ended;

    SqlStore(HikariDataSource readers, Jdbi writing) {
        this.readers = readers;
        this.reading = Jdbi.create(readers);
        this.writing = writing;
        this.writer = Thread.ofPlatform().name("store-writer").unstarted(this::writeLoop);
    }

    void start() {
        writer.start();
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        if (closing) {
            throw stopped();
        }
        try (Handle handle = reading.open()) {
            handle.begin();
            try {
                return work.apply(new SqlTx(handle));
            } finally {
                end(handle);
            }
        }
    }

    /// Nothing was written. SQLite has ended the transaction itself where it met a damaged page, and
    /// whoever reads what may be damaged goes on all the same.
    private static void end(Handle handle) {
        try {
            handle.rollback();
        } catch (TransactionException e) {
            log.atDebug().setCause(e).log("a read had ended before");
        }
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        if (Thread.currentThread().equals(writer)) {
            throw new IllegalStateException("a write inside a write would wait for itself");
        }
        var unit = new Unit<>(work);
        try {
            if (closing) {
                throw stopped();
            }
            enqueue(unit);
            return unit.done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("interrupted", "interrupted while waiting for the store");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("writing to the store", e.getCause());
        }
    }

    /// Whoever comes after the writer's last look at the queue tells himself that it is over.
    private void enqueue(Unit<?> unit) throws InterruptedException {
        while (!queue.offer(Optional.of(unit), FULL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (ended) {
                throw stopped();
            }
        }
        if (ended) {
            unit.fail(stopped());
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            while (!ended && !queue.offer(Optional.empty(), FULL_MILLIS, TimeUnit.MILLISECONDS)) {
                // the writer is busy with a full queue
            }
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readers.close();
    }

    private static Refusal stopped() {
        return Refusal.unavailable("stopping", "this server is stopping");
    }

    private void writeLoop() {
        var taken = new ArrayList<Optional<Unit<?>>>();
        try (Handle handle = writing.open()) {
            do {
                taken.clear();
                taken.add(queue.take());
                queue.drainTo(taken, MAX_GROUP - 1);
                var group = new ArrayList<Unit<?>>();
                taken.forEach(unit -> unit.ifPresent(group::add));
                commit(handle, group);
            } while (!taken.contains(Optional.<Unit<?>>empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closing = true;
            ended = true;
            queue.drainTo(taken);
            taken.forEach(unit -> unit.ifPresent(u -> u.fail(stopped())));
        }
    }

    private void commit(Handle handle, List<Unit<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            handle.begin();
            for (var unit : group) {
                unit.run(handle);
            }
            handle.commit();
        } catch (
                RuntimeException e) { // the store's edge: whoever waits is told, the writer goes on
            log.atError().setCause(e).addKeyValue("units", group.size()).log("commit failed");
            rollback(handle);
            group.forEach(unit -> unit.fail(e));
            return;
        }
        group.forEach(Unit::committed);
    }

    private static void rollback(Handle handle) {
        try {
            handle.rollback();
        } catch (
                RuntimeException
                        e) { // nothing is left to undo; the next begin shows whether it works
            log.atWarn().setCause(e).log("rollback failed");
        }
    }

    /// One caller's work, its own savepoint inside the group's transaction.
    private static final class Unit<T> {
        private static final String SAVEPOINT = "unit";
        private final Function<Tx, T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private Runnable outcome = () -> {};

        Unit(Function<Tx, T> work) {
            this.work = work;
        }

        void run(Handle handle) {
            var tx = new SqlTx(handle);
            handle.savepoint(SAVEPOINT);
            try {
                T value = work.apply(tx);
                handle.releaseSavepoint(SAVEPOINT);
                outcome =
                        () -> {
                            tx.committed();
                            done.complete(value);
                        };
            } catch (RuntimeException | Error e) { // undone alone; told after the commit
                handle.rollbackToSavepoint(SAVEPOINT); // which also forgets the savepoint
                outcome = () -> done.completeExceptionally(e);
            }
        }

        void committed() {
            outcome.run();
        }

        void fail(RuntimeException e) {
            done.completeExceptionally(e);
        }
    }
}
