package aramaki.server.api;

import aramaki.protocol.Json;
import aramaki.server.api.Answers.MetricItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the JSON interface answers and takes about the past of a check, and about running it.
public final class PastAnswers {
    private PastAnswers() {}

    /// @param state null where nothing is known
    /// @param gap why nothing is known; null otherwise
    public record SpanItem(
            Instant from,
            Instant to,
            @Nullable String state,
            boolean flapping,
            @Nullable String gap) {}

    /// One step of a metric, or a single result.
    public record MetricPoint(Instant at, double min, double avg, double max, int count) {}

    /// What a metric was held against from a moment on.
    public record MetricRange(Instant from, @Nullable String warn, @Nullable String crit) {}

    /// @param stepSeconds of a point; 0 where points are single results
    public record MetricLine(
            String name,
            String unit,
            double stepSeconds,
            List<MetricPoint> points,
            List<MetricRange> ranges) {}

    public record Metrics(
            String system,
            String entity,
            String check,
            Instant from,
            Instant to,
            List<MetricLine> metrics) {}

    /// @param entity may be left out where the check runs on one only
    /// @param noWait whether to ask only, and not to wait for the result
    public record RunRequest(@Nullable String entity, @Nullable Boolean noWait)
            implements Json.Whole {}

    /// What was asked for without waiting.
    public record Asked(String system, String entity, String check, boolean asked) {}

    public record NewObservation(
            String system,
            String entity,
            String check,
            String state,
            @Nullable String output,
            @Nullable List<MetricItem> metrics,
            @Nullable Instant at)
            implements Json.Whole {}
}
