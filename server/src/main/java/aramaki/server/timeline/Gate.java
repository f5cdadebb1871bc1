package aramaki.server.timeline;

import aramaki.server.store.Tx;
import java.time.Instant;

/// Refuses an event whose author may not write it any more, within the unit of work that writes it.
@FunctionalInterface
public interface Gate {
    /// Lets everything pass.
    Gate OPEN = (_, _, _) -> {};

    void pass(Tx tx, By by, Instant now);
}
