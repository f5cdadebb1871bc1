package aramaki.server.projection;

import aramaki.model.timeline.EventType;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Tx;
import aramaki.server.timeline.StoredEvent;
import java.util.Set;

/// One projection in the making: it sees the events it is made of, and is then compared with what
/// lies in the tables. The events of one log come in their order; logs come in any.
interface Folding {
    Set<EventType> types();

    /// Whether it needs to know what this event says.
    default boolean wants(StoredEvent event, EventType type) {
        return types().contains(type);
    }

    void see(Tx tx, StoredEvent event, Payload data);

    void compare(Tx tx, Comparison comparison);
}
