package aramaki.agent.observe.probe;

import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// From where on a value is a warning, and from where on critical.
record Thresholds(Optional<Range> warn, Optional<Range> crit) {
    State state(double value) {
        if (crit.filter(range -> range.alerts(value)).isPresent()) {
            return State.CRITICAL;
        }
        return warn.filter(range -> range.alerts(value)).isPresent() ? State.WARNING : State.OK;
    }

    Thresholds times(double factor) {
        return new Thresholds(
                warn.map(range -> range.times(factor)), crit.map(range -> range.times(factor)));
    }

    Metric metric(String name, double value, String unit) {
        return new Metric(
                name,
                OptionalDouble.of(value),
                unit,
                warn,
                crit,
                OptionalDouble.of(0),
                OptionalDouble.empty());
    }

    /// A metric whose value may be below zero.
    Metric signed(String name, double value, String unit) {
        return new Metric(
                name,
                OptionalDouble.of(value),
                unit,
                warn,
                crit,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /// Which limit a bad value broke, to be put behind it: ", critical below 7 days"; empty where
    /// it broke none.
    String limit(double value, DoubleFunction<String> words) {
        return switch (state(value)) {
            case CRITICAL -> ", critical " + side(crit.orElseThrow(), value, words);
            case WARNING -> ", warning " + side(warn.orElseThrow(), value, words);
            case OK, PENDING, UNKNOWN, STALE -> "";
        };
    }

    private static String side(Range range, double value, DoubleFunction<String> words) {
        if (range.inside()) {
            return "from " + words.apply(range.start()) + " to " + words.apply(range.end());
        }
        return value < range.start()
                ? "below " + words.apply(range.start())
                : "above " + words.apply(range.end());
    }

    /// A metric that is not judged.
    static Metric of(String name, double value, String unit) {
        return new Thresholds(Optional.empty(), Optional.empty()).metric(name, value, unit);
    }

    static Metric of(String name, double value, String unit, double max) {
        return new Metric(
                name,
                OptionalDouble.of(value),
                unit,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(0),
                OptionalDouble.of(max));
    }
}
