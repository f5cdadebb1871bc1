package aramaki.server.web;

import aramaki.server.timeline.EventStore.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Cuts a stretch of time into slots that begin where clocks and calendars do.
final class LaneSlots {
    private static final int MOST = 120;
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<Duration> LENGTHS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    DAY);

    private LaneSlots() {}

    /// At most about 120 of them; the first and the last may be parts.
    static List<Slot> of(Window window, ZoneId zone) {
        return of(window, zone, length(window, MOST));
    }

    /// The shortest length that gives no more than so many.
    static Duration length(Window window, int most) {
        return LENGTHS.stream()
                .filter(l -> window.length().toMillis() <= l.toMillis() * most)
                .findFirst()
                .orElse(DAY.multipliedBy(14));
    }

    static List<Slot> of(Window window, ZoneId zone, Duration length) {
        var slots = new ArrayList<Slot>();
        for (var at = begin(window.from(), zone, length); at.isBefore(window.to()); ) {
            var next = next(at, zone, length);
            slots.add(
                    new Slot(
                            at.isBefore(window.from()) ? window.from() : at,
                            next.isAfter(window.to()) ? window.to() : next));
            at = next;
        }
        return slots;
    }

    private static Instant begin(Instant at, ZoneId zone, Duration length) {
        if (length.compareTo(DAY) >= 0) {
            return at.atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant();
        }
        long shift = zone.getRules().getOffset(at).getTotalSeconds() * 1000L;
        long local = at.toEpochMilli() + shift;
        return Instant.ofEpochMilli(local - Math.floorMod(local, length.toMillis()) - shift);
    }

    /// A day may have 23 hours.
    private static Instant next(Instant at, ZoneId zone, Duration length) {
        return length.compareTo(DAY) >= 0
                ? at.atZone(zone).plusDays(length.toDays()).toInstant()
                : at.plus(length);
    }
}
