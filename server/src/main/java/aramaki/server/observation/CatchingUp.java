package aramaki.server.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which agents still send what they kept while they could not reach us. Spools come in order, so
/// what their checks say now lies behind what they said then: the checks are late, and not silent.
public final class CatchingUp {
    /// What waited for less than this was sent as it came.
    private static final Duration LATE = Duration.ofSeconds(5);

    /// By how much an agent must come nearer to the present for it to count.
    private static final Duration STEP = Duration.ofSeconds(1);

    /// An agent that comes no nearer for so long is not catching up. Many agents take turns.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration UNKNOWN = Duration.ofSeconds(Long.MAX_VALUE);

    private final Map<String, Progress> progress = new ConcurrentHashMap<>();

    /// @param behind the least so far; zero once it had caught up
    /// @param at when it became so
    private record Progress(Duration behind, Instant at) {
        /// Of an agent that was never behind.
        static final Progress NONE = new Progress(Duration.ZERO, Instant.EPOCH);

        Progress told(Duration lag, Instant now) {
            if (lag.compareTo(LATE) < 0) {
                return behind.isZero() ? this : new Progress(Duration.ZERO, now);
            }
            boolean nearer = behind.isZero() || lag.compareTo(behind.minus(STEP)) <= 0;
            return nearer ? new Progress(lag, now) : this;
        }

        Instant until() {
            return behind.isZero() ? at : at.plus(PATIENCE);
        }
    }

    /// An agent came that has results which we do not have.
    void announced(String agent, Instant now) {
        progress.put(agent, new Progress(UNKNOWN, now));
    }

    /// An agent sent a result that it had kept for so long, by its own clock.
    void told(String agent, Duration kept, Instant now) {
        progress.compute(
                agent, (_, before) -> (before == null ? Progress.NONE : before).told(kept, now));
    }

    /// Up to when the silence of its checks is explained; long ago for one that was never behind.
    Instant until(String agent) {
        return progress.getOrDefault(agent, Progress.NONE).until();
    }
}
