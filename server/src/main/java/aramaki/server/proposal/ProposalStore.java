package aramaki.server.proposal;

import aramaki.protocol.agent.AgentMessage.Proposed;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind proposals: what each agent told last, and what people left.
public interface ProposalStore {
    /// What an agent told last, as a whole.
    ///
    /// @param dropped how many proposals were not taken; `reason` says why for the first of them
    record Told(String version, Instant at, int dropped, String reason) {}

    /// One proposal of an agent.
    ///
    /// @param foundAt when it was first told in this form
    record Row(String agent, Instant foundAt, Proposed proposed) {}

    /// A proposal that a person left.
    ///
    /// @param evidence hash of what it was based on
    record Left(String agent, String proposal, String evidence, String person, Instant at) {}

    Optional<Told> told(Tx tx, String agent);

    /// Replaces everything this agent had told.
    void replace(Tx tx, String agent, Told told, List<Row> rows);

    List<Row> ofAgent(Tx tx, String agent);

    /// Ordered by agent and proposal.
    List<Row> all(Tx tx);

    void leave(Tx tx, Left left);

    List<Left> left(Tx tx);
}
