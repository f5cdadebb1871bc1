package aramaki.agent.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// What a simulation counted. Latencies are kept in buckets of at most 7 % width, so the memory is
/// fixed.
final class Figures {
    private static final int STEPS = 10;
    private static final int BUCKETS = 28 * STEPS;

    private final LongAdder made = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);

    void made() {
        made.increment();
    }

    void acknowledged(List<Instant> spooled, Instant now) {
        acknowledged.add(spooled.size());
        for (var one : spooled) {
            buckets.incrementAndGet(bucket(Duration.between(one, now)));
        }
    }

    long madeSoFar() {
        return made.sum();
    }

    long acknowledgedSoFar() {
        return acknowledged.sum();
    }

    /// A copy of the latencies counted so far.
    long[] snapshot() {
        var copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = buckets.get(i);
        }
        return copy;
    }

    static long[] between(long[] before, long[] after) {
        var difference = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            difference[i] = after[i] - before[i];
        }
        return difference;
    }

    /// Milliseconds below which that share of the latencies lies; 0 when there are none.
    static double percentile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (total > 0 && seen >= share * total) {
                return Math.round(Math.pow(2, (i + 1.0) / STEPS) / 10) / 100.0;
            }
        }
        return 0;
    }

    private static int bucket(Duration latency) {
        double micros = Math.max(1, latency.toNanos() / 1000.0);
        int bucket = (int) (Math.log(micros) / Math.log(2) * STEPS);
        return Math.clamp(bucket, 0, BUCKETS - 1);
    }
}
