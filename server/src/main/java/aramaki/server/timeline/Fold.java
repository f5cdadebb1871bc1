package aramaki.server.timeline;

import aramaki.server.store.Tx;
import java.util.List;

/// Something made of the logs, which sees every event while `Verify` walks them.
public interface Fold {
    /// The logs come one after the other, each in its order; those of class `public` first.
    void see(Tx tx, StoredEvent event);

    /// What lies in the store otherwise than it was folded, one line each.
    List<String> differences(Tx tx);
}
