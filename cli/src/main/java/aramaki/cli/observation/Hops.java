package aramaki.cli.observation;

import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way of an observation from its due time to the page, hop by hop.
final class Hops {
    static final List<Column> COLUMNS =
            List.of(
                    Column.text("HOP", "hop"),
                    Column.text("TIME", "time"),
                    Column.text("AFTER", "after"));

    private static final List<String> ORDER =
            List.of(
                    "due",
                    "started",
                    "finished",
                    "spooled",
                    "sent",
                    "committed",
                    "event",
                    "alert",
                    "page");

    private Hops() {}

    /// Those that were made. Two clocks took part, so a hop may seem to come before the last one.
    static List<JsonNode> of(JsonNode observation) {
        var rows = new ArrayList<JsonNode>();
        Optional<Instant> before = Optional.empty();
        for (String hop : ORDER) {
            var at = Cell.instant(observation.path("hops").path(hop));
            if (at.isPresent()) {
                String after = before.map(b -> millis(Duration.between(b, at.get()))).orElse("");
                rows.add(
                        Json.mapper()
                                .createObjectNode()
                                .put("hop", hop)
                                .put("time", at.get().toString())
                                .put("after", after));
                before = at;
            }
        }
        return rows;
    }

    private static String millis(Duration after) {
        long millis = after.toMillis();
        return (millis < 0 ? "" : "+") + millis + " ms";
    }
}
