package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Flapping;
import aramaki.model.observation.Observation;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.observation.Latest;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Stretch;
import aramaki.server.observation.Trail;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/// Observations: the latest of each, all of them, spool positions, refusals and hops.
public final class SqlObservationStore implements ObservationStore {
    private static final String LATEST =
            """
            system, entity, check_name, state, last_state, because, since_ms, seen_ms, bad_in_a_row,
            output, metrics, observation_id, agent_id, last_ok_ms, flap_bits, flapping,
            stretch_state, stretch_flapping, stretch_from_ms, stretch_until_ms
            """;
    static final String RECORDED =
            """
            id, system, entity, check_name, state, output, metrics, agent_id, epoch, seq, due_ms,
            started_ms, finished_ms, spooled_ms, sent_ms, committed_ms
            """;

    @Override
    public Optional<Latest> latest(Tx tx, CheckKey key) {
        return bind(
                        handle(tx)
                                .createQuery(
                                        "select "
                                                + LATEST
                                                + """
                                                 from latest where system = :system
                                                    and entity = :entity and check_name = :check
                                                """),
                        key)
                .map(SqlObservationStore::toLatest)
                .findOne();
    }

    @Override
    public Optional<Latest> forgetOutput(Tx tx, long number) {
        handle(tx)
                .createUpdate("update observation set output = '' where id = :id")
                .bind("id", number)
                .execute();
        handle(tx)
                .createUpdate("update latest set output = '' where observation_id = :id")
                .bind("id", number)
                .execute();
        return handle(tx)
                .createQuery("select " + LATEST + " from latest where observation_id = :id")
                .bind("id", number)
                .map(SqlObservationStore::toLatest)
                .findFirst();
    }

    @Override
    public List<Latest> latestOf(
            Tx tx, SystemName system, EntityName entity, Collection<CheckName> checks) {
        if (checks.isEmpty()) {
            return List.of();
        }
        return handle(tx)
                .createQuery(
                        "select "
                                + LATEST
                                + """
                                 from latest where system = :system and entity = :entity
                                    and check_name in (<checks>)
                                """)
                .bind("system", system.value())
                .bind("entity", entity.value())
                .bindList("checks", checks.stream().map(CheckName::value).toList())
                .map(SqlObservationStore::toLatest)
                .list();
    }

    @Override
    public List<Latest> allLatest(Tx tx) {
        return handle(tx)
                .createQuery("select " + LATEST + " from latest")
                .map(SqlObservationStore::toLatest)
                .list();
    }

    @Override
    public void saveLatest(Tx tx, List<Latest> changed) {
        if (changed.isEmpty()) {
            return;
        }
        var batch =
                handle(tx)
                        .prepareBatch(
                                """
                                insert into latest (system, entity, check_name, state, last_state,
                                    because, since_ms, seen_ms, bad_in_a_row, output, metrics,
                                    observation_id, agent_id, last_ok_ms, flap_bits, flapping,
                                    stretch_state, stretch_flapping, stretch_from_ms,
                                    stretch_until_ms)
                                values (:system, :entity, :check, :state, :last, :because, :since,
                                    :seen, :bad, :output, :metrics, :observation, :agent, :ok,
                                    :bits, :flapping, :sState, :sFlapping, :sFrom, :sUntil)
                                on conflict (system, entity, check_name) do update set
                                    state = excluded.state, last_state = excluded.last_state,
                                    because = excluded.because, since_ms = excluded.since_ms,
                                    seen_ms = excluded.seen_ms,
                                    bad_in_a_row = excluded.bad_in_a_row,
                                    output = excluded.output, metrics = excluded.metrics,
                                    observation_id = excluded.observation_id,
                                    agent_id = excluded.agent_id,
                                    last_ok_ms = excluded.last_ok_ms,
                                    flap_bits = excluded.flap_bits, flapping = excluded.flapping,
                                    stretch_state = excluded.stretch_state,
                                    stretch_flapping = excluded.stretch_flapping,
                                    stretch_from_ms = excluded.stretch_from_ms,
                                    stretch_until_ms = excluded.stretch_until_ms
                                """);
        for (var one : changed) {
            bind(batch, one.key())
                    .bind("state", one.state().word())
                    .bind("last", one.lastState().word())
                    .bind("because", one.because().map(StaleBecause::word).orElse(""))
                    .bind("since", one.since().toEpochMilli())
                    .bind("seen", one.seenAt().toEpochMilli())
                    .bind("bad", one.badInARow())
                    .bind("output", one.output())
                    .bind("metrics", Columns.metrics(one.metrics()))
                    .bind("observation", one.observation())
                    .bind("agent", one.agent());
            bind(batch, one.trail()).add();
        }
        batch.execute();
    }

    private static PreparedBatch bind(PreparedBatch batch, Trail trail) {
        var stretch = trail.stretch();
        return batch.bind("ok", trail.lastOk().map(Instant::toEpochMilli).orElse(0L))
                .bind("bits", trail.flapping().changes())
                .bind("flapping", trail.flapping().now() ? 1 : 0)
                .bind("sState", stretch.state().word())
                .bind("sFlapping", stretch.flapping() ? 1 : 0)
                .bind("sFrom", stretch.from().toEpochMilli())
                .bind("sUntil", stretch.until().toEpochMilli());
    }

    @Override
    public void forgetLatest(Tx tx, CheckKey key) {
        bind(
                        handle(tx)
                                .createUpdate(
                                        """
                                        delete from latest where system = :system
                                            and entity = :entity and check_name = :check
                                        """),
                        key)
                .execute();
    }

    @Override
    public void insert(Tx tx, List<Recorded> observations) {
        if (observations.isEmpty()) {
            return;
        }
        var batch =
                handle(tx)
                        .prepareBatch(
                                """
                                insert into observation (id, system, entity, check_name, state, output,
                                    metrics, agent_id, epoch, seq, due_ms, started_ms, finished_ms,
                                    spooled_ms, sent_ms, committed_ms)
                                values (:id, :system, :entity, :check, :state, :output,
                                    :metrics, :agent, :epoch, :seq, :due, :started, :finished,
                                    :spooled, :sent, :committed)
                                """);
        for (var one : observations) {
            var seen = one.observation();
            bind(batch, seen.key())
                    .bind("id", one.number())
                    .bind("state", seen.state().word())
                    .bind("output", seen.output())
                    .bind("metrics", Columns.metrics(seen.metrics()))
                    .bind("agent", one.agent())
                    .bind("epoch", one.epoch())
                    .bind("seq", one.seq())
                    .bind("due", seen.due().toEpochMilli())
                    .bind("started", seen.started().toEpochMilli())
                    .bind("finished", seen.finished().toEpochMilli())
                    .bind("spooled", one.spooled().toEpochMilli())
                    .bind("sent", one.sent().toEpochMilli())
                    .bind("committed", one.committed().toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    @Override
    public long lastNumber(Tx tx) {
        return handle(tx)
                .createQuery("select coalesce(max(id), 0) from observation")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Optional<Recorded> find(Tx tx, long number) {
        return handle(tx)
                .createQuery("select " + RECORDED + " from observation where id = :id")
                .bind("id", number)
                .map(SqlObservationStore::toRecorded)
                .findOne();
    }

    @Override
    public List<Recorded> history(
            Tx tx,
            SystemName system,
            CheckName check,
            Optional<EntityName> entity,
            long before,
            int limit) {
        var query =
                handle(tx)
                        .createQuery(
                                "select "
                                        + RECORDED
                                        + " from observation where system = :system"
                                        + " and check_name = :check and id < :before"
                                        + (entity.isPresent() ? " and entity = :entity" : "")
                                        + " order by id desc limit :limit")
                        .bind("system", system.value())
                        .bind("check", check.value())
                        .bind("before", before)
                        .bind("limit", limit);
        entity.ifPresent(e -> query.bind("entity", e.value()));
        return query.map(SqlObservationStore::toRecorded).list();
    }

    @Override
    public List<Recorded> after(Tx tx, long after, int limit) {
        return handle(tx)
                .createQuery(
                        "select "
                                + RECORDED
                                + " from observation where id > :after order by id limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(SqlObservationStore::toRecorded)
                .list();
    }

    @Override
    public int prune(Tx tx, Instant committedBefore, int limit) {
        int deleted =
                handle(tx)
                        .createUpdate(
                                """
                                delete from observation where id in (
                                    select id from observation where committed_ms < :before
                                        and id < (select max(id) from observation)
                                    order by committed_ms limit :limit)
                                """)
                        .bind("before", committedBefore.toEpochMilli())
                        .bind("limit", limit)
                        .execute();
        handle(tx)
                .createUpdate(
                        """
                        delete from hop
                        where observation_id < (select min(id) from observation)
                        """)
                .execute();
        handle(tx)
                .createUpdate(
                        """
                        delete from refused_result where id in (
                            select id from refused_result where at_ms < :before
                            order by id limit :limit)
                        """)
                .bind("before", committedBefore.toEpochMilli())
                .bind("limit", limit)
                .execute();
        return deleted;
    }

    @Override
    public Optional<Long> position(Tx tx, String agent, String epoch) {
        return handle(tx)
                .createQuery(
                        "select seq from spool_position where agent_id = :agent and epoch = :epoch")
                .bind("agent", agent)
                .bind("epoch", epoch)
                .mapTo(Long.class)
                .findOne();
    }

    @Override
    public void savePosition(Tx tx, String agent, String epoch, long seq) {
        handle(tx)
                .createUpdate(
                        """
                        insert into spool_position (agent_id, epoch, seq) values (:agent, :epoch, :seq)
                        on conflict (agent_id, epoch) do update set seq = excluded.seq
                        """)
                .bind("agent", agent)
                .bind("epoch", epoch)
                .bind("seq", seq)
                .execute();
    }

    @Override
    public void refuse(Tx tx, Refused refused) {
        handle(tx)
                .createUpdate(
                        """
                        insert into refused_result (agent_id, epoch, seq, at_ms, reason, result)
                        values (:agent, :epoch, :seq, :at, :reason, :result)
                        """)
                .bind("agent", refused.agent())
                .bind("epoch", refused.epoch())
                .bind("seq", refused.seq())
                .bind("at", refused.at().toEpochMilli())
                .bind("reason", refused.reason())
                .bind("result", refused.result())
                .execute();
    }

    @Override
    public List<Refused> refusals(Tx tx, String agent, int limit) {
        return handle(tx)
                .createQuery(
                        """
                        select agent_id, epoch, seq, at_ms, reason, result from refused_result
                        where agent_id = :agent order by id desc limit :limit
                        """)
                .bind("agent", agent)
                .bind("limit", limit)
                .map((rs, _) -> toRefused(rs))
                .list();
    }

    @Override
    public List<NumberedRefusal> refusalsAfter(Tx tx, long after, int limit) {
        return handle(tx)
                .createQuery(
                        """
                        select id, agent_id, epoch, seq, at_ms, reason, result from refused_result
                        where id > :after order by id limit :limit
                        """)
                .bind("after", after)
                .bind("limit", limit)
                .map((rs, _) -> new NumberedRefusal(rs.getLong("id"), toRefused(rs)))
                .list();
    }

    private static Refused toRefused(ResultSet rs) throws SQLException {
        return new Refused(
                rs.getString("agent_id"),
                rs.getString("epoch"),
                rs.getLong("seq"),
                Instant.ofEpochMilli(rs.getLong("at_ms")),
                rs.getString("reason"),
                rs.getString("result"));
    }

    @Override
    public long countRefusals(Tx tx, String agent) {
        return handle(tx)
                .createQuery("select count(*) from refused_result where agent_id = :agent")
                .bind("agent", agent)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void saveEventHop(Tx tx, long observation, Hash event, Instant at) {
        handle(tx)
                .createUpdate(
                        """
                        insert into hop (observation_id, event_hash, event_ms, alert_ms, page_ms)
                        values (:observation, :hash, :at, 0, 0)
                        """)
                .bind("observation", observation)
                .bind("hash", event.hex())
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public void saveAlertHop(Tx tx, long observation, Instant at) {
        saveHop(tx, "alert_ms", observation, at);
    }

    @Override
    public void savePageHop(Tx tx, long observation, Instant at) {
        saveHop(tx, "page_ms", observation, at);
    }

    private static void saveHop(Tx tx, String column, long observation, Instant at) {
        handle(tx)
                .createUpdate(
                        "update hop set "
                                + column
                                + " = :at where observation_id = :observation and "
                                + column
                                + " = 0")
                .bind("at", at.toEpochMilli())
                .bind("observation", observation)
                .execute();
    }

    @Override
    public Optional<Hops> hops(Tx tx, long observation) {
        return handle(tx)
                .createQuery(
                        """
                        select event_hash, event_ms, alert_ms, page_ms from hop
                        where observation_id = :observation
                        """)
                .bind("observation", observation)
                .map(
                        (rs, _) ->
                                new Hops(
                                        new Hash(rs.getString("event_hash")),
                                        Instant.ofEpochMilli(rs.getLong("event_ms")),
                                        Columns.instant(rs.getLong("alert_ms")),
                                        Columns.instant(rs.getLong("page_ms"))))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, CheckKey key) {
        return statement
                .bind("system", key.system().value())
                .bind("entity", key.entity().value())
                .bind("check", key.check().value());
    }

    private static CheckKey key(ResultSet rs) throws SQLException {
        return CheckKey.of(
                rs.getString("system"), rs.getString("entity"), rs.getString("check_name"));
    }

    private static Latest toLatest(ResultSet rs, StatementContext context) throws SQLException {
        String because = rs.getString("because");
        return new Latest(
                key(rs),
                State.ofWord(rs.getString("state")),
                State.ofWord(rs.getString("last_state")),
                because.isEmpty()
                        ? Optional.empty()
                        : Optional.of(StaleBecause.valueOf(because.toUpperCase(Locale.ROOT))),
                Instant.ofEpochMilli(rs.getLong("since_ms")),
                Instant.ofEpochMilli(rs.getLong("seen_ms")),
                rs.getInt("bad_in_a_row"),
                rs.getString("output"),
                new MetricsColumn(rs.getString("metrics")),
                rs.getLong("observation_id"),
                rs.getString("agent_id"),
                toTrail(rs));
    }

    /// A row from before trails were kept begins its own.
    private static Trail toTrail(ResultSet rs) throws SQLException {
        String state = rs.getString("stretch_state");
        var stretch =
                state.isEmpty()
                        ? new Stretch(
                                State.ofWord(rs.getString("last_state")),
                                false,
                                Instant.ofEpochMilli(
                                        Math.min(rs.getLong("since_ms"), rs.getLong("seen_ms"))),
                                Instant.ofEpochMilli(rs.getLong("seen_ms")))
                        : new Stretch(
                                State.ofWord(state),
                                rs.getInt("stretch_flapping") == 1,
                                Instant.ofEpochMilli(rs.getLong("stretch_from_ms")),
                                Instant.ofEpochMilli(rs.getLong("stretch_until_ms")));
        return new Trail(
                Columns.instant(rs.getLong("last_ok_ms")),
                new Flapping(rs.getInt("flap_bits"), rs.getInt("flapping") == 1),
                stretch);
    }

    static Recorded toRecorded(ResultSet rs, StatementContext context) throws SQLException {
        return new Recorded(
                rs.getLong("id"),
                new Observation(
                        key(rs),
                        State.ofWord(rs.getString("state")),
                        rs.getString("output"),
                        Columns.metrics(rs.getString("metrics")),
                        Instant.ofEpochMilli(rs.getLong("due_ms")),
                        Instant.ofEpochMilli(rs.getLong("started_ms")),
                        Instant.ofEpochMilli(rs.getLong("finished_ms"))),
                rs.getString("agent_id"),
                rs.getString("epoch"),
                rs.getLong("seq"),
                Instant.ofEpochMilli(rs.getLong("spooled_ms")),
                Instant.ofEpochMilli(rs.getLong("sent_ms")),
                Instant.ofEpochMilli(rs.getLong("committed_ms")));
    }
}
