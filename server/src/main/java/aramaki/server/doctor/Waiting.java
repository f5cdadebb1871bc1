package aramaki.server.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Since when an examination has seen each of some things wait, so that what has only just begun is
/// no complaint. Not thread-safe: examinations are made one at a time.
final class Waiting<K> {
    /// Long enough for agents to come and to be given their checks.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<K, Instant> since = new HashMap<>();

    /// Exactly these wait now; any other begins anew when it waits again.
    void now(Collection<K> waiting, Instant now) {
        since.keySet().retainAll(waiting);
        waiting.forEach(key -> since.putIfAbsent(key, now));
    }

    boolean longer(K key, Duration patience, Instant now) {
        return since.getOrDefault(key, now).plus(patience).isBefore(now);
    }
}
