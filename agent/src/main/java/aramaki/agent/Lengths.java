package aramaki.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as people type them: `30s`, `5m`, `2h`, `7d`.
final class Lengths {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private Lengths() {}

    static Optional<Duration> parse(String text) {
        var match = LENGTH.matcher(text);
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
}
