package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.observation.CheckKey;
import aramaki.server.observation.MetricStore;
import aramaki.server.observation.Tier;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/// Metrics over time: series, tiers, ranges.
public final class SqlMetricStore implements MetricStore {
    private static final String OF_KEY =
            " where system = :system and entity = :entity and check_name = :check";
    private static final String MEASURED =
            "select id, system, entity, check_name, finished_ms, metrics from observation";
    private static final String SERIES =
            "select id, system, entity, check_name, name, unit from series";

    @Override
    public List<Measured> measured(Tx tx, long after, int limit) {
        return handle(tx)
                .createQuery(MEASURED + " where id > :after order by id limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(SqlMetricStore::toMeasured)
                .list();
    }

    @Override
    public List<Measured> measured(Tx tx, CheckKey key, long after, int limit) {
        return bind(
                        handle(tx)
                                .createQuery(
                                        MEASURED
                                                + OF_KEY
                                                + " and id > :after order by id limit :limit"),
                        key)
                .bind("after", after)
                .bind("limit", limit)
                .map(SqlMetricStore::toMeasured)
                .list();
    }

    @Override
    public List<Series> allSeries(Tx tx) {
        return handle(tx).createQuery(SERIES).map(SqlMetricStore::toSeries).list();
    }

    @Override
    public List<Series> series(Tx tx, CheckKey key) {
        return bind(handle(tx).createQuery(SERIES + OF_KEY + " order by id"), key)
                .map(SqlMetricStore::toSeries)
                .list();
    }

    @Override
    public Series create(Tx tx, CheckKey key, String name, String unit) {
        bind(
                        handle(tx)
                                .createUpdate(
                                        """
                                        insert into series (system, entity, check_name, name, unit)
                                        values (:system, :entity, :check, :name, :unit)
                                        on conflict (system, entity, check_name, name) do nothing
                                        """),
                        key)
                .bind("name", name)
                .bind("unit", unit)
                .execute();
        return bind(handle(tx).createQuery(SERIES + OF_KEY + " and name = :name"), key)
                .bind("name", name)
                .map(SqlMetricStore::toSeries)
                .one();
    }

    @Override
    public void forget(Tx tx, long series) {
        for (String table : List.of("series_range where series_id", "series where id")) {
            handle(tx)
                    .createUpdate("delete from " + table + " = :series")
                    .bind("series", series)
                    .execute();
        }
    }

    @Override
    public void merge(Tx tx, Tier tier, List<Slot> slots) {
        if (slots.isEmpty()) {
            return;
        }
        String table = table(tier);
        var batch =
                handle(tx)
                        .prepareBatch(
                                """
                                insert into %1$s (series_id, slot, least, total, most, results)
                                values (:series, :slot, :least, :total, :most, :results)
                                on conflict (series_id, slot) do update set
                                    least = case when excluded.least < %1$s.least
                                        then excluded.least else %1$s.least end,
                                    most = case when excluded.most > %1$s.most
                                        then excluded.most else %1$s.most end,
                                    total = %1$s.total + excluded.total,
                                    results = %1$s.results + excluded.results
                                """
                                        .formatted(table));
        for (var slot : slots) {
            batch.bind("series", slot.series())
                    .bind("slot", slot.slot())
                    .bind("least", slot.least())
                    .bind("total", slot.total())
                    .bind("most", slot.most())
                    .bind("results", slot.results())
                    .add();
        }
        batch.execute();
    }

    @Override
    public List<Slot> slots(Tx tx, Tier tier, long series, long from, long to) {
        return handle(tx)
                .createQuery(
                        "select slot, least, total, most, results from "
                                + table(tier)
                                + """
                                 where series_id = :series and slot >= :from and slot < :to
                                order by slot
                                """)
                .bind("series", series)
                .bind("from", from)
                .bind("to", to)
                .map(
                        (rs, _) ->
                                new Slot(
                                        series,
                                        rs.getLong("slot"),
                                        rs.getDouble("least"),
                                        rs.getDouble("total"),
                                        rs.getDouble("most"),
                                        rs.getInt("results")))
                .list();
    }

    @Override
    public void saveRanges(Tx tx, List<Ranges> ranges) {
        if (ranges.isEmpty()) {
            return;
        }
        var batch =
                handle(tx)
                        .prepareBatch(
                                """
                                insert into series_range (series_id, from_ms, warn, crit)
                                values (:series, :from, :warn, :crit)
                                on conflict (series_id, from_ms) do update set
                                    warn = excluded.warn, crit = excluded.crit
                                """);
        for (var one : ranges) {
            batch.bind("series", one.series())
                    .bind("from", one.from().toEpochMilli())
                    .bind("warn", one.warn())
                    .bind("crit", one.crit())
                    .add();
        }
        batch.execute();
    }

    @Override
    public List<Ranges> ranges(Tx tx, long series, Instant from) {
        return handle(tx)
                .createQuery(
                        """
                        select from_ms, warn, crit from series_range
                        where series_id = :series and from_ms >= coalesce(
                            (select max(from_ms) from series_range
                                where series_id = :series and from_ms <= :from), 0)
                        order by from_ms
                        """)
                .bind("series", series)
                .bind("from", from.toEpochMilli())
                .map(
                        (rs, _) ->
                                new Ranges(
                                        series,
                                        Instant.ofEpochMilli(rs.getLong("from_ms")),
                                        rs.getString("warn"),
                                        rs.getString("crit")))
                .list();
    }

    @Override
    public boolean prune(Tx tx, long series, Instant fiveMinutes, Instant hours) {
        delete(tx, Tier.FIVE_MINUTES, series, fiveMinutes);
        delete(tx, Tier.HOUR, series, hours);
        handle(tx)
                .createUpdate(
                        """
                        delete from series_range where series_id = :series and from_ms < (
                            select max(from_ms) from series_range
                            where series_id = :series and from_ms <= :before)
                        """)
                .bind("series", series)
                .bind("before", hours.toEpochMilli())
                .execute();
        return handle(tx)
                        .createQuery("select count(*) from tier_1h where series_id = :series")
                        .bind("series", series)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static void delete(Tx tx, Tier tier, long series, Instant before) {
        handle(tx)
                .createUpdate(
                        "delete from "
                                + table(tier)
                                + " where series_id = :series and slot < :before")
                .bind("series", series)
                .bind("before", tier.slot(before))
                .execute();
    }

    @Override
    public Optional<Long> cursor(Tx tx, String part) {
        return handle(tx)
                .createQuery("select position from consumer where name = :name")
                .bind("name", part)
                .mapTo(Long.class)
                .findOne();
    }

    @Override
    public void saveCursor(Tx tx, String part, long number) {
        handle(tx)
                .createUpdate(
                        """
                        insert into consumer (name, position) values (:name, :position)
                        on conflict (name) do update set position = excluded.position
                        """)
                .bind("name", part)
                .bind("position", number)
                .execute();
    }

    private static String table(Tier tier) {
        return switch (tier) {
            case FIVE_MINUTES -> "tier_5m";
            case HOUR -> "tier_1h";
        };
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

    private static Measured toMeasured(ResultSet rs, StatementContext context) throws SQLException {
        return new Measured(
                rs.getLong("id"),
                key(rs),
                Instant.ofEpochMilli(rs.getLong("finished_ms")),
                Columns.metrics(rs.getString("metrics")));
    }

    private static Series toSeries(ResultSet rs, StatementContext context) throws SQLException {
        return new Series(rs.getLong("id"), key(rs), rs.getString("name"), rs.getString("unit"));
    }
}
