package aramaki.model.alert;

import aramaki.model.observation.State;
import java.time.Instant;

/// A problem with a life: it fires, somebody may acknowledge it, and at some time it is resolved.
///
/// @param severity the state of what it is about, at its latest change
/// @param since when this episode began
/// @param output what was last said about it
/// @param flapping whether what it is about flaps: it goes on firing until that is over and good
/// @param care who looks after it
public record Alert(
        AlertKey key,
        EpisodeId episode,
        AlertState state,
        State severity,
        Instant since,
        String output,
        boolean flapping,
        Care care) {

    /// One that nobody looks after.
    public Alert(
            AlertKey key,
            EpisodeId episode,
            AlertState state,
            State severity,
            Instant since,
            String output,
            boolean flapping) {
        this(key, episode, state, severity, since, output, flapping, Care.NOBODY);
    }

    /// One about something that does not flap.
    public Alert(
            AlertKey key,
            EpisodeId episode,
            AlertState state,
            State severity,
            Instant since,
            String output) {
        this(key, episode, state, severity, since, output, false);
    }

    /// The same, flapping or steady.
    public Alert flapping(boolean flaps) {
        return new Alert(key, episode, state, severity, since, output, flaps, care);
    }

    public Alert with(Care other) {
        return new Alert(key, episode, state, severity, since, output, flapping, other);
    }

    public Alert with(AlertState other) {
        return new Alert(key, episode, other, severity, since, output, flapping, care);
    }

    /// The same after something else was said about it.
    public Alert saying(String said) {
        return new Alert(key, episode, state, severity, since, said, flapping, care);
    }

    /// The same, better or worse.
    public Alert saying(State worse, String said) {
        return new Alert(key, episode, state, worse, since, said, flapping, care);
    }

    /// Whether it is not over, whoever has it.
    public boolean firing() {
        return state instanceof AlertState.Firing;
    }

    /// Whether it fires and somebody has it.
    public boolean acknowledged() {
        return firing() && care.acknowledged().isPresent();
    }

    /// The word of the contract for where it stands.
    public String word() {
        return acknowledged() ? "acknowledged" : state.word();
    }
}
