package aramaki.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Stretches of time in words.
final class LaneWords {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter OF_DAY =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss");

    private static final Duration EXACT = Duration.ofMinutes(15);

    private LaneWords() {}

    /// `24 hours`, `1 minute`, `90 days`; from four of a unit on, parts of it are rounded.
    static String length(Duration length) {
        long minutes = Math.round(length.toSeconds() / 60.0);
        long hours = Math.round(minutes / 60.0);
        if (hours >= 48 && (hours >= 96 || hours % 24 == 0)) {
            return count(Math.round(hours / 24.0), "day");
        }
        return minutes >= 60 && (minutes >= 240 || minutes % 60 == 0)
                ? count(hours, "hour")
                : count(minutes, "minute");
    }

    /// As in `from=`, for a link: `90 d`.
    static String brief(Duration length) {
        if (length.toDays() > 0 && length.toHours() > 24) {
            return length.toDays() + " d";
        }
        return length.toHours() > 0 ? length.toHours() + " h" : length.toMinutes() + " min";
    }

    /// Both ends, the day of the second only when it is another.
    static String stretch(Instant from, Instant to, ZoneId zone) {
        var begin = from.atZone(zone);
        var end = to.atZone(zone);
        boolean days =
                begin.toLocalTime().toSecondOfDay() == 0 && end.toLocalTime().toSecondOfDay() == 0;
        if (days && begin.plusDays(1).equals(end)) {
            return DAY.format(begin);
        }
        boolean exact =
                (begin.getSecond() != 0 || end.getSecond() != 0)
                        && Duration.between(from, to).compareTo(EXACT) <= 0;
        boolean sameDay = begin.toLocalDate().equals(end.toLocalDate());
        return (exact ? TO_THE_SECOND : OF_DAY).format(begin)
                + " to "
                + (sameDay ? (exact ? SECOND : MINUTE) : (exact ? TO_THE_SECOND : OF_DAY))
                        .format(end);
    }

    static String moment(Instant at, ZoneId zone) {
        return OF_DAY.format(at.atZone(zone));
    }

    static String tick(Instant at, Duration of, ZoneId zone) {
        var local = at.atZone(zone);
        if (of.compareTo(Duration.ofDays(10)) > 0) {
            return DATE.format(local);
        }
        if (of.compareTo(Duration.ofDays(2)) > 0) {
            return (local.toLocalTime().toSecondOfDay() == 0 ? DAY : OF_DAY).format(local);
        }
        if (local.toLocalTime().toSecondOfDay() == 0) {
            return DAY.format(local);
        }
        return (of.compareTo(Duration.ofMinutes(5)) > 0 ? MINUTE : SECOND).format(local);
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
