package aramaki.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as people on this host read them: how long ago, or on the clock of their zone.
public record Ages(InstantSource clock, ZoneId zone) {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    public String of(Instant at) {
        var age = Duration.between(at, clock.instant());
        String length = length(age.abs());
        if (length.equals("0s")) {
            return "now";
        }
        return age.isNegative() ? "in " + length : length + " ago";
    }

    public String onTheClock(Instant at) {
        return CLOCK.format(at.atZone(zone));
    }

    public Instant now() {
        return clock.instant();
    }

    private static String length(Duration age) {
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return age.toSeconds() + "s";
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + "m";
        }
        if (age.compareTo(Duration.ofDays(2)) < 0) {
            return age.toHours() + "h";
        }
        return age.toDays() + "d";
    }
}
