package aramaki.server.observation;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import aramaki.server.observation.MetricStore.Measured;
import aramaki.server.observation.MetricStore.Ranges;
import aramaki.server.observation.MetricStore.Series;
import aramaki.server.observation.MetricStore.Slot;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds the metrics of results to their 5-minute and hour slots, and forgets old ones. It reads
/// behind intake and writes seldom: all that a few minutes brought is added up in memory first, and
/// written in parts, each in one unit with its own cursor. So after a kill every part goes on where
/// it was, and no result is added twice.
public final class MetricTiers implements Task {
    /// More metrics of one check on one entity than this are kept as single results only.
    public static final int MOST_METRICS = 200;

    private static final int MAX_NAME = 200;
    private static final int MAX_UNIT = 20;
    private static final int PARTS = 16;
    private static final int BATCH = 1000;
    private static final int MOST_SLOTS = 50_000;
    private static final int PRUNED = 200;
    private static final Duration BEHIND = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Store store;
    private final MetricStore metrics;
    private final Duration keepFiveMinutes;
    private final Duration keepHours;

    private final Map<CheckKey, Map<String, Series>> series = new HashMap<>();
    private final Map<Long, Ranges> ranges = new HashMap<>();
    private final Map<Tier, Map<Place, Slot>> slots = new HashMap<>();
    private final Map<Long, List<Ranges>> newRanges = new HashMap<>();
    private final long[] cursors = new long[PARTS];
    private boolean loaded;
    private long read;
    private int nextToPrune;

    private record Place(long series, long slot) {}

    public MetricTiers(
            Store store, MetricStore metrics, Duration keepFiveMinutes, Duration keepHours) {
        this.store = store;
        this.metrics = metrics;
        this.keepFiveMinutes = keepFiveMinutes;
        this.keepHours = keepHours;
    }

    @Override
    public String name() {
        return "metric-tiers";
    }

    /// Works one batch at a time, so that intake always finds its turn between two.
    @Override
    public Duration run(Instant now) {
        try {
            return work(now);
        } catch (RuntimeException e) {
            loaded = false; // what memory holds may not be what was written
            throw e;
        }
    }

    private Duration work(Instant now) {
        if (!loaded) {
            load();
        }
        var until = Tier.FIVE_MINUTES.begin(Tier.FIVE_MINUTES.slot(now));
        long from = read;
        var batch = store.read(tx -> metrics.measured(tx, from, BATCH));
        int taken = 0;
        for (var measured : batch) {
            if (!measured.at().isBefore(until)) {
                break; // of a slot that is not over yet
            }
            add(measured);
            read = measured.number();
            taken++;
        }
        boolean more = taken == BATCH;
        if (!more || slots.getOrDefault(Tier.FIVE_MINUTES, Map.of()).size() > MOST_SLOTS) {
            write();
        }
        if (more) {
            return BETWEEN;
        }
        prune(now);
        return Duration.between(now, until.plus(BEHIND).plusSeconds(20));
    }

    private void load() {
        series.clear();
        ranges.clear();
        slots.clear();
        newRanges.clear();
        store.read(metrics::allSeries)
                .forEach(
                        s ->
                                series.computeIfAbsent(s.key(), _ -> new HashMap<>())
                                        .put(s.name(), s));
        read = Long.MAX_VALUE;
        for (int part = 0; part < PARTS; part++) {
            String name = part(part);
            cursors[part] = store.read(tx -> metrics.cursor(tx, name)).orElse(0L);
            read = Math.min(read, cursors[part]);
        }
        loaded = true;
    }

    /// The name of a part's cursor.
    static String part(int part) {
        return "metrics-" + part;
    }

    static int parts() {
        return PARTS;
    }

    private void add(Measured measured) {
        for (var metric : measured.metrics()) {
            if (metric.value().isPresent() && !metric.name().isEmpty()) {
                of(measured.key(), metric).ifPresent(s -> add(s, metric, measured));
            }
        }
    }

    private void add(Series series, Metric metric, Measured measured) {
        if (measured.number() <= cursors[part(series)]) {
            return; // was added before the kill
        }
        double value = metric.value().orElseThrow();
        for (var tier : Tier.values()) {
            long slot = tier.slot(measured.at());
            slots.computeIfAbsent(tier, _ -> new HashMap<>())
                    .merge(
                            new Place(series.id(), slot),
                            new Slot(series.id(), slot, value, value, value, 1),
                            Slot::plus);
        }
        var now =
                new Ranges(
                        series.id(),
                        measured.at(),
                        metric.warn().map(Range::toString).orElse(""),
                        metric.crit().map(Range::toString).orElse(""));
        var changes = newRanges.computeIfAbsent(series.id(), _ -> new ArrayList<>());
        var before = changes.isEmpty() ? known(series.id()) : changes.getLast();
        if (!same(now, before)) {
            // A plugin may print other ranges each time: one change for each 5 minutes is kept.
            if (!changes.isEmpty() && fives(changes.getLast()) == fives(now)) {
                changes.removeLast();
            }
            changes.add(now);
        }
    }

    private static long fives(Ranges ranges) {
        return Tier.FIVE_MINUTES.slot(ranges.from());
    }

    private Ranges known(long id) {
        return ranges.computeIfAbsent(
                id,
                _ -> {
                    var latest = store.read(tx -> metrics.ranges(tx, id, Instant.EPOCH));
                    return latest.isEmpty()
                            ? new Ranges(id, Instant.EPOCH, "", "")
                            : latest.getLast();
                });
    }

    private static boolean same(Ranges a, Ranges b) {
        return a.warn().equals(b.warn()) && a.crit().equals(b.crit());
    }

    static int part(Series series) {
        return Math.floorMod(series.id(), PARTS);
    }

    private Optional<Series> of(CheckKey key, Metric metric) {
        var known = series.computeIfAbsent(key, _ -> new HashMap<>());
        var found = known.get(metric.name());
        if (found != null) {
            return Optional.of(found);
        }
        if (known.size() >= MOST_METRICS || metric.name().length() > MAX_NAME) {
            return Optional.empty();
        }
        String unit = metric.unit();
        String kept = unit.length() > MAX_UNIT ? unit.substring(0, MAX_UNIT) : unit;
        var made = store.write(tx -> metrics.create(tx, key, metric.name(), kept));
        known.put(metric.name(), made);
        return Optional.of(made);
    }

    private void write() {
        if (read <= cursors[0] && read <= cursors[PARTS - 1]) {
            return;
        }
        for (int i = 0; i < PARTS; i++) {
            int part = i;
            if (read > cursors[part]) {
                store.write(tx -> write(tx, part));
                cursors[part] = read;
            }
        }
        newRanges.forEach(
                (id, changes) -> {
                    if (!changes.isEmpty()) {
                        ranges.put(id, changes.getLast());
                    }
                });
        newRanges.clear();
        slots.clear();
    }

    private int write(Tx tx, int part) {
        if (metrics.cursor(tx, part(part)).orElse(0L) != cursors[part]) {
            // An earlier unit of ours was kept though we were told of a failure.
            throw Refusal.conflict("moved-on", "more has been added up than was known");
        }
        int written = 0;
        for (var tier : Tier.values()) {
            var mine =
                    slots.getOrDefault(tier, Map.of()).values().stream()
                            .filter(s -> Math.floorMod(s.series(), PARTS) == part)
                            .toList();
            metrics.merge(tx, tier, mine);
            written += mine.size();
        }
        metrics.saveRanges(
                tx,
                newRanges.values().stream()
                        .flatMap(List::stream)
                        .filter(r -> Math.floorMod(r.series(), PARTS) == part)
                        .toList());
        metrics.saveCursor(tx, part(part), read);
        return written;
    }

    private void prune(Instant now) {
        var all = new ArrayList<Series>();
        series.values().forEach(of -> all.addAll(of.values()));
        if (nextToPrune >= all.size()) {
            nextToPrune = 0;
        }
        var some =
                List.copyOf(all.subList(nextToPrune, Math.min(all.size(), nextToPrune + PRUNED)));
        nextToPrune += PRUNED;
        if (some.isEmpty()) {
            return;
        }
        var empty =
                store.write(
                        tx ->
                                some.stream()
                                        .filter(
                                                s ->
                                                        !metrics.prune(
                                                                tx,
                                                                s.id(),
                                                                now.minus(keepFiveMinutes),
                                                                now.minus(keepHours)))
                                        .peek(s -> metrics.forget(tx, s.id()))
                                        .toList());
        for (var gone : empty) {
            ranges.remove(gone.id());
            series.getOrDefault(gone.key(), new HashMap<>()).remove(gone.name());
        }
    }
}
