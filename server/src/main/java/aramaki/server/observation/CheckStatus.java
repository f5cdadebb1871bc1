package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import java.time.Instant;
import java.util.Optional;

/// How a check on an entity stands right now, with what the age of its data and the silence of its
/// agent make of it.
///
/// @param lastState what it was before it went stale; equal to `state` otherwise
/// @param since empty for one that was never seen
/// @param latest empty for one that was never seen
/// @param planned why nothing new is to be expected and nobody need worry; empty where it is
public record CheckStatus(
        CheckKey key,
        State state,
        State lastState,
        Optional<StaleBecause> because,
        Optional<Instant> since,
        Optional<Latest> latest,
        Optional<String> planned) {

    public CheckStatus(
            CheckKey key,
            State state,
            State lastState,
            Optional<StaleBecause> because,
            Optional<Instant> since,
            Optional<Latest> latest) {
        this(key, state, lastState, because, since, latest, Optional.empty());
    }

    CheckStatus planned(Optional<String> why) {
        return new CheckStatus(key, state, lastState, because, since, latest, why);
    }

    public String output() {
        return latest.map(Latest::output).orElse("");
    }

    /// Whether it changes too often to be believed; a silent check changes not at all.
    public boolean flapping() {
        return state != State.STALE && latest.map(Latest::flapping).orElse(false);
    }

    /// When it was last known to be good.
    public Optional<Instant> lastOk() {
        return latest.flatMap(l -> l.trail().lastOk());
    }

    public Optional<Instant> seenAt() {
        return latest.map(Latest::seenAt);
    }
}
