package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Flapping;
import aramaki.model.observation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// What a check's newest result remembers of those before it.
///
/// @param lastOk when the newest good result was made
public record Trail(Optional<Instant> lastOk, Flapping flapping, Stretch stretch) {

    /// Of a check that was never seen before.
    public static Trail begin(State state, Instant at) {
        return new Trail(
                state == State.OK ? Optional.of(at) : Optional.empty(),
                Flapping.NONE,
                Stretch.begin(state, false, at));
    }

    /// With a result that counts; `was` is the state that held before it.
    Trail next(CheckKey key, State was, State is, Instant at, Duration ttl, Consumer<Span> ended) {
        boolean both = was != State.PENDING && was != State.STALE;
        var flaps = flapping.next(both && was != is);
        var told = flaps.now() && was.compareTo(is) > 0 ? was : is;
        return new Trail(
                is == State.OK ? Optional.of(at) : lastOk,
                flaps,
                stretch.next(key, told, flaps.now(), at, ttl, ended));
    }

    /// With a result that came too late to count, but tells how it was then.
    Trail late(CheckKey key, State seen, Instant at, Duration ttl, Consumer<Span> ended) {
        return new Trail(lastOk, flapping, stretch.next(key, seen, flapping.now(), at, ttl, ended));
    }

    /// Silence says nothing about how steady it is.
    Trail silent() {
        return new Trail(lastOk, Flapping.NONE, stretch);
    }
}
