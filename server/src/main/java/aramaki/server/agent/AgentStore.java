package aramaki.server.agent;

import aramaki.model.Labels;
import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Agents`: who joined, and who may.
public interface AgentStore {
    List<AgentRecord> agents(Tx tx);

    /// Writes it new or over the one with its id.
    void save(Tx tx, AgentRecord agent);

    void addInvite(Tx tx, InviteRecord invite);

    Optional<InviteRecord> invite(Tx tx, String id);

    void setInviteUses(Tx tx, String id, int usesLeft);

    /// An invite as we keep it: only the hash of its secret.
    ///
    /// @param secretHash SHA-256 of the secret, hexadecimal
    record InviteRecord(
            String id,
            String secretHash,
            List<String> systems,
            Labels labels,
            int usesLeft,
            Instant expiresAt,
            Hash event) {}
}
