package aramaki.protocol.agent;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Observation;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.AgentMessage.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Observations to wire form and back.
public final class Results {
    private static final Duration LONGEST_TTL = Duration.ofDays(30);

    private Results() {}

    public static Result of(long seq, Observation o, @Nullable Instant spooled) {
        return new Result(
                seq,
                o.key().system().value(),
                o.key().entity().value(),
                o.key().check().value(),
                o.state().word(),
                o.output(),
                o.metrics().stream().map(Results::wire).toList(),
                o.due(),
                o.started(),
                o.finished(),
                spooled,
                o.pushedTtl().map(Duration::toMillis).orElse(null));
    }

    /// Refuses names, states and ranges that are none, and what a result lacks. Times are kept to
    /// the millisecond.
    public static Observation toModel(Result r) {
        refuseMissing(r);
        return new Observation(
                CheckKey.of(r.system(), r.entity(), r.check()),
                state(r.state()),
                r.output(),
                r.metrics().stream().map(Results::metric).toList(),
                r.due().truncatedTo(ChronoUnit.MILLIS),
                r.started().truncatedTo(ChronoUnit.MILLIS),
                r.finished().truncatedTo(ChronoUnit.MILLIS),
                ttl(r.pushedTtlMillis()));
    }

    public static MetricWire wire(Metric m) {
        return new MetricWire(
                m.name(),
                boxed(m.value()),
                m.unit(),
                m.warn().map(Range::toString).orElse(null),
                m.crit().map(Range::toString).orElse(null),
                boxed(m.min()),
                boxed(m.max()));
    }

    public static Metric metric(MetricWire w) {
        return new Metric(
                w.name(),
                optional(w.value()),
                w.unit(),
                range(w.warn()),
                range(w.crit()),
                optional(w.min()),
                optional(w.max()));
    }

    private static Optional<Duration> ttl(@Nullable Long millis) {
        if (millis == null) {
            return Optional.empty();
        }
        if (millis < 1 || millis > LONGEST_TTL.toMillis()) {
            throw Refusal.invalid("bad-ttl", "a pushed result's ttl is at most 30 days");
        }
        return Optional.of(Duration.ofMillis(millis));
    }

    /// A result comes from outside with holes in it, so that one bad result does not spoil a frame.
    private static void refuseMissing(Result r) {
        require("system", r.system());
        require("entity", r.entity());
        require("check", r.check());
        require("state", r.state());
        require("output", r.output());
        require("metrics", r.metrics());
        require("due", r.due());
        require("started", r.started());
        require("finished", r.finished());
        for (MetricWire metric : r.metrics()) {
            require("metrics", metric);
            require("metrics.name", metric.name());
            require("metrics.unit", metric.unit());
        }
    }

    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw Refusal.invalid("missing-field", field + ": is missing; a result has one");
        }
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
                            "\""
                                    + word
                                    + "\" is no state a result can have: ok, warning, critical or"
                                    + " unknown");
        };
    }

    private static Optional<Range> range(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(
                Range.parse(text)
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "bad-range",
                                                "\"" + text + "\" is no range, such as 10:20")));
    }

    /// JSON has no infinity and no NaN; a value that is either could not be determined.
    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble())
                ? value.getAsDouble()
                : null;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
