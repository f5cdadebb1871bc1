package aramaki.server.projection;

import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.Optional;

/// The port behind snapshots: the newest one, whole or not at all.
public interface SnapshotStore {
    void save(Tx tx, Snapshot snapshot, Instant taken);

    /// Empty when there is none, or when it is not what was written.
    Optional<Snapshot> newest(Tx tx);

    /// Something it may hold has been taken away.
    void forget(Tx tx);
}
