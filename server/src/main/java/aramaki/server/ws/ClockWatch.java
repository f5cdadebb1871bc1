package aramaki.server.ws;

import aramaki.server.runtime.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Notices that our clock was set, or that the machine slept: what was known of the agents' clocks
/// is void then, and connections that only seem alive are better made anew.
public final class ClockWatch implements Task {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SET = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final Runnable jumped;
    private Instant clockBefore = Instant.MIN;
    private long nanosBefore;

    /// @param nanos time that no setting of a clock changes
    public ClockWatch(LongSupplier nanos, Runnable jumped) {
        this.nanos = nanos;
        this.jumped = jumped;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Duration run(Instant now) {
        long passed = nanos.getAsLong() - nanosBefore;
        boolean set =
                !clockBefore.equals(Instant.MIN)
                        && Duration.between(clockBefore, now)
                                        .minusNanos(passed)
                                        .abs()
                                        .compareTo(SET)
                                > 0;
        clockBefore = now;
        nanosBefore = nanos.getAsLong();
        if (set) {
            jumped.run();
        }
        return PAUSE;
    }
}
