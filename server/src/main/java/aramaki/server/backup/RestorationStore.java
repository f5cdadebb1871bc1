package aramaki.server.backup;

import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.Optional;

/// The port behind `Restoring` and `Recovering`.
public interface RestorationStore {
    void save(Tx tx, Restoration restoration);

    /// The last one; most instances were never restored.
    Optional<Restoration> newest(Tx tx);

    void confirm(Tx tx, long epoch, Instant now);

    /// Ends sessions and sign-in links: they live short, and may have been used up since.
    void endSessions(Tx tx);
}
