package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemName;
import aramaki.server.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The latest of every check in memory, following the store commit by commit: what pages read.
public final class Board {
    private final Map<SystemName, Map<CheckKey, Latest>> bySystem = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    /// Loads what the store has.
    public void start(Store store, ObservationStore observations) {
        put(store.read(observations::allLatest));
    }

    public void put(Collection<Latest> latest) {
        for (var one : latest) {
            bySystem.computeIfAbsent(one.key().system(), _ -> new ConcurrentHashMap<>())
                    .put(one.key(), one);
        }
        changes.incrementAndGet();
    }

    void remove(CheckKey key) {
        bySystem.computeIfPresent(
                key.system(),
                (_, latest) -> {
                    latest.remove(key);
                    return latest;
                });
        changes.incrementAndGet();
    }

    /// Grows whenever something here changed.
    public long changes() {
        return changes.get();
    }

    public Optional<Latest> get(CheckKey key) {
        return Optional.ofNullable(bySystem.getOrDefault(key.system(), Map.of()).get(key));
    }

    public Collection<Latest> of(SystemName system) {
        return List.copyOf(bySystem.getOrDefault(system, Map.of()).values());
    }

    public List<Latest> all() {
        return bySystem.values().stream().flatMap(m -> m.values().stream()).toList();
    }
}
