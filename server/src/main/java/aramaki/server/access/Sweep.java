package aramaki.server.access;

import aramaki.server.runtime.Task;
import java.time.Duration;
import java.time.Instant;

/// Ends what has expired, so that pages which are open for it hear of it.
public final class Sweep implements Task {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Access access;

    public Sweep(Access access) {
        this.access = access;
    }

    @Override
    public String name() {
        return "expired-sessions";
    }

    @Override
    public Duration run(Instant now) {
        access.sweep(now);
        return EVERY;
    }
}
