package aramaki.cli.shell;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `30s`, `5m`, `2h`, `7d`.
public final class Durations implements ITypeConverter<Duration> {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,7})([smhd])");

    @Override
    public Duration convert(String text) {
        var matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "\"" + text + "\" is not a duration: write 30s, 5m, 2h or 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /// Returns the text, when it is a duration.
    public static String require(String text) {
        new Durations().convert(text);
        return text;
    }

    /// A moment, either so long ago or at an instant.
    public static Instant moment(String text, Instant now) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : now.minus(new Durations().convert(text));
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "\"" + text + "\" is not a time: write 1h or 2026-01-31T18:00:00Z");
        }
    }
}
