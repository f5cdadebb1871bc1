package aramaki.server.sql;

import aramaki.server.backup.Column;
import aramaki.server.backup.Snapshot;
import aramaki.server.backup.Table;
import aramaki.server.store.Tx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One transaction that reads the whole store, over a connection of its own.
final class SqlSnapshot implements Snapshot {
    private static final int FETCH = 500;

    private final Handle handle;
    private final boolean postgres;
    private final List<Table> tables;

    SqlSnapshot(Handle handle) {
        this.handle = handle;
        postgres = SqlSchema.postgres(handle);
        try {
            var connection = handle.getConnection();
            connection.setAutoCommit(false);
            if (postgres) { // the other one's transactions always see one moment
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("beginning to read the store", e);
        }
        handle.createQuery("select count(*) from log_end").mapTo(Long.class).one(); // now
        tables = SqlSchema.of(handle);
    }

    @Override
    public int schema() {
        return handle
                .createQuery(
                        "select version from " + SqlSchema.HISTORY + " where version is not null")
                .mapTo(Integer.class)
                .stream()
                .max(Integer::compare)
                .orElse(0);
    }

    @Override
    public List<Table> tables() {
        return tables;
    }

    @Override
    public Tx tx() {
        return new SqlTx(handle);
    }

    @Override
    public void rows(Table table, Sink sink) {
        String columns =
                table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
        String order =
                table.key().stream().map(k -> ordered(table, k)).collect(Collectors.joining(", "));
        String sql = "select " + columns + " from " + table.name() + " order by " + order;
        try (var statement = handle.getConnection().prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            try (var rows = statement.executeQuery()) {
                var values = new @Nullable Object[table.columns().size()];
                while (rows.next()) {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = value(rows, i + 1, table.columns().get(i).kind());
                    }
                    sink.row(values);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("reading table " + table.name(), e);
        }
    }

    /// By bytes, whatever language the database thinks in.
    private String ordered(Table table, String key) {
        boolean text =
                table.columns().stream()
                        .anyMatch(c -> c.name().equals(key) && c.kind() == Column.Kind.TEXT);
        return postgres && text ? key + " collate \"C\"" : key;
    }

    private static @Nullable Object value(ResultSet rows, int at, Column.Kind kind)
            throws SQLException {
        Object value =
                switch (kind) {
                    case NUMBER -> rows.getLong(at);
                    case REAL -> rows.getDouble(at);
                    case TEXT -> rows.getString(at);
                    case BYTES -> rows.getBytes(at);
                };
        return rows.wasNull() ? null : value;
    }

    @Override
    public long lastNumber(Table table) {
        String column = table.numbered().orElseThrow();
        long highest =
                handle.createQuery("select coalesce(max(" + column + "), 0) from " + table.name())
                        .mapTo(Long.class)
                        .one();
        return Math.max(highest, postgres ? lastOfSequence(table, column) : lastOfTable(table));
    }

    private long lastOfTable(Table table) {
        return handle.createQuery("select seq from sqlite_sequence where name = :name")
                .bind("name", table.name())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private long lastOfSequence(Table table, String column) {
        String sequence =
                handle.createQuery("select pg_get_serial_sequence(:table, :column)")
                        .bind("table", table.name())
                        .bind("column", column)
                        .mapTo(String.class)
                        .one();
        return handle.createQuery(
                        "select case when is_called then last_value else 0 end from " + sequence)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void close() {
        handle.rollback();
        handle.close();
    }
}
