package aramaki.agent.input;

import aramaki.agent.observe.plugin.PluginOutput;
import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An event in the form that programs send to a Sensu Go agent (`POST /events`, core/v2), or in the
/// older form of Sensu 1.x with the fields of the check at the top.
final class SensuEvent {
    private SensuEvent() {}

    /// Reads one about the host of this name.
    static Pushed read(byte[] body, String host) {
        var event = Json.tree(body);
        var check = event.path("check").isObject() ? event.path("check") : event;
        String name = text(check.path("metadata").path("name"), text(check.path("name"), ""));
        if (name.isBlank()) {
            throw Refusal.invalid(
                    "no-name", "check.metadata.name: is missing; name the check, such as backup");
        }
        refuseOthers(check, event, host);
        if (!check.path("status").isMissingNode() && !check.path("status").isIntegralNumber()) {
            throw Refusal.invalid("bad-status", "check.status: is a number: 0, 1, 2 or another");
        }
        String output = text(check.path("output"), "");
        var parsed = PluginOutput.parse(output);
        boolean perfdata = text(check.path("output_metric_format"), "").equals("nagios_perfdata");
        var metrics = new ArrayList<Metric>(perfdata ? parsed.metrics() : List.of());
        metrics.addAll(points(event.path("metrics").path("points")));
        return new Pushed(
                Pushed.shortName(name),
                Pushed.state(check.path("status").asLong(0)),
                perfdata ? parsed.text() : output,
                metrics,
                ttl(check),
                at(check),
                duration(check.path("duration").asDouble(0)));
    }

    /// An agent speaks for its own host only.
    private static void refuseOthers(JsonNode check, JsonNode event, String host) {
        for (var said :
                List.of(
                        check.path("proxy_entity_name"),
                        event.path("entity").path("metadata").path("name"),
                        check.path("source"))) {
            String other = text(said, "");
            if (!other.isEmpty() && !Pushed.shortName(other).equals(host)) {
                throw Refusal.invalid(
                        "other-entity",
                        "this agent speaks for its own host, "
                                + host
                                + ", not for "
                                + other
                                + "; leave the entity out");
            }
        }
    }

    /// What it said, or two of its intervals.
    private static Optional<Duration> ttl(JsonNode check) {
        long ttl = check.path("ttl").asLong(0);
        long interval = check.path("interval").asLong(0);
        long seconds = ttl > 0 ? ttl : interval > 0 ? Math.multiplyExact(interval, 2) : 0;
        return seconds <= 0
                ? Optional.empty()
                : Optional.of(
                        Duration.ofSeconds(Math.min(seconds, Pushed.LONGEST_TTL.toSeconds())));
    }

    private static Optional<Instant> at(JsonNode check) {
        long executed = check.path("executed").asLong(0);
        try {
            return executed > 0 ? Optional.of(Instant.ofEpochSecond(executed)) : Optional.empty();
        } catch (DateTimeException e) {
            throw Refusal.invalid("bad-time", "check.executed: is no time in seconds since 1970");
        }
    }

    private static Duration duration(double seconds) {
        boolean sane = Double.isFinite(seconds) && seconds > 0 && seconds < 86_400;
        return sane ? Duration.ofMillis((long) (seconds * 1000)) : Duration.ZERO;
    }

    private static List<Metric> points(JsonNode points) {
        var metrics = new ArrayList<Metric>();
        for (var point : points) {
            String name = text(point.path("name"), "");
            if (!name.isEmpty() && point.path("value").isNumber()) {
                metrics.add(Metric.of(name, point.path("value").asDouble(), ""));
            }
            if (metrics.size() > Pushed.MAX_METRICS) {
                break;
            }
        }
        return metrics;
    }

    private static String text(JsonNode node, String fallback) {
        return node.isTextual() ? node.asText() : fallback;
    }
}
