package aramaki.server.access;

import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Organisations`.
public interface LinkedIdentityStore {
    /// Oldest first.
    List<LinkedIdentity> of(Tx tx, String person);

    Optional<LinkedIdentity> find(Tx tx, String issuer, String subject);

    void add(Tx tx, LinkedIdentity identity);

    void used(Tx tx, String issuer, String subject, Instant at);

    void remove(Tx tx, String issuer, String subject);
}
