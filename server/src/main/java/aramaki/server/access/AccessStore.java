package aramaki.server.access;

import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Access`: people, and the hashes of what proves them.
public interface AccessStore {
    /// What a secret is good for.
    enum Kind {
        /// A one-time sign-in link.
        LINK,
        SESSION,
        TOKEN
    }

    /// A secret as we keep it: its hash, and whose it is.
    record Credential(
            String secretHash,
            Kind kind,
            String person,
            String label,
            Instant createdAt,
            Instant usedAt,
            Instant expiresAt) {}

    List<Caller> people(Tx tx);

    void addPerson(Tx tx, Caller person);

    void add(Tx tx, Credential credential);

    Optional<Credential> find(Tx tx, String secretHash);

    void touch(Tx tx, String secretHash, Instant usedAt);

    void remove(Tx tx, String secretHash);

    void removeExpired(Tx tx, Instant now);
}
