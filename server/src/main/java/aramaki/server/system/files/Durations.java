package aramaki.server.system.files;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as they are written in files: `30s`, `5m`, `2h`, `7d`.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([smhd])");

    private Durations() {}

    public static Optional<Duration> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    /// In the largest unit that needs no fraction; whole seconds only.
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        } else if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
