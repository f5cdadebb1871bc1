package aramaki.agent.log;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Where lines for people go: one line each, a constant message and then facts as `key=value`.
@FunctionalInterface
public interface Log {
    /// How much a line matters.
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    Log NONE = (_, _, _) -> {};

    /// @param facts keys and values in turn
    void say(Level level, String message, @Nullable Object... facts);

    default void info(String message, @Nullable Object... facts) {
        say(Level.INFO, message, facts);
    }

    default void warn(String message, @Nullable Object... facts) {
        say(Level.WARN, message, facts);
    }

    default void error(String message, @Nullable Object... facts) {
        say(Level.ERROR, message, facts);
    }

    static Log to(PrintStream out, InstantSource clock) {
        return (level, message, facts) ->
                out.println(
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)
                                + " "
                                + level
                                + " "
                                + line(message, facts));
    }

    private static String line(String message, @Nullable Object... facts) {
        var line = new StringBuilder(message);
        for (int i = 0; i + 1 < facts.length; i += 2) {
            line.append(' ').append(facts[i]).append('=').append(quoted(facts[i + 1]));
        }
        return line.toString();
    }

    private static String quoted(@Nullable Object value) {
        String text = String.valueOf(value);
        boolean plain =
                !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != '"' && c != 127);
        return plain
                ? text
                : '"'
                        + text.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replaceAll("\\p{Cntrl}+", " ")
                        + '"';
    }
}
