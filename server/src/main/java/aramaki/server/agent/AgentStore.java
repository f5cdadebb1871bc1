package aramaki.server.agent;

import aramaki.model.Labels;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Agents`: who joined, and who may.
public interface AgentStore {
    /// All of them by name, those that were revoked too.
    List<AgentRecord> agents(Tx tx);

    Optional<AgentRecord> agent(Tx tx, String id);

    /// The one of this name that is not revoked.
    Optional<AgentRecord> named(Tx tx, EntityName name);

    /// How many agents with this home are silent.
    int countSilent(Tx tx, SystemName home);

    /// Writes it new or over the one with its id.
    void save(Tx tx, AgentRecord agent);

    /// Whether an agent says this of its host for the first time.
    boolean noteHostEvent(Tx tx, String agent, String event, Instant now);

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
