package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.alert.Acknowledgement;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.Care;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.Firings;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/// Alerts, their episodes, and the cursors of consumers.
public final class SqlAlertStore implements AlertStore {
    private static final String COLUMNS =
            "system, entity, check_name, episode, firing, severity, since_ms, resolved_ms, output, flapping,"
                    + " owner, owner_name, ack_ms, ack_until_ms, ack_comment, reminded, act";

    @Override
    public Optional<Alert> alert(Tx tx, AlertKey key) {
        var query =
                handle(tx)
                        .createQuery(
                                "select "
                                        + COLUMNS
                                        + """
                                         from alert where system = :system and entity = :entity
                                            and check_name = :check
                                        """);
        return bind(query, key).map(SqlAlertStore::toAlert).findOne();
    }

    @Override
    public List<Alert> alerts(Tx tx, Which which, Optional<SystemName> system, int limit) {
        String state =
                switch (which) {
                    case FIRING -> "firing = 1";
                    case RESOLVED -> "firing = 0";
                    case ALL -> "1 = 1";
                };
        String where = state + (system.isPresent() ? " and system = :system" : "");
        var query =
                handle(tx)
                        .createQuery(
                                "select "
                                        + COLUMNS
                                        + " from alert where "
                                        + where
                                        + " order by firing desc,"
                                        + " case when resolved_ms > 0 then resolved_ms else since_ms"
                                        + " end desc, system, entity, check_name limit :limit")
                        .bind("limit", limit);
        system.ifPresent(s -> query.bind("system", s.value()));
        return query.map(SqlAlertStore::toAlert).list();
    }

    @Override
    public long countFiring(Tx tx) {
        return handle(tx)
                .createQuery("select count(*) from alert where firing = 1")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long countUnacknowledged(Tx tx) {
        return handle(tx)
                .createQuery("select count(*) from alert where firing = 1 and ack_ms = 0")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<Alert> acknowledgedUntil(Tx tx, Instant before, int limit) {
        return handle(tx)
                .createQuery(
                        "select "
                                + COLUMNS
                                + """
                                 from alert
                                where ack_until_ms > 0 and ack_until_ms < :before and firing = 1
                                order by ack_until_ms, system, entity, check_name limit :limit
                                """)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .map(SqlAlertStore::toAlert)
                .list();
    }

    @Override
    public Set<AlertKey> firedBetween(Tx tx, Instant from, Instant to) {
        return handle(tx)
                .createQuery(
                        """
                        select distinct system, entity, check_name from episode
                        where since_ms < :to and (resolved_ms = 0 or resolved_ms >= :from)
                        """)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .map((rs, _) -> key(rs))
                .set();
    }

    @Override
    public void saveAct(Tx tx, String act, Hash event) {
        handle(tx)
                .createUpdate("insert into alert_act (event_hash, act) values (:event, :act)")
                .bind("event", event.hex())
                .bind("act", act)
                .execute();
    }

    @Override
    public List<Hash> eventsOfAct(Tx tx, String act) {
        return handle(tx)
                .createQuery(
                        "select event_hash from alert_act where act = :act order by event_hash")
                .bind("act", act)
                .map((rs, _) -> new Hash(rs.getString("event_hash")))
                .list();
    }

    @Override
    public void save(Tx tx, Alert alert) {
        var care = alert.care();
        var acknowledged = care.acknowledged();
        long resolved =
                alert.state() instanceof AlertState.Resolved(var at) ? at.toEpochMilli() : 0;
        bind(
                        handle(tx)
                                .createUpdate(
                                        """
                                        insert into alert (system, entity, check_name, episode, firing,
                                            severity, since_ms, resolved_ms, output, flapping,
                                            owner, owner_name, ack_ms, ack_until_ms, ack_comment,
                                            reminded, act)
                                        values (:system, :entity, :check, :episode, :firing,
                                            :severity, :since, :resolved, :output, :flapping,
                                            :owner, :ownerName, :ack, :ackUntil, :ackComment,
                                            :reminded, :act)
                                        on conflict (system, entity, check_name) do update set
                                            episode = excluded.episode, firing = excluded.firing,
                                            severity = excluded.severity,
                                            since_ms = excluded.since_ms,
                                            resolved_ms = excluded.resolved_ms,
                                            output = excluded.output,
                                            flapping = excluded.flapping,
                                            owner = excluded.owner,
                                            owner_name = excluded.owner_name,
                                            ack_ms = excluded.ack_ms,
                                            ack_until_ms = excluded.ack_until_ms,
                                            ack_comment = excluded.ack_comment,
                                            reminded = excluded.reminded,
                                            act = excluded.act
                                        """),
                        alert.key())
                .bind("owner", care.owner())
                .bind("ownerName", care.name())
                .bind("ack", acknowledged.map(a -> a.at().toEpochMilli()).orElse(0L))
                .bind(
                        "ackUntil",
                        acknowledged
                                .flatMap(Acknowledgement::until)
                                .map(Instant::toEpochMilli)
                                .orElse(0L))
                .bind("ackComment", acknowledged.map(Acknowledgement::comment).orElse(""))
                .bind(
                        "reminded",
                        acknowledged.filter(Acknowledgement::reminded).isPresent() ? 1 : 0)
                .bind("act", care.act())
                .bind("episode", alert.episode().value())
                .bind("firing", alert.firing() ? 1 : 0)
                .bind("severity", alert.severity().word())
                .bind("since", alert.since().toEpochMilli())
                .bind("resolved", resolved)
                .bind("output", alert.output())
                .bind("flapping", alert.flapping() ? 1 : 0)
                .execute();
        bind(
                        handle(tx)
                                .createUpdate(
                                        """
                                        insert into episode (episode, system, entity, check_name,
                                            severity, since_ms, resolved_ms)
                                        values (:episode, :system, :entity, :check,
                                            :severity, :since, :resolved)
                                        on conflict (episode) do update set
                                            severity = excluded.severity,
                                            resolved_ms = excluded.resolved_ms
                                        """),
                        alert.key())
                .bind("episode", alert.episode().value())
                .bind("severity", alert.severity().word())
                .bind("since", alert.since().toEpochMilli())
                .bind("resolved", resolved)
                .execute();
    }

    @Override
    public List<Episode> episodes(Tx tx, AlertKey key, int limit) {
        return bind(
                        handle(tx)
                                .createQuery(
                                        """
                                        select episode, severity, since_ms, resolved_ms from episode
                                        where system = :system and entity = :entity
                                            and check_name = :check
                                        order by since_ms desc, episode limit :limit
                                        """),
                        key)
                .bind("limit", limit)
                .map(
                        (rs, _) ->
                                new Episode(
                                        new EpisodeId(rs.getString("episode")),
                                        State.ofWord(rs.getString("severity")),
                                        Instant.ofEpochMilli(rs.getLong("since_ms")),
                                        Columns.instant(rs.getLong("resolved_ms"))))
                .list();
    }

    @Override
    public Map<AlertKey, Firings> firings(Tx tx, Collection<AlertKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var wanted = List.copyOf(keys);
        String rows =
                IntStream.range(0, wanted.size())
                        .mapToObj(i -> "(:s" + i + ", :e" + i + ", :c" + i + ")")
                        .collect(Collectors.joining(", "));
        var query =
                handle(tx)
                        .createQuery(
                                """
                                select system, entity, check_name, first_ms, last_ok_ms, total,
                                    fired, lasted, hours
                                from alert_history
                                where (system, entity, check_name) in (values """
                                        + rows
                                        + ")");
        for (int i = 0; i < wanted.size(); i++) {
            var about = wanted.get(i).about();
            query.bind("s" + i, about.system().value())
                    .bind("e" + i, about.entity().value())
                    .bind("c" + i, about.check().value());
        }
        var found = new HashMap<AlertKey, Firings>();
        query.map((rs, _) -> Map.entry(key(rs), toFirings(rs)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    @Override
    public void saveFirings(Tx tx, AlertKey key, Firings firings) {
        bind(
                        handle(tx)
                                .createUpdate(
                                        """
                                        insert into alert_history (system, entity, check_name,
                                            first_ms, last_ok_ms, total, fired, lasted, hours)
                                        values (:system, :entity, :check, :first, :ok, :total,
                                            :fired, :lasted, :hours)
                                        on conflict (system, entity, check_name) do update set
                                            first_ms = excluded.first_ms,
                                            last_ok_ms = excluded.last_ok_ms,
                                            total = excluded.total, fired = excluded.fired,
                                            lasted = excluded.lasted, hours = excluded.hours
                                        """),
                        key)
                .bind("first", firings.first().toEpochMilli())
                .bind("ok", firings.lastOk().map(Instant::toEpochMilli).orElse(0L))
                .bind("total", firings.total())
                .bind("fired", Columns.counts(firings.hours()))
                .bind("lasted", Columns.numbers(firings.lasted()))
                .bind("hours", Columns.numbers(firings.byHour()))
                .execute();
    }

    private static Firings toFirings(ResultSet rs) throws SQLException {
        return new Firings(
                Instant.ofEpochMilli(rs.getLong("first_ms")),
                Columns.instant(rs.getLong("last_ok_ms")),
                rs.getInt("total"),
                Columns.counts(rs.getString("fired")),
                Columns.numbers(rs.getString("lasted")),
                Columns.numbers(rs.getString("hours")).stream().map(Math::toIntExact).toList());
    }

    @Override
    public long cursor(Tx tx, String consumer) {
        return handle(tx)
                .createQuery("select position from consumer where name = :name")
                .bind("name", consumer)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    @Override
    public void saveCursor(Tx tx, String consumer, long position) {
        handle(tx)
                .createUpdate(
                        """
                        insert into consumer (name, position) values (:name, :position)
                        on conflict (name) do update set position = excluded.position
                        """)
                .bind("name", consumer)
                .bind("position", position)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, AlertKey key) {
        return statement
                .bind("system", key.about().system().value())
                .bind("entity", key.about().entity().value())
                .bind("check", key.about().check().value());
    }

    private static Alert toAlert(ResultSet rs, StatementContext context) throws SQLException {
        var state =
                rs.getInt("firing") == 1
                        ? new AlertState.Firing()
                        : new AlertState.Resolved(Instant.ofEpochMilli(rs.getLong("resolved_ms")));
        return new Alert(
                key(rs),
                new EpisodeId(rs.getString("episode")),
                state,
                State.ofWord(rs.getString("severity")),
                Instant.ofEpochMilli(rs.getLong("since_ms")),
                rs.getString("output"),
                rs.getInt("flapping") == 1,
                new Care(
                        rs.getString("owner"),
                        rs.getString("owner_name"),
                        acknowledgement(rs),
                        rs.getString("act")));
    }

    private static Optional<Acknowledgement> acknowledgement(ResultSet rs) throws SQLException {
        long at = rs.getLong("ack_ms");
        return at == 0
                ? Optional.empty()
                : Optional.of(
                        new Acknowledgement(
                                Instant.ofEpochMilli(at),
                                Columns.instant(rs.getLong("ack_until_ms")),
                                rs.getString("ack_comment"),
                                rs.getInt("reminded") == 1));
    }

    private static AlertKey key(ResultSet rs) throws SQLException {
        return new AlertKey(
                CheckKey.of(
                        rs.getString("system"),
                        rs.getString("entity"),
                        rs.getString("check_name")));
    }
}
