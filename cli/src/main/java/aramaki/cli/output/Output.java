package aramaki.cli.output;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Prints data on stdout, in the form that the reader can use.
public final class Output {
    private final Terminal terminal;
    private final Ages ages;
    private final Optional<List<String>> json;
    private final Consumer<String> talk;

    /// `json` holds the fields to print, none of them for all; empty for tables.
    public Output(
            Terminal terminal, Ages ages, Optional<List<String>> json, Consumer<String> talk) {
        this.terminal = terminal;
        this.ages = ages;
        this.json = json;
        this.talk = talk;
    }

    /// Many things: a table, lines, or one JSON array.
    public void list(Collection<JsonNode> items, List<Column> columns) {
        if (json.isPresent()) {
            var array = Json.mapper().createArrayNode();
            items.forEach(i -> array.add(selected(i)));
            sayUnknownFields(items);
            print(Plain.json(Json.pretty(array)));
            return;
        }
        var used = used(items, columns);
        var rows = items.stream().map(i -> cells(used, i)).toList();
        if (!terminal.outIsTerminal()) {
            rows.forEach(r -> print(TextTable.tabbed(r)));
        } else if (!rows.isEmpty()) {
            table(used, rows).forEach(this::print);
        }
    }

    private List<Column> used(Collection<JsonNode> items, List<Column> columns) {
        return columns.stream()
                .filter(
                        c ->
                                !c.whenUsed()
                                        || terminal.outIsTerminal()
                                                && items.stream()
                                                        .anyMatch(
                                                                i ->
                                                                        !c.cell()
                                                                                .apply(i)
                                                                                .data()
                                                                                .isEmpty()))
                .toList();
    }

    /// One thing: its parts, or one JSON object.
    public void show(JsonNode object, List<Part> parts) {
        if (json.isPresent()) {
            sayUnknownFields(List.of(object));
            print(Plain.json(Json.pretty(selected(object))));
            return;
        }
        int width = parts.stream().mapToInt(Output::keyWidth).max().orElse(0);
        parts.forEach(part -> part(part, width));
    }

    /// The one thing that a command is asked for, such as an invite, or the JSON object around it.
    public void value(JsonNode object, String value) {
        if (json.isPresent()) {
            show(object, List.of());
        } else {
            print(Plain.line(value));
        }
    }

    /// One line of an endless list: JSON is one document a line there, since it has no end.
    public void follow(JsonNode item, List<Column> columns, String shown) {
        if (json.isPresent()) {
            print(Plain.json(Json.text(selected(item))));
        } else if (terminal.outIsTerminal()) {
            print(Plain.cut(Plain.line(shown), terminal.width()));
        } else {
            print(TextTable.tabbed(cells(columns, item)));
        }
    }

    /// Rows that are not one thing each, such as the lines of a tree.
    public void rows(List<String> titles, List<List<Cell>> rows) {
        if (terminal.outIsTerminal()) {
            new TextTable(terminal, ages).lines(titles, rows).forEach(this::print);
        } else {
            rows.forEach(r -> print(TextTable.tabbed(r)));
        }
    }

    public boolean wantsJson() {
        return json.isPresent();
    }

    /// Whether nobody reads any more, as after `| head`.
    public boolean closed() {
        return terminal.out().checkError();
    }

    private void part(Part part, int width) {
        switch (part) {
            case Part.Line(var key, var cell) -> line(key, cell, width);
            case Part.Block(var key, var text) -> block(key, text, width);
            case Part.Table(var word, var columns, var items) -> {
                var rows = items.stream().map(i -> cells(columns, i)).toList();
                if (!terminal.outIsTerminal()) {
                    rows.forEach(r -> print(word + "\t" + TextTable.tabbed(r)));
                } else if (!rows.isEmpty()) {
                    print("");
                    print(word.toUpperCase(Locale.ROOT));
                    table(columns, rows).forEach(this::print);
                }
            }
        }
    }

    private static int keyWidth(Part part) {
        return switch (part) {
            case Part.Line(var key, _) -> key.length();
            case Part.Block(var key, _) -> key.length();
            case Part.Table _ -> 0;
        };
    }

    private void block(String key, String text, int width) {
        var lines = text.strip().lines().toList();
        if (!terminal.outIsTerminal() || lines.size() < 2) {
            line(key, new Cell.Text(text), width);
            return;
        }
        line(key, new Cell.Text(lines.getFirst()), width);
        lines.stream().skip(1).forEach(l -> print(" ".repeat(width + 2) + Plain.line(l)));
    }

    private void line(String key, Cell cell, int width) {
        if (!terminal.outIsTerminal()) {
            print(key + "\t" + cell.data());
        } else if (!cell.shown(ages).isEmpty()) {
            String text = cell.shown(ages);
            String coloured =
                    terminal.colour() ? cell.sign().map(s -> s.coloured(text)).orElse(text) : text;
            print(key + " ".repeat(width - key.length() + 2) + coloured);
        }
    }

    private List<String> table(List<Column> columns, List<List<Cell>> rows) {
        return new TextTable(terminal, ages)
                .lines(columns.stream().map(Column::title).toList(), rows);
    }

    private static List<Cell> cells(List<Column> columns, JsonNode item) {
        return columns.stream().map(c -> c.cell().apply(item)).toList();
    }

    private JsonNode selected(JsonNode item) {
        var fields = json.orElse(List.of());
        if (fields.isEmpty()) {
            return item;
        }
        ObjectNode some = Json.mapper().createObjectNode();
        fields.forEach(f -> some.set(f, item.path(f).isMissingNode() ? null : item.get(f)));
        return some;
    }

    /// A field may be absent everywhere by chance, so this is no error; a typing mistake shows.
    private void sayUnknownFields(Collection<JsonNode> items) {
        for (String field : json.orElse(List.of())) {
            if (!items.isEmpty() && items.stream().noneMatch(i -> i.has(field))) {
                var known = items.stream().flatMap(Output::names).distinct().sorted().toList();
                talk.accept("nothing here has \"" + field + "\"; there are: " + known);
            }
        }
    }

    private static Stream<String> names(JsonNode item) {
        return item.propertyStream().map(java.util.Map.Entry::getKey);
    }

    private void print(String line) {
        terminal.out().println(line);
    }
}
