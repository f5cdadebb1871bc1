package aramaki.server.observation;

import aramaki.model.observation.State;
import java.time.Duration;
import java.time.Instant;

/// A part of what is drawn of a check's past.
public record Piece(Instant from, Instant to, Kind kind) {

    /// What was known in it.
    public sealed interface Kind {
        record Stood(State state, boolean flapping) implements Kind {}

        /// Nothing, and nobody's fault but our own: no check can be blamed.
        record Gap(Why why) implements Kind {}
    }

    /// Why nothing is known.
    public enum Why {
        NEVER_SEEN("not seen yet"),
        SERVER_DOWN("this server was down"),
        TOO_MANY("too many changes to draw: zoom in");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /// The part of it between two moments.
    public Piece within(Instant since, Instant until) {
        return new Piece(from.isBefore(since) ? since : from, to.isAfter(until) ? until : to, kind);
    }
}
