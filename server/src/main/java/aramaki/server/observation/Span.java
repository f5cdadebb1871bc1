package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import java.time.Instant;

/// A time in which a check stood in one state: a line of its past, written when it ended.
///
/// @param to the first moment that no longer belongs to it
/// @param state while flapping the worst it reached
public record Span(CheckKey key, Instant from, Instant to, State state, boolean flapping) {}
