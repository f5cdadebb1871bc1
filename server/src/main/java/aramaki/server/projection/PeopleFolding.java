package aramaki.server.projection;

import aramaki.model.timeline.EventType;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Tx;
import aramaki.server.timeline.StoredEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who was let in.
final class PeopleFolding implements Folding {
    private final Map<List<String>, List<String>> people = new HashMap<>();

    @Override
    public Set<EventType> types() {
        return Set.of(EventType.PERSON_ADMITTED);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        if (data instanceof Payload.PersonAdmitted p) {
            people.put(
                    List.of(p.person()),
                    List.of(p.person(), p.name(), p.role(), event.hash().hex()));
        }
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        comparison.hold(tx, Table.PERSON, people);
    }
}
