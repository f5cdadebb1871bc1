package aramaki.server.sql;

import aramaki.model.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one connection that writes to PostgreSQL. Two things keep it the only one:
///
/// - a *lock* of its session, which tells a second server at once that it is too late;
/// - a *row* that names the writer and counts its commits, and that every transaction changes
///   first. It also tells, after a connection broke during a commit, whether that commit was made,
///   and whether the database is the one that we left: no other server has written meanwhile, and
///   no older copy was brought back.
final class PostgresWriting implements Writing {
    private static final Logger log = LoggerFactory.getLogger(PostgresWriting.class);
    /// "aram", "aki" in ASCII; locks are kept per database.
    private static final int LOCK_CLASS = 0x6172616d;

    private static final int LOCK = 0x616b69;
    private static final String HOLDERS =
            """
             from pg_locks left join pg_stat_activity using (pid)
            where granted and locktype = 'advisory' and objsubid = 2 and classid = %d and objid = %d
                and database = (select oid from pg_database where datname = current_database())
            """
                    .formatted(LOCK_CLASS, LOCK);
    private static final int VALID_SECONDS = 3;
    private static final long END_MILLIS = 3000;
    /// After an attempt that failed, the next one is made no sooner.
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private static final String LOCALE =
            "create database NAME owner ROLE template template0 encoding 'UTF8' locale 'C'";

    private final Jdbi jdbi;
    private final String place;
    private @Nullable Handle current;
    private String writer = "";
    /// How many commits are known to be durable.
    private long known;
    /// How many there are when the transaction that was marked last is durable too.
    private long marked;
    private long failedAt;
    private @Nullable Refusal failure;

    PostgresWriting(Jdbi jdbi, String place) {
        this.jdbi = jdbi;
        this.place = place;
    }

    /// Connects for the first time, takes the lock, and looks whether the database will do.
    void take() {
        var handle = connect();
        var wrong = unfit(handle);
        if (wrong.isPresent()) {
            throw Refusal.invalid("unfit-store", place + " " + wrong.get());
        }
    }

    /// From now on we are the writer, under a name that nobody has had before.
    void begin(String name) {
        var handle = current;
        if (handle == null) {
            throw new IllegalStateException("not taken");
        }
        handle.createUpdate(
                        """
                        insert into store_writer (id, writer, commits) values (1, :writer, 0)
                        on conflict (id) do update set writer = excluded.writer, commits = 0
                        """)
                .bind("writer", name)
                .execute();
        writer = name;
    }

    private static Optional<String> unfit(Handle handle) {
        String encoding = show(handle, "server_encoding");
        if (!encoding.equals("UTF8")) {
            return Optional.of("has the encoding " + encoding + "; make it with: " + LOCALE);
        }
        String order =
                handle.createQuery(
                                """
                                select datcollate from pg_database
                                where datname = current_database()
                                """)
                        .mapTo(String.class)
                        .one();
        if (!order.matches("C|POSIX|C\\.UTF-?8|C\\.utf8")) {
            return Optional.of(
                    "sorts text by "
                            + order
                            + ", and lists would be out of order; make it with: "
                            + LOCALE);
        }
        if (show(handle, "fsync").equals("off")) {
            return Optional.of(
                    "runs with fsync = off, so a power cut would lose what was confirmed; switch it"
                            + " on");
        }
        if (show(handle, "transaction_read_only").equals("on")) {
            return Optional.of("takes no writes: it is read-only, or a copy that follows another");
        }
        return Optional.empty();
    }

    private static String show(Handle handle, String setting) {
        return handle.createQuery("select current_setting(:setting)")
                .bind("setting", setting)
                .mapTo(String.class)
                .one();
    }

    @Override
    public Handle ready() {
        var handle = current;
        if (handle != null) {
            return handle;
        }
        if (failure != null && System.nanoTime() - failedAt < BETWEEN_ATTEMPTS.toNanos()) {
            throw failure;
        }
        try {
            handle = connect();
            compare(handle);
            failure = null;
            log.atInfo().log("the database is back");
            return handle;
        } catch (RuntimeException e) {
            drop();
            failure = PostgresTrouble.told(e) instanceof Refusal refusal ? refusal : gone(e);
            failedAt = System.nanoTime();
            throw failure;
        }
    }

    /// Whatever the reason, such as a password that was changed: the log has it, callers wait.
    private static Refusal gone(RuntimeException e) {
        log.atError().setCause(e).log("no connection to the database");
        return PostgresTrouble.gone();
    }

    /// A connection that has the lock and confirms nothing that is not on disk.
    private Handle connect() {
        var handle = jdbi.open();
        current = handle;
        lock(handle);
        if (show(handle, "synchronous_commit").equals("off")) {
            handle.execute("set synchronous_commit = on");
        }
        return handle;
    }

    private void lock(Handle handle) {
        if (tryLock(handle)) {
            return;
        }
        endOwnSession(handle);
        if (!tryLock(handle)) {
            throw Refusal.unavailable(
                    PostgresTrouble.TAKEN,
                    place
                            + " is in use by another server, "
                            + holder(handle)
                            + ": stop that one first, or use another database");
        }
    }

    private static boolean tryLock(Handle handle) {
        return handle.createQuery("select pg_try_advisory_lock(:class, :lock)")
                .bind("class", LOCK_CLASS)
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    /// The session we lost may be there still, for it does not know that we are gone. Once the lock
    /// is free that session has ended, and its last commit is made or never will be.
    private static void endOwnSession(Handle handle) {
        handle.createQuery(
                        "select pg_terminate_backend(pid, :millis)"
                                + HOLDERS
                                + " and application_name = current_setting('application_name')")
                .bind("millis", END_MILLIS)
                .mapTo(Boolean.class)
                .list();
    }

    private static String holder(Handle handle) {
        return handle.createQuery(
                        """
                        select coalesce(nullif(application_name, ''), 'a program without a name')
                            || coalesce(' at ' || host(client_addr), '')
                            || ', database process ' || pid
                            || coalesce(', since ' || to_char(backend_start at time zone 'UTC',
                                'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')
                        """
                                + HOLDERS)
                .mapTo(String.class)
                .findFirst()
                .orElse("which has just let go of it");
    }

    /// What the database says of the transaction that was marked last.
    private void compare(Handle handle) {
        var commits =
                handle.createQuery("select commits from store_writer where writer = :writer")
                        .bind("writer", writer)
                        .mapTo(Long.class)
                        .findOne();
        if (commits.isEmpty() || (commits.get() != known && commits.get() != marked)) {
            throw notOurs();
        }
        known = commits.get();
    }

    /// What we remember is not what is there: going on would mix two histories.
    private Refusal notOurs() {
        return Refusal.unavailable(
                PostgresTrouble.TAKEN,
                place
                        + " is not as this server left it: another server has written to it, or an"
                        + " older copy was brought back. This one writes nothing any more; stop it,"
                        + " and start it again if it is the right one");
    }

    @Override
    public void mark(Handle handle) {
        marked = known + 1;
        int changed =
                handle.createUpdate(
                                """
                                update store_writer set commits = :marked
                                where writer = :writer and commits = :known
                                """)
                        .bind("marked", marked)
                        .bind("writer", writer)
                        .bind("known", known)
                        .execute();
        if (changed != 1) {
            throw notOurs();
        }
    }

    @Override
    public void committed() {
        known = marked;
    }

    @Override
    public boolean kept() {
        return known == marked;
    }

    @Override
    public boolean lost(Handle handle) {
        try {
            if (handle.getConnection().isValid(VALID_SECONDS)) {
                return false;
            }
        } catch (SQLException e) { // only for a negative number of seconds
            throw new IllegalStateException(e);
        }
        drop();
        return true;
    }

    @Override
    public RuntimeException told(RuntimeException e) {
        return PostgresTrouble.told(e);
    }

    @Override
    public void tend() {
        var handle = current;
        if (handle == null || lost(handle)) {
            ready();
        }
    }

    private void drop() {
        var handle = current;
        current = null;
        if (handle == null) {
            return;
        }
        try {
            handle.close();
        } catch (JdbiException e) { // it is gone already
            log.atDebug().setCause(e).log("closing a lost connection");
        }
    }

    @Override
    public void close() {
        drop();
    }
}
