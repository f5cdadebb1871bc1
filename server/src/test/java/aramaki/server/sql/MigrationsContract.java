package aramaki.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.store.Backend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database as any earlier version left it, with something in every table, becomes one of today
/// and keeps what is in it. New steps of the schema are tried without a change here.
abstract class MigrationsContract {
    @TempDir private Path folder;

    /// A database without any schema.
    protected abstract Backend empty(Path folder);

    protected abstract DataSource source(Backend backend);

    protected abstract Map<String, String> words();

    @Test
    void everyEarlierSchemaIsBroughtUpToDateWithItsRows() throws SQLException {
        var versions = new ArrayList<String>();
        for (var step :
                Migrations.configuration(source(empty(folder)), words()).load().info().all()) {
            versions.add(String.valueOf(step.getVersion()));
        }
        assertThat(versions).hasSizeGreaterThanOrEqualTo(7).startsWith("0001");
        for (String version : versions) {
            var backend = empty(folder.resolve(version));
            var source = source(backend);
            Migrations.configuration(source, words()).target(version).load().migrate();
            Map<String, String> before;
            try (var connection = source.getConnection()) {
                fill(connection);
                before = rows(connection, Map.of());
            }
            assertThat(before).as("tables of schema " + version).hasSizeGreaterThan(10);
            backend.open().close();
            try (var connection = source.getConnection()) {
                assertThat(rows(connection, before))
                        .as("what schema " + version + " held")
                        .containsAllEntriesOf(before);
            }
        }
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() throws SQLException {
        var backend = empty(folder);
        backend.open().close();
        var source = source(backend);
        try (var connection = source.getConnection();
                var add = connection.createStatement()) {
            add.execute(
                    """
                    insert into flyway_schema_history (installed_rank, version, description, type,
                        script, checksum, installed_by, execution_time, success)
                    values (9999, '9999', 'from the future', 'SQL', 'V9999__from_the_future.sql', 1,
                        'somebody', 1, true)
                    """);
        }
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(backend::open)
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo("store-too-new"))
                    .hasMessageContaining("schema 9999 is not known here")
                    .hasMessageContaining("run that version");
        }
    }

    /// A row in every table, with something in every column.
    private static void fill(Connection connection) throws SQLException {
        for (var table : tables(connection).entrySet()) {
            var columns = table.getValue().stream().filter(column -> !column.numbered()).toList();
            String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
            String marks = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
            try (var insert =
                    connection.prepareStatement(
                            "insert into "
                                    + table.getKey()
                                    + " ("
                                    + names
                                    + ") values ("
                                    + marks
                                    + ")")) {
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).set(insert, i + 1);
                }
                insert.executeUpdate();
            }
        }
    }

    private record Column(String name, String type, boolean numbered) {
        void set(java.sql.PreparedStatement statement, int at) throws SQLException {
            if (type.contains("int") || type.contains("serial")) {
                statement.setInt(at, 7);
            } else if (type.contains("double") || type.contains("float")) {
                statement.setDouble(at, 1.5);
            } else if (type.contains("blob") || type.contains("bytea")) {
                statement.setBytes(at, new byte[] {0, (byte) 0xff});
            } else {
                statement.setString(at, "x");
            }
        }
    }

    private static Map<String, List<Column>> tables(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        var tables = new TreeMap<String, List<Column>>();
        try (ResultSet found = data.getTables(null, null, "%", new String[] {"TABLE"})) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME");
                if (!name.startsWith("flyway") && !name.startsWith("sqlite")) {
                    tables.put(name, new ArrayList<>());
                }
            }
        }
        for (var table : tables.entrySet()) {
            try (ResultSet found = data.getColumns(null, null, table.getKey(), "%")) {
                while (found.next()) {
                    table.getValue()
                            .add(
                                    new Column(
                                            found.getString("COLUMN_NAME"),
                                            found.getString("TYPE_NAME").toLowerCase(Locale.ROOT),
                                            found.getString("IS_AUTOINCREMENT").equals("YES")));
                }
            }
        }
        return tables;
    }

    /// Each table's columns with their values, as far as `before` had the table and the column.
    private static Map<String, String> rows(Connection connection, Map<String, String> before)
            throws SQLException {
        var rows = new TreeMap<String, String>();
        for (var table : tables(connection).entrySet()) {
            for (var column : table.getValue()) {
                String key = table.getKey() + "." + column.name();
                if ((before.isEmpty() || before.containsKey(key))
                        && !table.getKey().equals("store_writer")) { // every start writes there
                    rows.put(key, values(connection, table.getKey(), column.name()));
                }
            }
        }
        return rows;
    }

    private static String values(Connection connection, String table, String column)
            throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select " + column + " from " + table)) {
            Stream.Builder<String> values = Stream.builder();
            while (found.next()) {
                values.add(
                        found.getObject(1) instanceof byte[] bytes
                                ? HexFormat.of().formatHex(bytes)
                                : String.valueOf(found.getObject(1)));
            }
            return values.build().collect(Collectors.joining(","));
        }
    }
}
