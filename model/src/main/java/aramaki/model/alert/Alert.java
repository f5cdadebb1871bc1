package aramaki.model.alert;

import aramaki.model.observation.State;
import java.time.Instant;

/// A problem with a life: it fires, and at some time it is resolved.
///
/// @param severity the state of what it is about, at its latest change
/// @param since when this episode began
/// @param output what was last said about it
public record Alert(
        AlertKey key,
        EpisodeId episode,
        AlertState state,
        State severity,
        Instant since,
        String output) {

    public boolean firing() {
        return state instanceof AlertState.Firing;
    }
}
