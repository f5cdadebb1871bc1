package aramaki.server.web.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A moment as a page tells it: exactly, as a person here reads it, and in short.
///
/// @param iso RFC 3339 in UTC; empty for what has not happened
/// @param absolute with date and zone, shown on hover and in print
/// @param relative what stands in the line: an age, or a clock time
public record When(String iso, String absolute, String relative) {
    /// What has not happened.
    public static final When NEVER = new When("", "", "never");

    private static final DateTimeFormatter ABSOLUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter EXACT_CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);

    /// The age of a moment; the page lets it grow.
    public static When of(Instant at, Instant now, ZoneId zone) {
        return told(at, zone, Ages.text(Duration.between(at, now)));
    }

    /// The time of day, for things that stand under a date.
    public static When clock(Instant at, ZoneId zone) {
        return told(at, zone, CLOCK.withZone(zone).format(at));
    }

    /// How far a moment is from another: `+12 s`, `−3 min`.
    public static When away(Instant at, Duration offset, ZoneId zone) {
        String sign = offset.isNegative() ? "−" : "+";
        String length =
                offset.abs().compareTo(Duration.ofSeconds(1)) < 0
                        ? offset.abs().toMillis() + " ms"
                        : Ages.text(offset.abs());
        return told(at, zone, sign + length);
    }

    /// The time of day to the millisecond.
    public static When exactly(Instant at, ZoneId zone) {
        return told(at, zone, EXACT_CLOCK.withZone(zone).format(at));
    }

    /// The day, for the ends of a long time.
    public static When day(Instant at, ZoneId zone) {
        return told(at, zone, DAY.withZone(zone).format(at));
    }

    /// Day and time of day.
    public static When moment(Instant at, ZoneId zone) {
        return told(at, zone, MOMENT.withZone(zone).format(at));
    }

    public boolean happened() {
        return !iso.isEmpty();
    }

    private static When told(Instant at, ZoneId zone, String relative) {
        return new When(
                at.truncatedTo(ChronoUnit.MILLIS).toString(),
                ABSOLUTE.withZone(zone).format(at),
                relative);
    }
}
