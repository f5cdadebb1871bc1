package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind metrics over time: numbered series, their tiers, and how far results were added.
public interface MetricStore {
    /// Metrics of results with numbers above `after`, in order.
    List<Measured> measured(Tx tx, long after, int limit);

    /// The same of one check, for what is not in the tiers yet.
    List<Measured> measured(Tx tx, CheckKey key, long after, int limit);

    List<Series> allSeries(Tx tx);

    List<Series> series(Tx tx, CheckKey key);

    Series create(Tx tx, CheckKey key, String name, String unit);

    void forget(Tx tx, long series);

    /// Adds to what these slots hold already; a slot must not stand twice.
    void merge(Tx tx, Tier tier, List<Slot> slots);

    /// Slots from one number until before another, in order.
    List<Slot> slots(Tx tx, Tier tier, long series, long from, long to);

    void saveRanges(Tx tx, List<Ranges> ranges);

    /// The ranges that held at a moment, and those that came after, in order.
    List<Ranges> ranges(Tx tx, long series, Instant from);

    /// Deletes what lies before each; returns whether anything of the series is left.
    boolean prune(Tx tx, long series, Instant fiveMinutes, Instant hours);

    /// Up to which result this part of the series has been added; empty at first.
    Optional<Long> cursor(Tx tx, String part);

    void saveCursor(Tx tx, String part, long number);

    /// The metrics of one result.
    record Measured(long number, CheckKey key, Instant at, List<Metric> metrics) {}

    /// One metric of one check on one entity.
    record Series(long id, CheckKey key, String name, String unit) {}

    /// What the results of one slot come to.
    record Slot(long series, long slot, double least, double total, double most, int results) {
        public Slot plus(double value) {
            return new Slot(
                    series,
                    slot,
                    Math.min(least, value),
                    total + value,
                    Math.max(most, value),
                    results + 1);
        }

        public Slot plus(Slot other) {
            return new Slot(
                    series,
                    slot,
                    Math.min(least, other.least),
                    total + other.total,
                    Math.max(most, other.most),
                    results + other.results);
        }

        public double average() {
            return total / results;
        }
    }

    /// What a metric was held against from a moment on; empty text for no range.
    record Ranges(long series, Instant from, String warn, String crit) {}
}
