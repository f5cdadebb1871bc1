package aramaki.server.sql;

import aramaki.server.backup.Column;
import aramaki.server.backup.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The tables that are there, asked from the database itself: one that a migration adds is carried
/// along without anybody remembering it.
final class SqlSchema {
    /// What migrations have run.
    static final String HISTORY = "flyway_schema_history";

    /// What belongs to the store itself and not to what it holds.
    private static final Set<String> OF_THE_STORE = Set.of(HISTORY, "store_writer");

    private final Connection connection;
    private final boolean postgres;

    private SqlSchema(Connection connection, boolean postgres) {
        this.connection = connection;
        this.postgres = postgres;
    }

    static boolean postgres(Handle handle) {
        try {
            return handle.getConnection()
                    .getMetaData()
                    .getDatabaseProductName()
                    .equals("PostgreSQL");
        } catch (SQLException e) {
            throw new IllegalStateException("asking the database what it is", e);
        }
    }

    /// By name.
    static List<Table> of(Handle handle) {
        var tables = new SqlSchema(handle.getConnection(), postgres(handle));
        try {
            return tables.read();
        } catch (SQLException e) {
            throw new IllegalStateException("asking the database for its tables", e);
        }
    }

    private List<Table> read() throws SQLException {
        var names = new ArrayList<String>();
        try (var found =
                connection.getMetaData().getTables(null, schema(), "%", new String[] {"TABLE"})) {
            while (found.next()) {
                names.add(found.getString("TABLE_NAME"));
            }
        }
        names.removeIf(name -> name.startsWith("sqlite_") || OF_THE_STORE.contains(name));
        names.sort(Comparator.naturalOrder());
        var tables = new ArrayList<Table>();
        for (String name : names) {
            tables.add(table(name));
        }
        return tables;
    }

    private Table table(String name) throws SQLException {
        var columns = new TreeMap<String, Column>();
        Optional<String> numbered = Optional.empty();
        try (var found = connection.getMetaData().getColumns(null, schema(), literal(name), "%")) {
            while (found.next()) {
                String column = found.getString("COLUMN_NAME");
                String type = found.getString("TYPE_NAME");
                columns.put(column, new Column(column, kind(name, column, type)));
                if ("YES".equals(found.getString("IS_AUTOINCREMENT"))) {
                    numbered = Optional.of(column);
                }
            }
        }
        var key = new TreeMap<Integer, String>();
        try (var found = connection.getMetaData().getPrimaryKeys(null, schema(), name)) {
            while (found.next()) {
                key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
            }
        }
        if (key.isEmpty()) {
            throw new IllegalStateException(
                    "table " + name + " has no primary key, so that its rows have no order");
        }
        return new Table(name, List.copyOf(columns.values()), List.copyOf(key.values()), numbered);
    }

    /// By the name of the type, as not every driver knows its number.
    private static final Map<String, Column.Kind> KINDS =
            Map.ofEntries(
                    Map.entry("integer", Column.Kind.NUMBER),
                    Map.entry("int4", Column.Kind.NUMBER),
                    Map.entry("bigint", Column.Kind.NUMBER),
                    Map.entry("int8", Column.Kind.NUMBER),
                    Map.entry("bigserial", Column.Kind.NUMBER),
                    Map.entry("double precision", Column.Kind.REAL),
                    Map.entry("float8", Column.Kind.REAL),
                    Map.entry("varchar", Column.Kind.TEXT),
                    Map.entry("text", Column.Kind.TEXT),
                    Map.entry("blob", Column.Kind.BYTES),
                    Map.entry("bytea", Column.Kind.BYTES));

    private static Column.Kind kind(String table, String column, String type) {
        var kind = KINDS.get(type.replaceAll("\\(.*", "").strip().toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw new IllegalStateException(
                    table + "." + column + " is a " + type + ", which no backup carries yet");
        }
        return kind;
    }

    private String schema() throws SQLException {
        return postgres ? connection.getSchema() : "";
    }

    /// The name as a pattern that finds nothing else.
    private String literal(String name) throws SQLException {
        String escape = connection.getMetaData().getSearchStringEscape();
        return name.replace("_", escape + "_");
    }
}
