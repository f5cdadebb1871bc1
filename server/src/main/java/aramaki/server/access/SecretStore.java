package aramaki.server.access;

import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Passwords` and `RecoveryCodes`: hashes only.
public interface SecretStore {
    Optional<String> password(Tx tx, String person);

    void setPassword(Tx tx, String person, String hash, Instant at);

    void removePassword(Tx tx, String person);

    /// Puts these in the place of all others of this person.
    void setCodes(Tx tx, String person, List<String> hashes, Instant at);

    int countCodes(Tx tx, String person);

    /// Uses one up; says whether it was there.
    boolean useCode(Tx tx, String person, String hash);
}
