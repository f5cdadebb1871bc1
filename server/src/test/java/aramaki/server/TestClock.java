package aramaki.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until a test moves it.
public final class TestClock implements InstantSource {
    /// Where every test begins.
    public static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    public Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }

    public Instant seconds(long seconds) {
        return advance(Duration.ofSeconds(seconds));
    }

    public void set(Instant to) {
        now = to;
    }
}
