package aramaki.server.alert;

import aramaki.model.alert.AlertKey;
import aramaki.model.timeline.EventType;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What people did about one alert, and what became of that, read from the log.
public final class AlertStory {
    private static final int LOOKED_THROUGH = 500;
    private static final Set<String> TYPES =
            Stream.of(
                            EventType.ALERT_ACKNOWLEDGED,
                            EventType.ALERT_UNACKNOWLEDGED,
                            EventType.ALERT_REMINDED,
                            EventType.ALERT_LAPSED,
                            EventType.ALERT_ASSIGNED,
                            EventType.ALERT_COMMENTED,
                            EventType.ALERT_CLOSED,
                            EventType.ALERT_RESTORED)
                    .map(EventType::word)
                    .collect(Collectors.toUnmodifiableSet());

    private final Store store;
    private final EventStore events;
    private final Systems systems;

    public AlertStory(Store store, EventStore events, Systems systems) {
        this.store = store;
        this.events = events;
        this.systems = systems;
    }

    /// Newest first, of the latest events that speak of this check.
    public List<StoredEvent> of(AlertKey key, int limit) {
        return store.read(tx -> of(tx, key, limit));
    }

    /// The same within a reading.
    public List<StoredEvent> of(Tx tx, AlertKey key, int limit) {
        var system = systems.idOf(key.about().system());
        if (system.isEmpty()) {
            return List.of();
        }
        var query =
                new EventStore.Query(
                        Set.of(system.get().value()),
                        Set.of(),
                        TYPES,
                        key.about().entity().value(),
                        Long.MAX_VALUE,
                        Optional.empty(),
                        Optional.empty(),
                        LOOKED_THROUGH);
        return events.search(tx, query).stream()
                .filter(e -> e.data().filter(data -> speaksOf(data, key)).isPresent())
                .limit(limit)
                .toList();
    }

    private static boolean speaksOf(Payload data, AlertKey key) {
        String entity = key.about().entity().value();
        String check = key.about().check().value();
        return switch (data) {
            case Payload.AlertReminded p -> p.entity().equals(entity) && p.check().equals(check);
            case Payload.AlertLapsed p -> p.entity().equals(entity) && p.check().equals(check);
            default ->
                    Acts.touched(data).stream()
                            .anyMatch(t -> t.entity().equals(entity) && t.check().equals(check));
        };
    }
}
