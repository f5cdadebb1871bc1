package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The span that has not ended yet: since when results say the same, and up to which result.
/// Follows the time of the results, not of their arrival, so that a spool that comes late fills its
/// hole.
///
/// @param state while flapping the worst it reached
/// @param until when the newest result of it was made
public record Stretch(State state, boolean flapping, Instant from, Instant until) {

    static Stretch begin(State state, boolean flapping, Instant at) {
        return new Stretch(state, flapping, at, at);
    }

    /// With one more result. Spans that end with it go to `ended`: the one before, and *stale*
    /// where nobody had said anything for longer than the `ttl`.
    Stretch next(
            CheckKey key,
            State seen,
            boolean flaps,
            Instant at,
            Duration ttl,
            Consumer<Span> ended) {
        if (at.isBefore(until)) {
            return this;
        }
        if (until.plus(ttl).isBefore(at)) {
            closed(key, at, ttl).forEach(ended);
            return begin(seen, flaps, at);
        }
        if (flapping == flaps && (flaps || state == seen)) {
            return new Stretch(worse(state, seen), flaps, from, at);
        }
        add(ended, key, from, at, state, flapping);
        return begin(seen, flaps, at);
    }

    /// What it comes to when looked at, or when it ends, at a moment.
    List<Span> closed(CheckKey key, Instant at, Duration ttl) {
        var spans = new ArrayList<Span>();
        var believed = Stream.of(until.plus(ttl), at).min(Comparator.naturalOrder()).orElse(at);
        add(spans::add, key, from, believed, state, flapping);
        add(spans::add, key, believed, at, State.STALE, false);
        return spans;
    }

    private static void add(
            Consumer<Span> spans,
            CheckKey key,
            Instant from,
            Instant to,
            State state,
            boolean flapping) {
        if (from.isBefore(to)) {
            spans.accept(new Span(key, from, to, state, flapping));
        }
    }

    private static State worse(State a, State b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
