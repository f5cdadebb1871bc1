package aramaki.server.sql;

import aramaki.server.backup.Column;
import aramaki.server.backup.Filling;
import aramaki.server.backup.Table;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One transaction that fills the whole store.
final class SqlFilling implements Filling {
    private static final int BATCH = 500;
    private static final int CACHE_KIB = 256 << 10;

    private final Handle handle;
    private final boolean postgres;
    private final List<Table> tables;

    SqlFilling(Handle handle) {
        this.handle = handle;
        postgres = SqlSchema.postgres(handle);
        tables = SqlSchema.of(handle);
        if (!postgres) { // so that the indexes are built in memory
            handle.execute("pragma cache_size = " + -CACHE_KIB);
        }
        handle.begin();
    }

    @Override
    public List<Table> tables() {
        return tables;
    }

    @Override
    public long count(Table table) {
        return handle.createQuery("select count(*) from " + table.name()).mapTo(Long.class).one();
    }

    @Override
    public void rows(Table table, Source source) {
        String columns =
                table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
        String marks = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
        String sql = "insert into " + table.name() + " (" + columns + ") values (" + marks + ")";
        try (var statement = handle.getConnection().prepareStatement(sql)) {
            int waiting = 0;
            for (var row = source.next(); row != null; row = source.next()) {
                for (int i = 0; i < row.length; i++) {
                    bind(statement, i + 1, table.columns().get(i).kind(), row[i]);
                }
                statement.addBatch();
                if (++waiting == BATCH) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("filling table " + table.name(), e);
        }
    }

    private static void bind(
            PreparedStatement statement, int at, Column.Kind kind, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, type(kind));
            case Long number -> statement.setLong(at, number);
            case Double number -> statement.setDouble(at, number);
            case String text -> statement.setString(at, text);
            case byte[] bytes -> statement.setBytes(at, bytes);
            default -> throw new IllegalArgumentException("no value of a column: " + value);
        }
    }

    private static int type(Column.Kind kind) {
        return switch (kind) {
            case NUMBER -> Types.BIGINT;
            case REAL -> Types.DOUBLE;
            case TEXT -> Types.VARCHAR;
            case BYTES -> Types.VARBINARY;
        };
    }

    @Override
    public void lastNumber(Table table, long last) {
        if (last == 0) {
            return;
        }
        if (postgres) {
            handle.createQuery("select setval(pg_get_serial_sequence(:table, :column), :last)")
                    .bind("table", table.name())
                    .bind("column", table.numbered().orElseThrow())
                    .bind("last", last)
                    .mapTo(Long.class)
                    .one();
            return;
        }
        handle.execute("delete from sqlite_sequence where name = ?", table.name());
        handle.execute("insert into sqlite_sequence (name, seq) values (?, ?)", table.name(), last);
    }

    @Override
    public void commit() {
        handle.commit();
    }

    @Override
    public void close() {
        if (handle.isInTransaction()) {
            handle.rollback();
        }
        handle.close();
    }
}
