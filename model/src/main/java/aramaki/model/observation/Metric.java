package aramaki.model.observation;

import java.util.Optional;
import java.util.OptionalDouble;

/// One measured value of an observation, in base units (s, B, %, c for a counter, or none), with
/// the thresholds the plugin used.
///
/// @param value empty when the plugin could not determine it (`U`)
public record Metric(
        String name,
        OptionalDouble value,
        String unit,
        Optional<Range> warn,
        Optional<Range> crit,
        OptionalDouble min,
        OptionalDouble max) {

    /// A value without thresholds.
    public static Metric of(String name, double value, String unit) {
        return new Metric(
                name,
                OptionalDouble.of(value),
                unit,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
