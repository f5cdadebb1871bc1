package aramaki.server.sql;

import aramaki.server.store.Damage;
import aramaki.server.store.Damage.Hit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The file of the embedded store, looked at without believing it.
public record SqliteFile(Path file) {
    private static final Pattern TREE =
            Pattern.compile("[Tt]ree (\\d+)( page \\d+)?.*", Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile(".*index (\\S+)$", Pattern.DOTALL);

    /// Tables that a rebuild makes anew from the logs.
    private static final Set<String> REBUILT =
            Set.of(
                    "alert",
                    "episode",
                    "alert_history",
                    "event_reference",
                    "received_event",
                    "managed_system",
                    "person",
                    "projection_snapshot");

    private static final Set<String> LOGS = Set.of("event", "log_end");

    /// What SQLite finds, each with the table it is in; reads all of it.
    public List<Damage> damages() {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return List.of(
                        new Damage(
                                Hit.LOGS,
                                file.getFileName()
                                        + (Files.exists(file) ? " is empty" : " is missing")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("looking at " + file, e);
        }
        var damages = new ArrayList<Damage>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            var owners = owners(connection);
            try (var statement = connection.createStatement();
                    var lines = statement.executeQuery("pragma quick_check(20)")) {
                while (lines.next()) {
                    String line = lines.getString(1);
                    if (!line.equals("ok")) {
                        line.lines()
                                .filter(l -> !l.isBlank() && !l.startsWith("***"))
                                .forEach(l -> damages.add(damage(l, owners)));
                    }
                }
            }
        } catch (SQLException e) { // too damaged to be looked at
            damages.add(
                    new Damage(
                            Hit.LOGS, file.getFileName() + " cannot be read: " + e.getMessage()));
        }
        return damages;
    }

    /// The same of a stopped server, whose write-ahead log nobody is writing.
    public List<Damage> damagesAtRest() {
        var damages = new ArrayList<Damage>();
        WriteAheadLog.problem(file.resolveSibling(file.getFileName() + "-wal"))
                .ifPresent(what -> damages.add(new Damage(Hit.OTHER, what)));
        damages.addAll(damages());
        return damages;
    }

    /// A table or an index, and whose.
    private record Owner(String type, String name, String table) {
        String words() {
            return type.equals("index") ? "index " + name + " of " + table : "table " + name;
        }

        Hit hit() {
            return type.equals("index") || REBUILT.contains(table)
                    ? Hit.PROJECTIONS
                    : LOGS.contains(table) ? Hit.LOGS : Hit.OTHER;
        }
    }

    private static Map<String, Owner> owners(Connection connection) throws SQLException {
        var owners = new HashMap<String, Owner>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select type, name, tbl_name, rootpage from sqlite_schema")) {
            while (rows.next()) {
                var owner = new Owner(rows.getString(1), rows.getString(2), rows.getString(3));
                owners.put(rows.getString(4), owner);
                owners.put(owner.name(), owner);
            }
        }
        return owners;
    }

    private static Damage damage(String line, Map<String, Owner> owners) {
        var owner =
                match(TREE, line)
                        .or(() -> match(INDEX, line))
                        .flatMap(key -> Optional.ofNullable(owners.get(key)));
        return owner.map(o -> new Damage(o.hit(), o.words() + ": " + line))
                .orElseGet(() -> new Damage(Hit.OTHER, line));
    }

    private static Optional<String> match(Pattern pattern, String line) {
        var match = pattern.matcher(line);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }
}
