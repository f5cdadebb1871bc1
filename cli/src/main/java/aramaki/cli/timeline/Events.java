package aramaki.cli.timeline;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How events are printed.
final class Events {
    static final List<Column> COLUMNS =
            List.of(
                    Column.time("AT", "at"),
                    Column.text("SYSTEM", "system"),
                    Column.text("TYPE", "type"),
                    Column.text("BY", "by"),
                    Column.text("TEXT", "text"));

    /// Those around another event, also how they lie to it.
    static final List<Column> NEAR =
            List.of(
                    Column.time("AT", "at"),
                    Column.text("WHERE", "relation"),
                    Column.text("SYSTEM", "system"),
                    Column.text("TYPE", "type"),
                    Column.text("TEXT", "text"));

    private Events() {}

    /// One line with the time on the clock, as an age would be wrong a moment later.
    static String line(JsonNode event, Ages ages) {
        String at = Cell.instant(event.path("at")).map(ages::onTheClock).orElse("");
        return Stream.of(
                        at,
                        Cell.string(event.path("system")),
                        Cell.string(event.path("type")),
                        Cell.string(event.path("text")))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining("  "));
    }
}
