package aramaki.agent.observe.probe;

import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import java.util.Optional;
import java.util.OptionalDouble;

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
