package aramaki.model.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What is known of an alert key's past: whether this is always so or has just begun.
///
/// @param lastOkAt when what it is about was last known to be good; empty when it never was
/// @param times7d how often it fired in the last 7 days, to the hour; 90 days are to the day
/// @param medianSeconds how long the latest episodes lasted; empty before the first one ended
/// @param usualHour hour of the day in UTC around which at least half of the episodes began
/// @param total how often it ever fired
public record AlertHistory(
        Instant firstAt,
        Optional<Instant> lastOkAt,
        int times1d,
        int times7d,
        int times90d,
        OptionalLong medianSeconds,
        OptionalInt usualHour,
        int total) {

    /// One sentence for people of a zone: `12th time in 90 days (3 in 7), usually 8 min, mostly
    /// around 03 h; first 2026-03-02; last ok 5 min ago`.
    public String sentence(boolean firing, Instant now, ZoneId zone) {
        var said = new ArrayList<String>();
        said.add(times(firing));
        medianSeconds.ifPresent(s -> said.add("usually " + length(Duration.ofSeconds(s))));
        usualHour.ifPresent(
                hour ->
                        said.add(
                                String.format(
                                        Locale.ROOT,
                                        "mostly around %02d h",
                                        local(hour, now, zone))));
        String line = String.join(", ", said);
        if (total > 1) {
            line += "; first " + firstAt.atZone(zone).toLocalDate();
        }
        if (!firing) {
            return line;
        }
        return line
                + lastOkAt.map(at -> "; last ok " + length(Duration.between(at, now)) + " ago")
                        .orElse("; never seen ok");
    }

    private String times(boolean firing) {
        if (total <= 1) {
            return firing ? "first time ever" : "once ever";
        }
        if (times90d == 0) {
            return "not in 90 days, " + total + " times ever";
        }
        String week = times7d > 0 && times7d != times90d ? " (" + times7d + " in 7)" : "";
        if (!firing) {
            return (times90d == 1 ? "once" : times90d + " times") + " in 90 days" + week;
        }
        return times90d == 1
                ? "first time in 90 days, " + total + " ever"
                : ordinal(times90d) + " time in 90 days" + week;
    }

    private static int local(int hour, Instant now, ZoneId zone) {
        int offset = zone.getRules().getOffset(now).getTotalSeconds();
        int seconds = hour * 3600 + 1800 + offset; // the middle of the hour, for zones of half ones
        return Math.floorMod(seconds, 86_400) / 3600;
    }

    /// The hour of the day in UTC of a moment, as `usualHour` counts.
    public static int hourOf(Instant at) {
        return at.atZone(ZoneOffset.UTC).getHour();
    }

    private static String ordinal(int number) {
        int tens = number % 100;
        if (tens >= 11 && tens <= 13) {
            return number + "th";
        }
        return number
                + switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    private static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 90) {
            return seconds + " s";
        }
        if (seconds < 90 * 60) {
            return Math.round(seconds / 60.0) + " min";
        }
        if (seconds < 48 * 3600) {
            return Math.round(seconds / 3600.0) + " h";
        }
        return Math.round(seconds / 86_400.0) + " d";
    }
}
