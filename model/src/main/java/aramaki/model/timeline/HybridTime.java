package aramaki.model.timeline;

import java.time.Instant;
import java.util.Comparator;

/// A hybrid logical clock reading: wall time in milliseconds and a counter that orders readings of
/// the same millisecond, or of a wall clock that went back.
public record HybridTime(long wallMillis, int counter) implements Comparable<HybridTime> {
    public static final HybridTime ZERO = new HybridTime(0, 0);
    private static final Comparator<HybridTime> ORDER =
            Comparator.comparingLong(HybridTime::wallMillis).thenComparingInt(HybridTime::counter);

    /// The next reading after `this` when the wall clock shows `now`; always later than `this`.
    public HybridTime next(Instant now) {
        long wall = now.toEpochMilli();
        if (wall > wallMillis) {
            return new HybridTime(wall, 0);
        }
        return counter == Integer.MAX_VALUE
                ? new HybridTime(wallMillis + 1, 0)
                : new HybridTime(wallMillis, counter + 1);
    }

    public Instant wall() {
        return Instant.ofEpochMilli(wallMillis);
    }

    @Override
    public int compareTo(HybridTime other) {
        return ORDER.compare(this, other);
    }
}
