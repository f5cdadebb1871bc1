package aramaki.server.projection;

import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventType;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Tx;
import aramaki.server.timeline.StoredEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which systems there are and were, and their documents.
final class SystemFolding implements Folding {
    private final Map<SystemId, String> names = new HashMap<>();
    private final Map<SystemId, Document> documents = new HashMap<>();

    private record Document(String folder, String files, boolean anchored, boolean deleted) {}

    Optional<SystemName> nameOf(SystemId id) {
        return Optional.ofNullable(names.get(id)).map(SystemName::new);
    }

    boolean isHere(String name) {
        return documents.entrySet().stream()
                .anyMatch(e -> !e.getValue().deleted() && name.equals(names.get(e.getKey())));
    }

    @Override
    public Set<EventType> types() {
        return EnumSet.of(
                EventType.SYSTEM_CREATED, EventType.SYSTEM_CHANGED, EventType.SYSTEM_DELETED);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        var id = event.header().log().system();
        switch (data) {
            case Payload.SystemCreated p -> names.put(id, p.name());
            case Payload.SystemChanged p ->
                    documents.put(
                            id,
                            new Document(p.folder(), Json.text(p.files()), p.anchored(), false));
            case Payload.SystemDeleted _ ->
                    documents.computeIfPresent(
                            id, (_, d) -> new Document("", d.files(), d.anchored(), true));
            default -> {} // not of these types
        }
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        var rows = new HashMap<List<String>, List<String>>();
        documents.forEach(
                (id, d) ->
                        nameOf(id)
                                .ifPresent(
                                        name ->
                                                rows.put(
                                                        List.of(name.value()),
                                                        List.of(
                                                                name.value(),
                                                                id.value(),
                                                                d.folder(),
                                                                d.files(),
                                                                d.anchored() ? "1" : "0",
                                                                d.deleted() ? "1" : "0"))));
        comparison.hold(tx, Table.SYSTEM, rows);
    }
}
