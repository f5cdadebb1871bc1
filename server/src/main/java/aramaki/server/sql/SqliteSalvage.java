package aramaki.server.sql;

import aramaki.model.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Copies a damaged store into a new file, as far as it can be read, and puts that in its place;
/// the old one stays beside it. Refused where the logs are hit: they cannot be made anew.
public final class SqliteSalvage {
    private static final int BATCH = 500;

    private final Path file;
    private final Path made;

    public SqliteSalvage(Path file) {
        this.file = file;
        this.made = file.resolveSibling(file.getFileName() + ".rebuilt");
    }

    /// Returns what of it could not be read, one line a table.
    public List<String> run() {
        try {
            clear(made);
            SqliteStore.open(made).close();
            var lost = copy();
            replace();
            return lost;
        } catch (IOException e) {
            throw new UncheckedIOException("making " + made, e);
        } catch (SQLException e) {
            throw Refusal.conflict(
                    "store-unreadable",
                    file + " cannot be read: " + e.getMessage() + "; restore a backup");
        }
    }

    private List<String> copy() throws SQLException {
        var lost = new ArrayList<String>();
        try (var from = DriverManager.getConnection("jdbc:sqlite:" + file);
                var to = DriverManager.getConnection("jdbc:sqlite:" + made)) {
            to.setAutoCommit(false);
            for (String table : tables(to)) {
                var columns = columns(to, table);
                if (!copy(from, to, table, columns, "")) {
                    copy(from, to, table, columns, " desc"); // what lies behind the damage
                    if (table.equals("event") || table.equals("log_end")) {
                        throw Refusal.conflict(
                                "log-damaged",
                                "the table "
                                        + table
                                        + " holds the logs and cannot be read whole: restore a"
                                        + " backup");
                    }
                    lost.add("the table " + table + " could not be read whole: rows are lost");
                }
                to.commit();
            }
        }
        return lost;
    }

    /// In one direction up to where it cannot be read; whether that was the end.
    private static boolean copy(
            Connection from, Connection to, String table, List<String> columns, String direction)
            throws SQLException {
        String names = String.join(", ", columns);
        String order =
                columns.stream()
                        .limit(1)
                        .map(c -> " order by " + c + direction)
                        .collect(Collectors.joining());
        String marks =
                IntStream.range(0, columns.size())
                        .mapToObj(_ -> "?")
                        .collect(Collectors.joining(", "));
        try (var insert =
                to.prepareStatement(
                        "insert or ignore into "
                                + table
                                + " ("
                                + names
                                + ") values ("
                                + marks
                                + ")")) {
            try (var select = from.createStatement();
                    var rows = select.executeQuery("select " + names + " from " + table + order)) {
                copy(rows, insert, columns.size());
                return true;
            } catch (SQLException e) {
                insert.executeBatch();
                return false;
            }
        }
    }

    private static void copy(ResultSet rows, PreparedStatement insert, int columns)
            throws SQLException {
        int batched = 0;
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                insert.setObject(i, rows.getObject(i));
            }
            insert.addBatch();
            if (++batched % BATCH == 0) {
                insert.executeBatch();
            }
        }
        insert.executeBatch();
    }

    private static List<String> tables(Connection to) throws SQLException {
        return strings(
                to,
                """
                select name from sqlite_schema where type = 'table'
                    and name not like 'sqlite_%' and name not like 'flyway%'
                """);
    }

    private static List<String> columns(Connection to, String table) throws SQLException {
        return strings(to, "select name from pragma_table_info('" + table + "')");
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        var list = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                list.add(rows.getString(1));
            }
        }
        return list;
    }

    /// The write-ahead log of the old file must not be read into the new one.
    private void replace() throws IOException {
        Path kept = file.resolveSibling(file.getFileName() + ".damaged");
        for (String end : List.of("-wal", "-shm")) {
            Path beside = file.resolveSibling(file.getFileName() + end);
            if (Files.exists(beside)) {
                Files.move(
                        beside,
                        file.resolveSibling(file.getFileName() + ".damaged" + end),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(kept);
        Files.createLink(kept, file);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        clear(made);
    }

    private static void clear(Path made) throws IOException {
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(made.resolveSibling(made.getFileName() + end));
        }
    }
}
