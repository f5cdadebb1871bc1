package aramaki.server.sql;

import aramaki.model.Refusal;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One writer thread that commits what has queued up together; readers from a bounded pool. A write
/// returns only after its commit, so what was answered is durable.
///
/// Where the connection breaks during a commit, nobody knows whether it was made. Its units are
/// kept until the database says so, before anything else is written; then they end as they would
/// have, so that memory which follows the store is right again. Who waits that long is told of the
/// doubt.
public final class SqlStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(SqlStore.class);
    private static final int QUEUE = 1024;
    private static final int MAX_GROUP = 256;
    private static final long FULL_MILLIS = 100;
    private static final long IDLE_MILLIS = 1000;
    private static final Duration STUCK = Duration.ofSeconds(5);
    /// Callers are held back this long while it is found out whether their units were kept.
    private static final Duration DOUBT = Duration.ofSeconds(5);

    private final HikariDataSource readers;
    private final Jdbi reading;
    private final Writing writing;
    /// Units in the order of arrival; an empty entry says stop.
    private final BlockingQueue<Optional<Unit<?>>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer;
    private volatile boolean closing;
    /// The writer takes nothing any more; set before it empties the queue for the last time.
    private volatile boolean ended;
    /// Units whose commit nobody knows about yet.
    private List<Unit<?>> inDoubt = List.of();
    private volatile Optional<Refusal> trouble = Optional.empty();
    /// When the writer began what it does now; 0 while it waits.
    private volatile long busySince;

    SqlStore(HikariDataSource readers, SqlDialect dialect, Writing writing) {
        this.readers = readers;
        this.reading = dialect.set(Jdbi.create(readers));
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
        } catch (JdbiException e) {
            throw writing.told(e);
        }
    }

    /// Nothing was written, so nothing is lost where this fails: SQLite has ended the transaction
    /// itself where it met a damaged page, and PostgreSQL may be gone. What the work met counts.
    private static void end(Handle handle) {
        try {
            handle.rollback();
        } catch (JdbiException e) {
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
    public Optional<Refusal> trouble() {
        long since = busySince;
        boolean stuck = since != 0 && System.nanoTime() - since > STUCK.toNanos();
        return trouble.or(() -> stuck ? Optional.of(PostgresTrouble.slow()) : Optional.empty());
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
        try (writing) {
            do {
                taken.clear();
                var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    taken.add(first);
                    queue.drainTo(taken, MAX_GROUP - 1);
                }
                var group = new ArrayList<Unit<?>>();
                taken.forEach(unit -> unit.ifPresent(group::add));
                busySince = System.nanoTime();
                if (first == null) {
                    tend();
                } else {
                    commit(group);
                }
                busySince = 0;
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

    /// Finds out by itself that the database is gone, and that it is back.
    private void tend() {
        try {
            writing.tend();
            if (trouble.isPresent()) {
                commit(List.of(new Unit<>(_ -> true)));
            }
        } catch (RuntimeException e) {
            troubled(e);
        }
    }

    private void commit(List<Unit<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        Handle handle;
        try {
            handle = ready();
        } catch (RuntimeException e) { // the store's edge: whoever waits is told
            fail(group, e);
            return;
        }
        try {
            handle.begin();
            writing.mark(handle);
            for (var unit : group) {
                unit.run(handle, writing);
            }
        } catch (RuntimeException e) {
            if (!writing.lost(handle)) {
                rollback(handle);
            }
            fail(group, e);
            return;
        }
        try {
            handle.commit();
            writing.committed();
        } catch (RuntimeException e) {
            if (writing.lost(handle)) {
                inDoubt = group;
                log.atWarn().setCause(e).addKeyValue("units", group.size()).log("commit in doubt");
                settle();
            } else {
                rollback(handle);
                fail(group, e);
            }
            return;
        }
        trouble = Optional.empty();
        group.forEach(Unit::committed);
    }

    /// A connection to write with, once it is known what became of the last commit.
    private Handle ready() {
        var handle = writing.ready();
        var units = inDoubt;
        if (!units.isEmpty()) {
            inDoubt = List.of();
            boolean kept = writing.kept();
            log.atInfo()
                    .addKeyValue("units", units.size())
                    .addKeyValue("kept", kept)
                    .log("commit found out");
            if (kept) {
                units.forEach(Unit::committed);
            } else {
                units.forEach(unit -> unit.fail(PostgresTrouble.gone()));
            }
        }
        return handle;
    }

    /// Tries for a while to find out; then whoever waits is told that it is not known.
    private void settle() {
        long begun = System.nanoTime();
        while (!inDoubt.isEmpty() && System.nanoTime() - begun < DOUBT.toNanos() && !closing) {
            try {
                ready();
            } catch (RuntimeException e) {
                troubled(e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FULL_MILLIS));
            }
        }
        inDoubt.forEach(unit -> unit.fail(PostgresTrouble.inDoubt()));
    }

    private void fail(List<Unit<?>> group, RuntimeException e) {
        troubled(e);
        var told = writing.told(e);
        group.forEach(unit -> unit.fail(told));
    }

    private void troubled(RuntimeException e) {
        var told =
                writing.told(e) instanceof Refusal refusal
                        ? refusal
                        : Refusal.unavailable(
                                "store-failed",
                                "the store takes no writes; the server's log says why");
        if (!trouble.map(Refusal::code).equals(Optional.of(told.code()))) {
            log.atError().setCause(e).addKeyValue("code", told.code()).log("writing failed");
        }
        trouble = Optional.of(told);
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

        void run(Handle handle, Writing writing) {
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
                undo(handle, e);
                var told = e instanceof RuntimeException failure ? writing.told(failure) : e;
                outcome = () -> done.completeExceptionally(told);
            }
        }

        /// A full disk makes SQLite undo the whole transaction by itself; then there is no
        /// savepoint any more, and what went wrong is why, for the whole group.
        private static void undo(Handle handle, Throwable why) {
            try {
                handle.rollbackToSavepoint(SAVEPOINT); // which also forgets the savepoint
            } catch (RuntimeException e) {
                why.addSuppressed(e);
                if (why instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
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
