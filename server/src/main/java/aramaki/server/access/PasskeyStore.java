package aramaki.server.access;

import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Passkeys`.
public interface PasskeyStore {
    /// Oldest first.
    List<Passkey> of(Tx tx, String person);

    Optional<Passkey> find(Tx tx, String id);

    void add(Tx tx, Passkey passkey);

    void used(Tx tx, String id, Instant at, long uses);

    void remove(Tx tx, String id);
}
