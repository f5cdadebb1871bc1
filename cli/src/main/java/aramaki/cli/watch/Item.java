package aramaki.cli.watch;

import aramaki.cli.output.Cell;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One row that can be selected and opened.
sealed interface Item {
    record Alert(JsonNode node) implements Item {}

    record Place(Board.Place place) implements Item {}

    record Event(JsonNode node) implements Item {}

    /// Stays the same while the row moves.
    default String id() {
        return switch (this) {
            case Alert(var node) -> text(node, "key");
            case Place(var place) -> place.path();
            case Event(var node) -> text(node, "id");
        };
    }

    /// The page of it, below the server's address.
    default String page() {
        return switch (this) {
            case Alert(var node) -> "/s/" + part(node, "system") + "/checks/" + part(node, "check");
            case Place(var place) -> "/s/" + encoded(place.name());
            case Event(var node) -> "/events/" + part(node, "id");
        };
    }

    /// Whether a person who types this into the filter means it.
    default boolean matches(String filter) {
        String all =
                switch (this) {
                    case Alert(var node) ->
                            text(node, "severity")
                                    + ' '
                                    + text(node, "system")
                                    + ' '
                                    + text(node, "entity")
                                    + ' '
                                    + text(node, "check")
                                    + ' '
                                    + text(node, "output");
                    case Place(var place) ->
                            place.name()
                                    + ' '
                                    + text(place.system(), "state")
                                    + ' '
                                    + text(place.system(), "title")
                                    + ' '
                                    + text(place.system(), "labels");
                    case Event(var node) ->
                            text(node, "system")
                                    + ' '
                                    + text(node, "type")
                                    + ' '
                                    + text(node, "text");
                };
        String folded = all.toLowerCase(Locale.ROOT);
        for (String word : filter.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
            if (!folded.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String text(JsonNode node, String member) {
        return Cell.string(node.path(member));
    }

    private static String part(JsonNode node, String member) {
        return encoded(text(node, member));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
