package aramaki.server.access;

import aramaki.model.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// How soon somebody may guess again: a few tries are free, then each failure doubles the wait.
final class SignInLimits {
    private static final int FREE = 5;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(24);
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Map<String, Tries> tries =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
                    return size() > MOST;
                }
            };

    private record Tries(int failed, Instant next, Instant last) {}

    SignInLimits(InstantSource clock) {
        this.clock = clock;
    }

    /// Counts a try as failed until it is forgiven, so that many at once gain nothing.
    ///
    /// @param keys what is guessed at, and from where
    synchronized void begin(String... keys) {
        var now = clock.instant();
        for (String key : keys) {
            var known = tries.get(key);
            if (known != null && known.next().isAfter(now)) {
                long seconds = Duration.between(now, known.next()).toSeconds() + 1;
                throw new Refusal(
                        Refusal.Reason.LIMITED,
                        "too-many-tries",
                        "too many tries: wait "
                                + seconds
                                + " s, or sign in with a passkey or a one-time link");
            }
        }
        for (String key : keys) {
            tries.merge(key, failed(0, now), (known, _) -> next(known, now));
        }
    }

    private static Tries next(Tries known, Instant now) {
        boolean old = known.last().plus(FORGOTTEN).isBefore(now);
        return failed(old ? 0 : known.failed(), now);
    }

    private static Tries failed(int before, Instant now) {
        int count = before + 1;
        var wait =
                count <= FREE
                        ? Duration.ZERO
                        : Duration.ofSeconds(1L << Math.min(count - FREE, 20));
        return new Tries(count, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait), now);
    }

    synchronized void forgive(String key) {
        tries.remove(key);
    }

    /// The last try was none that failed; those before it stay.
    synchronized void takeBack(String key) {
        tries.computeIfPresent(
                key,
                (_, known) ->
                        known.failed() <= 1
                                ? null
                                : new Tries(known.failed() - 1, known.last(), known.last()));
    }
}
