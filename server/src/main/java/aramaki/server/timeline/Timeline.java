package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Events of one or more systems as people ask for them.
public final class Timeline {
    private final Store store;
    private final EventStore events;
    private final Systems systems;

    public Timeline(Store store, EventStore events, Systems systems) {
        this.store = store;
        this.events = events;
        this.systems = systems;
    }

    /// What to show; empty sets and texts mean everything.
    ///
    /// @param systems names; with `layers`, everything below them too
    public record Filter(
            Set<SystemName> systems,
            boolean layers,
            Set<String> classes,
            Set<String> types,
            String text,
            Optional<Instant> since,
            Optional<Instant> until,
            long before,
            int limit) {}

    /// Newest first.
    public List<StoredEvent> find(Filter filter) {
        var wanted = new TreeSet<>(filter.systems());
        if (filter.layers()) {
            filter.systems().forEach(name -> wanted.addAll(systems.graph().below(name)));
        }
        var ids =
                wanted.stream()
                        .flatMap(name -> systems.find(name).stream())
                        .map(s -> s.id().value())
                        .collect(Collectors.toSet());
        if (!filter.systems().isEmpty() && ids.isEmpty()) {
            throw Refusal.notFound("system", wanted.first().value());
        }
        return store.read(
                tx ->
                        events.search(
                                tx,
                                new EventStore.Query(
                                        ids,
                                        filter.classes(),
                                        filter.types(),
                                        filter.text(),
                                        filter.before(),
                                        filter.since(),
                                        filter.until(),
                                        filter.limit())));
    }

    public StoredEvent require(String id) {
        if (!id.matches("[0-9a-f]{64}")) {
            throw Refusal.invalid("bad-event-id", "an event id has 64 hexadecimal digits");
        }
        return store.read(tx -> events.find(tx, new Hash(id)))
                .orElseThrow(() -> Refusal.notFound("event", id));
    }

    /// The event after this one in its log; empty for the last.
    public Optional<StoredEvent> next(StoredEvent event) {
        var header = event.header();
        return store
                .read(tx -> events.ofLog(tx, header.log(), header.epoch(), header.seq(), 1))
                .stream()
                .findFirst();
    }

    /// The short name of the event's system, or its id when the system is gone.
    public String systemOf(StoredEvent event) {
        var id = event.header().log().system();
        return systems.byId(id).map(ManagedSystem::name).map(SystemName::value).orElse(id.value());
    }
}
