package aramaki.server.access;

import aramaki.server.store.Tx;
import java.util.List;
import java.util.Optional;

/// The port behind `Invitations`.
public interface InvitationStore {
    /// Those that expire last first.
    List<Invitation> all(Tx tx);

    Optional<Invitation> bySecret(Tx tx, String secretHash);

    void add(Tx tx, Invitation invitation);

    void use(Tx tx, String id);
}
