package aramaki.agent.input;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One result that a program brought, whichever way it came.
///
/// @param check a short name
/// @param ttl how long until silence means *stale*, as the program said
/// @param at when it was made, where the program said so
/// @param took how long that took
public record Pushed(
        String check,
        State state,
        String output,
        List<Metric> metrics,
        Optional<Duration> ttl,
        Optional<Instant> at,
        Duration took) {
    static final int MAX_OUTPUT = 64 * 1024;
    static final int MAX_METRICS = 1000;
    static final Duration LONGEST_TTL = Duration.ofDays(30);

    public Pushed {
        metrics = List.copyOf(metrics);
        Names.require("check", check);
        if (output.length() > MAX_OUTPUT || metrics.size() > MAX_METRICS) {
            throw Refusal.invalid(
                    "too-large",
                    "output is at most "
                            + MAX_OUTPUT
                            + " characters, and metrics at most "
                            + MAX_METRICS);
        }
        if (ttl.isPresent() && (ttl.get().isNegative() || ttl.get().isZero())) {
            throw Refusal.invalid("bad-ttl", "ttl: is longer than nothing, such as 25h");
        }
    }

    /// What of a foreign name can be one of ours: `Disk_Usage` becomes `disk-usage`.
    static String shortName(String foreign) {
        String name = foreign.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
        return name.replaceFirst("^[.-]+", "");
    }

    /// 0, 1 and 2 as plugins mean them; anything else is a plugin that could not tell.
    static State state(long status) {
        return switch ((int) Math.clamp(status, -1, 3)) {
            case 0 -> State.OK;
            case 1 -> State.WARNING;
            case 2 -> State.CRITICAL;
            default -> State.UNKNOWN;
        };
    }
}
