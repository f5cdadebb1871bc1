package aramaki.server.projection;

import aramaki.model.Refusal;
import aramaki.server.store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What was found when the tables were held against the logs.
final class Comparison {
    private static final int SHOWN = 60;

    private final Tables tables;
    private final List<Difference> differences = new ArrayList<>();

    Comparison(Tables tables) {
        this.tables = tables;
    }

    Tables tables() {
        return tables;
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    void add(Difference difference) {
        differences.add(difference);
    }

    /// Every row of a table must be one of these, and every one of these must be there.
    void hold(Tx tx, Table table, Map<List<String>, List<String>> told) {
        var seen = new HashSet<List<String>>();
        try {
            tables.each(tx, table, row -> hold(table, row, told, seen));
        } catch (Refusal e) { // damaged: what could be read has been compared
            add(Difference.incurable(e.text()));
            return;
        }
        told.forEach(
                (key, row) -> {
                    if (!seen.contains(key)) {
                        missing(table, row);
                    }
                });
    }

    /// Every one of these rows must be there; others may be, but none with this value, which only a
    /// log can give.
    void holdSome(Tx tx, Table table, Map<List<String>, List<String>> told, String onlyByLog) {
        try {
            tables.each(
                    tx,
                    table,
                    row -> {
                        var key = List.copyOf(table.keyOf(row));
                        if (told.containsKey(key)) {
                            hold(table, row, told, new HashSet<>());
                        } else if (row.contains(onlyByLog)) {
                            add(
                                    Difference.incurable(
                                            named(table, key)
                                                    + " is "
                                                    + onlyByLog
                                                    + " in the table, but by no log"));
                        }
                    });
        } catch (Refusal e) {
            add(Difference.incurable(e.text()));
        }
    }

    private void hold(
            Table table,
            List<String> row,
            Map<List<String>, List<String>> told,
            HashSet<List<String>> seen) {
        var key = List.copyOf(table.keyOf(row));
        seen.add(key);
        var right = told.get(key);
        if (right == null) {
            add(
                    new Difference(
                            named(table, key) + " is in the table, but in no log",
                            true,
                            tx -> tables.remove(tx, table, key)));
        } else if (!right.equals(row)) {
            add(
                    new Difference(
                            named(table, key) + ": " + differing(table, row, right),
                            true,
                            tx -> tables.put(tx, table, right)));
        }
    }

    void missing(Table table, List<String> row) {
        String what = named(table, table.keyOf(row)) + " is in the log, but not in the table";
        add(
                table.told()
                        ? new Difference(what, true, tx -> tables.put(tx, table, row))
                        : Difference.incurable(
                                what + "; its secret is not in the log: make a new one"));
    }

    static String named(Table table, List<String> key) {
        return table.thing() + " " + String.join("/", key);
    }

    private static String differing(Table table, List<String> row, List<String> right) {
        for (int i = 0; i < right.size(); i++) {
            if (!right.get(i).equals(row.get(i))) {
                return table.columns().get(i).name()
                        + " is "
                        + shown(row.get(i))
                        + ", and by the log "
                        + shown(right.get(i));
            }
        }
        throw new IllegalArgumentException("these rows do not differ");
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return "\"" + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…") + "\"";
    }
}
