package aramaki.agent.ledger;

import java.time.Instant;

/// What a server shows of what it has.
public sealed interface Seen {
    /// A result in its history.
    record Result(
            long number,
            String agent,
            String epoch,
            long seq,
            String system,
            String entity,
            String check,
            String state,
            Instant at,
            Instant recordedAt)
            implements Seen {}

    /// A result that it refused, and acknowledged.
    record Refusal(String agent, String epoch, long seq, String reason) implements Seen {}

    /// Results of which it was told that they never come.
    record Gap(String agent, String epoch, long from, long to) implements Seen {}

    /// An alert that began.
    record Fired(
            String system,
            String entity,
            String check,
            String episode,
            String severity,
            Instant at,
            Instant recordedAt)
            implements Seen {}

    /// An alert that ended.
    record Resolved(String system, String entity, String check, String episode, Instant at)
            implements Seen {}

    /// A check that began to change its state too often.
    record Flapped(String system, String entity, String check, Instant at) implements Seen {}

    /// An alert that stands in the list of those that fire now.
    record Firing(String system, String entity, String check) implements Seen {}
}
