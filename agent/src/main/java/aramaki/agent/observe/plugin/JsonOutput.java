package aramaki.agent.observe.plugin;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// A reader of the other form of a command's output: one JSON document with the state, a text and
/// metrics. It is strict, as a document that is half right hides what is wrong; unknown keys are
/// passed over.
final class JsonOutput {
    private static final Set<State> STATES =
            Set.of(State.OK, State.WARNING, State.CRITICAL, State.UNKNOWN);
    private static final int MAX_NAME = 256;
    private static final int MAX_FIELD = 64;

    private JsonOutput() {}

    /// What a document says; refuses one that is none, naming the place.
    static Finding parse(byte[] printed) {
        JsonNode document = Json.read(printed, JsonNode.class);
        if (!document.isObject()) {
            throw wrong("the document is " + kind(document) + "; it must be an object");
        }
        State state = state(document.path("state"));
        JsonNode output = document.path("output");
        if (!output.isTextual()) {
            throw wrong("output is " + kind(output) + "; it must be a text");
        }
        return new Finding(state, Text.of(output.textValue()), metrics(document.path("metrics")));
    }

    private static State state(JsonNode node) {
        for (State state : STATES) {
            if (node.isTextual() && state.word().equals(node.textValue())) {
                return state;
            }
        }
        throw wrong(
                "state is "
                        + (node.isTextual() ? '"' + node.textValue() + '"' : kind(node))
                        + "; it must be ok, warning, critical or unknown");
    }

    private static List<Metric> metrics(JsonNode list) {
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > PluginOutput.MAX_METRICS) {
            throw wrong(
                    "metrics is "
                            + (list.isArray() ? "a list of " + list.size() : kind(list))
                            + "; it must be a list of at most "
                            + PluginOutput.MAX_METRICS);
        }
        var metrics = new ArrayList<Metric>();
        var names = new HashSet<String>();
        for (int i = 0; i < list.size(); i++) {
            Metric metric = metric(list.get(i), "metrics[" + i + "]");
            if (!names.add(metric.name())) {
                throw wrong("metrics[" + i + "].name: " + metric.name() + " stands twice");
            }
            metrics.add(metric);
        }
        return metrics;
    }

    private static Metric metric(JsonNode node, String where) {
        if (!node.isObject()) {
            throw wrong(where + " is " + kind(node) + "; it must be an object");
        }
        String name = text(node, where, "name", MAX_NAME);
        if (name.isBlank()) {
            throw wrong(where + ".name is missing or empty");
        }
        Unit unit = Unit.of(text(node, where, "unit", MAX_FIELD));
        return new Metric(
                name,
                number(node, where, "value", unit),
                unit.base(),
                range(node, where, "warn", unit),
                range(node, where, "crit", unit),
                number(node, where, "min", unit),
                number(node, where, "max", unit));
    }

    private static String text(JsonNode node, String where, String field, int longest) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual() || value.textValue().length() > longest) {
            throw wrong(
                    where
                            + "."
                            + field
                            + " is "
                            + (value.isTextual() ? "too long" : kind(value))
                            + "; it must be a text of at most "
                            + longest
                            + " characters");
        }
        return Text.line(value.textValue(), longest);
    }

    private static OptionalDouble number(JsonNode node, String where, String field, Unit unit) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(
                    where + "." + field + " is " + kind(value) + "; it must be a number or null");
        }
        return OptionalDouble.of(unit.toBase(value.doubleValue()));
    }

    private static Optional<Range> range(JsonNode node, String where, String field, Unit unit) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.isNumber() || value.isTextual() ? value.asText() : "";
        return Optional.of(
                Range.parse(text)
                        .map(unit::toBase)
                        .orElseThrow(
                                () ->
                                        wrong(
                                                where
                                                        + "."
                                                        + field
                                                        + " is no range; write one such as \"80\""
                                                        + " or \"10:20\"")));
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT, POJO, BINARY -> "an object";
        };
    }

    private static Refusal wrong(String message) {
        return Refusal.invalid("bad-output", message);
    }
}
