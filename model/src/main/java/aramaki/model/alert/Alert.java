package aramaki.model.alert;

import aramaki.model.observation.State;
import java.time.Instant;

/// A problem with a life: it fires, and at some time it is resolved.
///
/// @param severity the state of what it is about, at its latest change
/// @param since when this episode began
/// @param output what was last said about it
/// @param flapping whether what it is about flaps: it goes on firing until that is over and good
public record Alert(
        AlertKey key,
        EpisodeId episode,
        AlertState state,
        State severity,
        Instant since,
        String output,
        boolean flapping) {

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
        return new Alert(key, episode, state, severity, since, output, flaps);
    }

    public boolean firing() {
        return state instanceof AlertState.Firing;
    }
}
