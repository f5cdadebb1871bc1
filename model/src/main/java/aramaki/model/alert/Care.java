package aramaki.model.alert;

import java.time.Instant;
import java.util.Optional;

/// Who looks after an alert.
///
/// @param owner id of the person; empty for nobody
/// @param name what that person was called when it was said
/// @param acknowledged that the owner has it, and until when; empty for one that was only assigned
/// @param act the act that made it so; empty for none
public record Care(String owner, String name, Optional<Acknowledgement> acknowledged, String act) {
    public static final Care NOBODY = new Care("", "", Optional.empty(), "");

    public boolean owned() {
        return !owner.isEmpty();
    }

    /// What is left of it for an episode that begins then: an acknowledgement with an end goes on,
    /// so that what comes and goes is acknowledged once.
    public Care inNewEpisode(Instant begun) {
        return acknowledged.filter(a -> a.outlives(begun)).isPresent() ? this : NOBODY;
    }

    /// The same after its owner was reminded.
    public Care withReminder() {
        return new Care(owner, name, acknowledged.map(Acknowledgement::withReminder), act);
    }

    /// The same person, who has it no more by name: the acknowledgement ran out.
    public Care lapsed() {
        return new Care(owner, name, Optional.empty(), "");
    }
}
