package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.server.observation.Intake;
import aramaki.server.projection.Table;
import aramaki.server.projection.Table.Column;
import aramaki.server.projection.Tables;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/// The rows of projections, as text.
public final class SqlTables implements Tables {
    private static final int MOST = 100;

    @Override
    public void each(Tx tx, Table table, Consumer<List<String>> row) {
        SqlDamage.reading(
                "the table " + table.sql(),
                () -> {
                    var query =
                            handle(tx)
                                    .createQuery(select(table) + " order by " + names(table.key()));
                    try (var rows = query.map((rs, _) -> row(rs, table)).stream()) {
                        rows.forEach(row);
                    }
                    return true;
                });
    }

    @Override
    public Optional<List<String>> find(Tx tx, Table table, List<String> key) {
        var query = handle(tx).createQuery(select(table) + " where " + where(table));
        bind(query, table.key(), key);
        return SqlDamage.reading(
                "the table " + table.sql(), () -> query.map((rs, _) -> row(rs, table)).findOne());
    }

    @Override
    public void put(Tx tx, Table table, List<String> row) {
        var values = new LinkedHashMap<Column, String>();
        for (int i = 0; i < row.size(); i++) {
            values.put(table.columns().get(i), row.get(i));
        }
        if (find(tx, table, row.subList(0, table.key().size())).isPresent()) {
            update(tx, table, values);
        } else {
            table.unknown().forEach((name, value) -> values.put(new Column(name, false), value));
            if (table == Table.AGENT) {
                values.put(new Column("seen_ms", true), joined(values));
            }
            insert(tx, table, values);
        }
    }

    private static String joined(Map<Column, String> values) {
        return values.getOrDefault(new Column("joined_ms", true), "0");
    }

    private static void update(Tx tx, Table table, Map<Column, String> values) {
        if (table.others().isEmpty()) {
            return;
        }
        String set =
                table.others().stream()
                        .map(c -> c.name() + " = :" + c.name())
                        .collect(Collectors.joining(", "));
        var update =
                handle(tx)
                        .createUpdate(
                                "update " + table.sql() + " set " + set + " where " + where(table));
        values.forEach((column, value) -> bind(update, column, value));
        update.execute();
    }

    private static void insert(Tx tx, Table table, Map<Column, String> values) {
        var columns = List.copyOf(values.keySet());
        var insert =
                handle(tx)
                        .createUpdate(
                                "insert into "
                                        + table.sql()
                                        + " ("
                                        + names(columns)
                                        + ") values ("
                                        + columns.stream()
                                                .map(c -> ":" + c.name())
                                                .collect(Collectors.joining(", "))
                                        + ")");
        values.forEach((column, value) -> bind(insert, column, value));
        insert.execute();
    }

    @Override
    public void remove(Tx tx, Table table, List<String> key) {
        var delete =
                handle(tx).createUpdate("delete from " + table.sql() + " where " + where(table));
        bind(delete, table.key(), key);
        delete.execute();
    }

    @Override
    public List<List<String>> withoutEvent(Tx tx, Table table, int limit) {
        return SqlDamage.reading(
                "the table " + table.sql(),
                () ->
                        handle(tx)
                                .createQuery(
                                        select(table)
                                                + " where event_hash not in (select hash from event)"
                                                + " limit :limit")
                                .bind("limit", limit)
                                .map((rs, _) -> row(rs, table))
                                .list());
    }

    @Override
    public List<String> disagreements(Tx tx) {
        var found = new ArrayList<String>();
        found.addAll(latestWithoutResult(tx));
        found.addAll(spools(tx));
        return found;
    }

    /// Results are forgotten from the oldest on: one that is gone while an older one is kept was
    /// lost.
    private static List<String> latestWithoutResult(Tx tx) {
        return SqlDamage.reading(
                "the tables latest and observation",
                () ->
                        handle(tx)
                                .createQuery(
                                        """
                                        select system, entity, check_name, observation_id from latest
                                        where observation_id > (select min(id) from observation)
                                            and not exists (select 1 from observation o
                                                where o.id = latest.observation_id
                                                and o.system = latest.system
                                                and o.entity = latest.entity
                                                and o.check_name = latest.check_name)
                                        order by system, entity, check_name limit :limit
                                        """)
                                .bind("limit", MOST)
                                .map(
                                        (rs, _) ->
                                                "the latest value of "
                                                        + rs.getString("system")
                                                        + "/"
                                                        + rs.getString("entity")
                                                        + "/"
                                                        + rs.getString("check_name")
                                                        + " is of result o_"
                                                        + rs.getLong("observation_id")
                                                        + ", which is not there")
                                .list());
    }

    /// What `KillsScenario` asks after every kill: nothing twice, nothing beyond what was
    /// acknowledged.
    private static List<String> spools(Tx tx) {
        return SqlDamage.reading(
                "the table observation",
                () ->
                        handle(tx)
                                .createQuery(
                                        """
                                        select o.agent_id, o.epoch, held, twice, last,
                                            coalesce(p.seq, 0) as acknowledged
                                        from (select agent_id, epoch, count(*) as held,
                                                count(*) - count(distinct seq) as twice,
                                                max(seq) as last
                                            from observation where epoch <> :submitted
                                            group by agent_id, epoch) o
                                        left join spool_position p on p.agent_id = o.agent_id
                                            and p.epoch = o.epoch
                                        where twice > 0 or last > coalesce(p.seq, 0)
                                        order by o.agent_id, o.epoch limit :limit
                                        """)
                                .bind("submitted", Intake.SUBMITTED)
                                .bind("limit", MOST)
                                .map((rs, _) -> spool(rs))
                                .list());
    }

    private static String spool(ResultSet rs) throws SQLException {
        long twice = rs.getLong("twice");
        return "results of agent "
                + rs.getString("agent_id")
                + ", spool epoch "
                + rs.getString("epoch")
                + ": "
                + (twice > 0
                        ? twice + " stand twice"
                        : "they go up to "
                                + rs.getLong("last")
                                + ", and only those up to "
                                + rs.getLong("acknowledged")
                                + " count as durable");
    }

    private static String select(Table table) {
        return "select " + names(table.columns()) + " from " + table.sql();
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String where(Table table) {
        return table.key().stream()
                .map(c -> c.name() + " = :" + c.name())
                .collect(Collectors.joining(" and "));
    }

    private static List<String> row(ResultSet rs, Table table) throws SQLException {
        var values = new ArrayList<String>();
        for (var column : table.columns()) {
            String value = rs.getString(column.name());
            values.add(value == null ? "" : value);
        }
        return List.copyOf(values);
    }

    private static void bind(SqlStatement<?> statement, List<Column> columns, List<String> values) {
        for (int i = 0; i < columns.size(); i++) {
            bind(statement, columns.get(i), values.get(i));
        }
    }

    private static void bind(SqlStatement<?> statement, Column column, String value) {
        if (column.number()) {
            statement.bind(column.name(), Long.parseLong(value));
        } else {
            statement.bind(column.name(), value);
        }
    }
}
