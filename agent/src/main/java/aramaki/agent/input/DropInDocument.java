package aramaki.agent.input;

import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.Results;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A result as a file says it: `{"check": "backup", "state": "ok", "output": "...", "ttl": "25h"}`.
///
/// @param ttl as in a check's file
/// @param at when it was made; when it was read, if it does not say
record DropInDocument(
        @Nullable String check,
        @Nullable String state,
        @Nullable String output,
        @Nullable List<@Nullable MetricDocument> metrics,
        @Nullable String ttl,
        @Nullable Instant at) {
    private static final Pattern TTL = Pattern.compile("([0-9]{1,6})([smhd])");

    /// A metric of it, by the names of the interface.
    record MetricDocument(
            @Nullable String name,
            @Nullable Double value,
            @Nullable String unit,
            @Nullable String warn,
            @Nullable String crit,
            @Nullable Double min,
            @Nullable Double max) {}

    static Pushed read(byte[] bytes) {
        var document = Json.read(bytes, DropInDocument.class);
        return new Pushed(
                needed("check", document.check, "backup"),
                state(needed("state", document.state, "ok")),
                Optional.ofNullable(document.output).orElse(""),
                document.toMetrics(),
                Optional.ofNullable(document.ttl).map(DropInDocument::ttl),
                Optional.ofNullable(document.at),
                Duration.ZERO);
    }

    private static String needed(String field, @Nullable String value, String example) {
        if (value == null) {
            throw Refusal.invalid(
                    "missing-field", field + ": is missing; write it, such as " + example);
        }
        return value;
    }

    private static State state(String word) {
        return switch (word) {
            case "ok" -> State.OK;
            case "warning" -> State.WARNING;
            case "critical" -> State.CRITICAL;
            case "unknown" -> State.UNKNOWN;
            default ->
                    throw Refusal.invalid(
                            "bad-state",
                            "state: \""
                                    + word
                                    + "\" is none; write ok, warning, critical or unknown");
        };
    }

    private static Duration ttl(String text) {
        var form = TTL.matcher(text);
        if (!form.matches()) {
            throw Refusal.invalid("bad-ttl", "ttl: \"" + text + "\" is no duration, such as 25h");
        }
        long number = Long.parseLong(form.group(1));
        var ttl =
                switch (form.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        if (ttl.compareTo(Pushed.LONGEST_TTL) > 0) {
            throw Refusal.invalid("bad-ttl", "ttl: is at most 30d");
        }
        return ttl;
    }

    private List<Metric> toMetrics() {
        var all = new ArrayList<Metric>();
        for (var one : Optional.ofNullable(metrics).orElse(List.of())) {
            if (one == null) {
                throw Refusal.invalid("missing-field", "metrics: null is no metric");
            }
            all.add(
                    Results.metric(
                            new MetricWire(
                                    needed("metrics.name", one.name, "size"),
                                    one.value,
                                    Optional.ofNullable(one.unit).orElse(""),
                                    one.warn,
                                    one.crit,
                                    one.min,
                                    one.max)));
        }
        return all;
    }
}
