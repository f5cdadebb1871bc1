package aramaki.server.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// What of a payload outlives its redaction: which check, which episode, which state, and nothing
/// that people or programs wrote.
final class Blank {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Our own words, ids and times, which projections are folded from.
    private static final Set<String> KEPT =
            Set.of(
                    "entity",
                    "check",
                    "episode",
                    "severity",
                    "cause",
                    "okAt",
                    "from",
                    "to",
                    "because",
                    "state",
                    "worst",
                    "changes",
                    "observation",
                    "about",
                    "agent",
                    "kind",
                    "backBy",
                    "after",
                    "anchored",
                    "act");

    private Blank() {}

    static JsonNode of(JsonNode payload) {
        var blank = JSON.objectNode();
        payload.properties()
                .forEach(
                        field ->
                                blank.set(
                                        field.getKey(),
                                        KEPT.contains(field.getKey())
                                                ? field.getValue()
                                                : empty(field.getValue())));
        return blank;
    }

    private static JsonNode empty(JsonNode value) {
        return switch (value) {
            case ObjectNode _ -> JSON.objectNode();
            case ArrayNode _ -> JSON.arrayNode();
            case JsonNode v when v.isTextual() -> JSON.textNode("");
            case JsonNode v when v.isNumber() -> JSON.numberNode(0);
            case JsonNode v when v.isBoolean() -> JSON.booleanNode(false);
            default -> JSON.nullNode();
        };
    }
}
