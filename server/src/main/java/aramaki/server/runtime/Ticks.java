package aramaki.server.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The time that went by while a task ran regularly. A clock that is set, and an hour in which the
/// whole machine slept, do not count: nobody could be heard then.
public final class Ticks {
    /// Between two looks of a task that looks every second; more means that it could not look.
    public static final Duration JUMP = Duration.ofSeconds(10);

    private @Nullable Instant last;
    private Duration elapsed = Duration.ZERO;

    /// Takes the time of another look.
    ///
    /// @return whether the clock jumped since the last
    public synchronized boolean tick(Instant now) {
        var before = last;
        last = now;
        if (before == null) {
            return false;
        }
        var step = Duration.between(before, now);
        if (step.isNegative() || step.compareTo(JUMP) > 0) {
            elapsed = elapsed.plusNanos(1); // what was before the jump lies before it
            return true;
        }
        elapsed = elapsed.plus(step);
        return false;
    }

    /// As of the last look.
    public synchronized Duration elapsed() {
        return elapsed;
    }

    /// As of a moment since the last look.
    public synchronized Duration elapsedAt(Instant now) {
        var step = last == null ? Duration.ZERO : Duration.between(last, now);
        return step.isNegative() || step.compareTo(JUMP) > 0 ? elapsed : elapsed.plus(step);
    }
}
