package aramaki.agent.schedule;

import aramaki.protocol.schedule.CronTimes;
import java.time.Duration;
import java.time.Instant;

/// The times of a crontab, each a little later: by up to ten seconds, always the same for one
/// check on one host, so that a fleet does not act in step.
record CronRhythm(CronTimes times, Splay splay) implements Rhythm {
    static final Duration JITTER = Duration.ofSeconds(10);

    private static final Duration NEVER = Duration.ofDays(3650);

    private Duration jitter() {
        return Duration.ofMillis(splay.hash() % JITTER.toMillis());
    }

    @Override
    public Instant after(Instant time) {
        var moved = jitter();
        return times.after(time.minus(moved)).orElse(time.plus(NEVER)).plus(moved);
    }

    @Override
    public Instant first(Instant now) {
        return splay.first(now);
    }

    @Override
    public Instant afterFirst(Instant run) {
        return after(run);
    }

    /// Whoever wants a check at three at night does not want it after each update of the agent.
    @Override
    public Instant resumed(Instant now) {
        return after(now);
    }
}
