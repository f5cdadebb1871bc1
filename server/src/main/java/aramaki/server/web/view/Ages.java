package aramaki.server.web.view;

import java.time.Duration;

/// Durations in the few words that fit a column; the script of the pages counts on in the same
/// words.
public final class Ages {
    private Ages() {}

    /// `4 s`, `9 min`, `26 h`, `3 d`, `2 months`, `5 years`; `in 9 min` for what is to come.
    public static String text(Duration age) {
        if (age.compareTo(Duration.ofSeconds(-1)) <= 0) {
            return "in " + text(age.negated());
        }
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 60 * 60) {
            return seconds / 60 + " min";
        }
        if (seconds < 48 * 60 * 60) {
            return seconds / 3600 + " h";
        }
        long days = seconds / 86_400;
        if (days < 60) {
            return days + " d";
        }
        return days < 730 ? days / 30 + " months" : days / 365 + " years";
    }

    /// How much later one hop was than the one before: `+4 ms`, `+1.25 s`, `+3 min`.
    public static String delta(Duration later) {
        if (later.isNegative()) {
            return "\u2212" + delta(later.negated()).substring(1);
        }
        long millis = later.toMillis();
        if (millis < 1000) {
            return "+" + millis + " ms";
        }
        if (millis < 60_000) {
            long hundredths = millis / 10;
            return "+%d.%02d s".formatted(hundredths / 100, hundredths % 100);
        }
        return "+" + text(later);
    }
}
