package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import aramaki.server.observation.MetricStore.Measured;
import aramaki.server.observation.MetricStore.Ranges;
import aramaki.server.observation.MetricStore.Series;
import aramaki.server.observation.MetricStore.Slot;
import aramaki.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What the metrics of one check on one entity were over a time: from single results while they are
/// few and kept, else from the tiers, with what is not in them yet added.
public final class MetricLines {
    /// More single results than this are not read for one picture.
    private static final int MOST_RESULTS = 3000;

    private final PastStore past;
    private final MetricStore metrics;
    private final Duration keepResults;
    private final Duration keepFiveMinutes;

    public MetricLines(
            PastStore past, MetricStore metrics, Duration keepResults, Duration keepFiveMinutes) {
        this.past = past;
        this.metrics = metrics;
        this.keepResults = keepResults;
        this.keepFiveMinutes = keepFiveMinutes;
    }

    /// What is asked for.
    ///
    /// @param every how often results come
    /// @param points at most so many per line
    public record Wanted(
            CheckKey key,
            Optional<String> name,
            Instant from,
            Instant to,
            Duration every,
            int points) {
        Duration step() {
            return Duration.between(from, to).dividedBy(points);
        }
    }

    /// One metric over time.
    ///
    /// @param step of a point; zero where points are single results
    /// @param ranges what it was held against, in order; the first from before the line begins
    public record Line(
            String name, String unit, Duration step, List<Point> points, List<Ranges> ranges) {
        public Line {
            points = List.copyOf(points);
            ranges = List.copyOf(ranges);
        }
    }

    /// The results of one step, or a single one.
    ///
    /// @param at when the step began, or when the result was made
    public record Point(Instant at, double least, double average, double most, int results) {}

    public List<Line> of(Tx tx, Wanted wanted, Instant now) {
        if (!wanted.from().isBefore(wanted.to())) {
            return List.of();
        }
        if (single(wanted, now)) {
            var made =
                    past.made(
                            tx,
                            wanted.key(),
                            wanted.from(),
                            wanted.to().plusMillis(1),
                            MOST_RESULTS + 1);
            if (made.size() <= MOST_RESULTS) {
                var all =
                        made.reversed().stream()
                                .map(
                                        r ->
                                                new Measured(
                                                        r.number(),
                                                        wanted.key(),
                                                        r.observation().finished(),
                                                        r.observation().metrics()))
                                .toList();
                return singles(wanted, all);
            }
        }
        boolean fine =
                wanted.step().compareTo(Tier.HOUR.step()) < 0
                        && wanted.from().isAfter(now.minus(keepFiveMinutes));
        return tiers(tx, wanted, fine ? Tier.FIVE_MINUTES : Tier.HOUR);
    }

    private boolean single(Wanted wanted, Instant now) {
        long expected =
                Duration.between(wanted.from(), wanted.to()).toMillis()
                        / Math.max(1, wanted.every().toMillis());
        return expected <= MOST_RESULTS && wanted.from().isAfter(now.minus(keepResults));
    }

    private List<Line> singles(Wanted wanted, List<Measured> all) {
        var lines = new LinkedHashMap<String, List<Slot>>();
        var units = new LinkedHashMap<String, String>();
        var ranges = new LinkedHashMap<String, List<Ranges>>();
        long step = Math.max(1, wanted.step().toMillis());
        boolean joined = all.size() > wanted.points();
        for (var measured : all) {
            for (var metric : measured.metrics()) {
                if (metric.value().isEmpty() || !wanted(wanted, metric.name())) {
                    continue;
                }
                units.put(metric.name(), metric.unit());
                long at = measured.at().toEpochMilli();
                long slot = joined ? at / step * step : at;
                join(lines.computeIfAbsent(metric.name(), _ -> new ArrayList<>()), slot, metric);
                range(
                        ranges.computeIfAbsent(metric.name(), _ -> new ArrayList<>()),
                        metric,
                        measured.at());
            }
        }
        return lines.entrySet().stream()
                .map(
                        line ->
                                new Line(
                                        line.getKey(),
                                        units.getOrDefault(line.getKey(), ""),
                                        joined ? Duration.ofMillis(step) : Duration.ZERO,
                                        line.getValue().stream()
                                                .map(s -> point(s, Instant.ofEpochMilli(s.slot())))
                                                .toList(),
                                        ranges.getOrDefault(line.getKey(), List.of())))
                .toList();
    }

    private static boolean wanted(Wanted wanted, String name) {
        return wanted.name().map(name::equals).orElse(true);
    }

    private static void join(List<Slot> line, long at, Metric metric) {
        double value = metric.value().orElseThrow();
        var one = new Slot(0, at, value, value, value, 1);
        if (!line.isEmpty() && line.getLast().slot() == at) {
            line.set(line.size() - 1, line.getLast().plus(one));
        } else {
            line.add(one);
        }
    }

    private static void range(List<Ranges> known, Metric metric, Instant at) {
        var now =
                new Ranges(
                        0,
                        at,
                        metric.warn().map(Range::toString).orElse(""),
                        metric.crit().map(Range::toString).orElse(""));
        if (known.isEmpty()
                || !known.getLast().warn().equals(now.warn())
                || !known.getLast().crit().equals(now.crit())) {
            known.add(now);
        }
    }

    private List<Line> tiers(Tx tx, Wanted wanted, Tier tier) {
        long slotsPerPoint =
                Math.max(1, Math.ceilDiv(wanted.step().toSeconds(), tier.step().toSeconds()));
        var fresh = fresh(tx, wanted.key());
        var lines = new ArrayList<Line>();
        for (var series : metrics.series(tx, wanted.key())) {
            if (wanted(wanted, series.name())) {
                lines.add(line(tx, wanted, tier, slotsPerPoint, series, fresh));
            }
        }
        return lines.stream().filter(l -> !l.points().isEmpty()).toList();
    }

    private Line line(
            Tx tx,
            Wanted wanted,
            Tier tier,
            long slotsPerPoint,
            Series series,
            List<Measured> fresh) {
        long from = tier.slot(wanted.from());
        long to = tier.slot(wanted.to()) + 1;
        var points = new TreeMap<Long, Slot>();
        for (var slot : metrics.slots(tx, tier, series.id(), from, to)) {
            points.merge(slot.slot() / slotsPerPoint, slot, Slot::plus);
        }
        long cursor = cursor(tx, series);
        for (var measured : fresh) {
            long slot = tier.slot(measured.at());
            if (measured.number() > cursor && slot >= from && slot < to) {
                for (var metric : measured.metrics()) {
                    if (metric.name().equals(series.name()) && metric.value().isPresent()) {
                        double v = metric.value().getAsDouble();
                        points.merge(
                                slot / slotsPerPoint,
                                new Slot(series.id(), slot, v, v, v, 1),
                                Slot::plus);
                    }
                }
            }
        }
        return new Line(
                series.name(),
                series.unit(),
                tier.step().multipliedBy(slotsPerPoint),
                points.entrySet().stream()
                        .map(p -> point(p.getValue(), tier.begin(p.getKey() * slotsPerPoint)))
                        .toList(),
                metrics.ranges(tx, series.id(), wanted.from()));
    }

    /// Results that are in no tier yet.
    private List<Measured> fresh(Tx tx, CheckKey key) {
        long least = Long.MAX_VALUE;
        for (int part = 0; part < MetricTiers.parts(); part++) {
            least = Math.min(least, metrics.cursor(tx, MetricTiers.part(part)).orElse(0L));
        }
        return metrics.measured(tx, key, least, MOST_RESULTS);
    }

    private long cursor(Tx tx, Series series) {
        return metrics.cursor(tx, MetricTiers.part(MetricTiers.part(series))).orElse(0L);
    }

    private static Point point(Slot slot, Instant at) {
        return new Point(at, slot.least(), slot.average(), slot.most(), slot.results());
    }
}
