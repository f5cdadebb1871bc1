package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.observation.PastStore;
import aramaki.server.observation.Span;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/// The past of checks: spans, results by time, and the runs of this server.
public final class SqlPastStore implements PastStore {
    private static final String OF_KEY =
            " where system = :system and entity = :entity and check_name = :check";

    @Override
    public void insertSpans(Tx tx, List<Span> spans) {
        if (spans.isEmpty()) {
            return;
        }
        var batch =
                handle(tx)
                        .prepareBatch(
                                """
                                insert into span (system, entity, check_name, to_ms, from_ms, state,
                                    flapping)
                                values (:system, :entity, :check, :to, :from, :state, :flapping)
                                on conflict (system, entity, check_name, to_ms) do nothing
                                """);
        for (var span : spans) {
            bind(batch, span.key())
                    .bind("to", span.to().toEpochMilli())
                    .bind("from", span.from().toEpochMilli())
                    .bind("state", span.state().word())
                    .bind("flapping", span.flapping() ? 1 : 0)
                    .add();
        }
        batch.execute();
    }

    @Override
    public List<Span> spans(Tx tx, CheckKey key, Instant from, Instant to, int limit) {
        return bind(
                        handle(tx)
                                .createQuery(
                                        "select from_ms, to_ms, state, flapping from span"
                                                + OF_KEY
                                                + """
                                                 and to_ms > :from and from_ms < :to
                                                order by to_ms desc limit :limit
                                                """),
                        key)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .bind("limit", limit)
                .map(
                        (rs, _) ->
                                new Span(
                                        key,
                                        Instant.ofEpochMilli(rs.getLong("from_ms")),
                                        Instant.ofEpochMilli(rs.getLong("to_ms")),
                                        State.ofWord(rs.getString("state")),
                                        rs.getInt("flapping") == 1))
                .list();
    }

    @Override
    public int pruneSpans(Tx tx, Instant before, int limit) {
        return handle(tx)
                .createUpdate(
                        """
                        delete from span where (system, entity, check_name, to_ms) in (
                            select system, entity, check_name, to_ms from span
                            where to_ms < :before order by to_ms limit :limit)
                        """)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    @Override
    public List<Recorded> made(Tx tx, CheckKey key, Instant from, Instant to, int limit) {
        long last = firstNumberFrom(tx, key, to);
        return bind(
                        handle(tx)
                                .createQuery(
                                        "select "
                                                + SqlObservationStore.RECORDED
                                                + " from observation"
                                                + OF_KEY
                                                + """
                                                 and id >= :first and id < :last
                                                order by id desc limit :limit
                                                """),
                        key)
                .bind("first", firstNumberFrom(tx, key, from))
                .bind("last", last)
                .bind("limit", limit)
                .map(SqlObservationStore::toRecorded)
                .list();
    }

    @Override
    public Optional<Recorded> madeBy(Tx tx, CheckKey key, Instant at) {
        return bind(
                        handle(tx)
                                .createQuery(
                                        "select "
                                                + SqlObservationStore.RECORDED
                                                + " from observation"
                                                + OF_KEY
                                                + " and id < :last order by id desc limit 1"),
                        key)
                .bind("last", firstNumberFrom(tx, key, at.plusMillis(1)))
                .map(SqlObservationStore::toRecorded)
                .findOne();
    }

    /// The number of the first result made at or after a moment; one more than the last when there
    /// is none. Results of one check are numbered in the order they were made, so halving finds it
    /// without an index of times, which every result would have to pay for.
    private static long firstNumberFrom(Tx tx, CheckKey key, Instant at) {
        long low = end(tx, key, "min").orElse(0L);
        long high = end(tx, key, "max").orElse(-1L) + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            var here = firstFrom(tx, key, middle);
            if (here.isEmpty() || here.get().madeAt() >= at.toEpochMilli()) {
                high = middle;
            } else {
                low = here.get().number() + 1;
            }
        }
        return low;
    }

    private static Optional<Long> end(Tx tx, CheckKey key, String which) {
        return bind(
                        handle(tx)
                                .createQuery("select " + which + "(id) from observation" + OF_KEY),
                        key)
                .mapTo(Long.class)
                .findOne();
    }

    /// A result by its number, and when it was made.
    private record Made(long number, long madeAt) {}

    private static Optional<Made> firstFrom(Tx tx, CheckKey key, long number) {
        return bind(
                        handle(tx)
                                .createQuery(
                                        "select id, finished_ms from observation"
                                                + OF_KEY
                                                + " and id >= :number order by id limit 1"),
                        key)
                .bind("number", number)
                .map((rs, _) -> new Made(rs.getLong("id"), rs.getLong("finished_ms")))
                .findOne();
    }

    @Override
    public long beginRun(Tx tx, Instant at) {
        handle(tx)
                .createUpdate(
                        "insert into server_run (started_ms, alive_ms) values (:started, :alive)")
                .bind("started", at.toEpochMilli())
                .bind("alive", at.toEpochMilli())
                .execute();
        return handle(tx).createQuery("select max(id) from server_run").mapTo(Long.class).one();
    }

    @Override
    public void alive(Tx tx, long run, Instant at) {
        handle(tx)
                .createUpdate("update server_run set alive_ms = :at where id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", run)
                .execute();
    }

    @Override
    public List<Run> runs(Tx tx, Instant from) {
        return handle(tx)
                .createQuery(
                        """
                        select started_ms, alive_ms from server_run
                        where id >= coalesce(
                            (select max(id) from server_run where alive_ms < :from), 0)
                        order by id
                        """)
                .bind("from", from.toEpochMilli())
                .map(
                        (rs, _) ->
                                new Run(
                                        Instant.ofEpochMilli(rs.getLong("started_ms")),
                                        Instant.ofEpochMilli(rs.getLong("alive_ms"))))
                .list();
    }

    @Override
    public void pruneRuns(Tx tx, Instant before) {
        handle(tx)
                .createUpdate("delete from server_run where alive_ms < :before")
                .bind("before", before.toEpochMilli())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, CheckKey key) {
        return statement
                .bind("system", key.system().value())
                .bind("entity", key.entity().value())
                .bind("check", key.check().value());
    }
}
