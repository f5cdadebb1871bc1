package aramaki.model.timeline;

import java.time.Instant;
import java.util.Optional;

/// The part of an event that is kept for ever and that the chain covers.
///
/// @param epoch grows when a primary has to begin anew after a loss; 0 at first
/// @param seq from 1, without gaps, per log and epoch
/// @param prev hash of the event before, `Hash.NONE` for the first
/// @param at when it happened, by whoever saw it
/// @param recordedAt when the primary put it in order
/// @param actor who did it: `i_` an instance, `p_` a person, `a_` an agent
/// @param grant hash of the event that admitted the actor; empty only for the instance itself
/// @param origin the intent this event answers; empty for what happened here
public record EventHeader(
        LogId log,
        long epoch,
        long seq,
        Hash prev,
        String type,
        Instant at,
        HybridTime recordedAt,
        String actor,
        Optional<Hash> grant,
        Optional<String> origin,
        Hash payloadHash) {}
