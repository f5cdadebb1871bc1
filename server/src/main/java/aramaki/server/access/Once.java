package aramaki.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What somebody has begun and may finish once, within a time; a restart of the server forgets it.
/// Of too many the eldest go, since strangers may begin.
///
/// @param <T> what is needed to finish it
public final class Once<T> {
    private static final int MOST = 10_000;

    private final Duration valid;
    private final InstantSource clock;
    private final Map<String, Kept<T>> begun =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept<T>> eldest) {
                    return size() > MOST;
                }
            };

    private record Kept<T>(T what, Instant until) {}

    public Once(Duration valid, InstantSource clock) {
        this.valid = valid;
        this.clock = clock;
    }

    /// @param id that nobody can guess
    public synchronized void begin(String id, T what) {
        begun.put(id, new Kept<>(what, clock.instant().plus(valid)));
    }

    /// Uses one up, whatever comes of it; empty when there is none, or none any more.
    public synchronized Optional<T> take(String id) {
        return Optional.ofNullable(begun.remove(id))
                .filter(kept -> kept.until().isAfter(clock.instant()))
                .map(Kept::what);
    }
}
