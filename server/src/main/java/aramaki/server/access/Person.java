package aramaki.server.access;

import aramaki.model.timeline.Hash;
import java.time.Instant;

/// Somebody who was let in, and may be shut out again.
///
/// @param id `p_...`
/// @param title how people know them; may be empty
/// @param admitted the event that let them in
/// @param since when that was
/// @param seenAt when something was last asked in their name; the epoch when never
public record Person(
        String id,
        String name,
        String title,
        String role,
        Hash admitted,
        boolean disabled,
        Instant since,
        Instant seenAt) {

    public Caller caller() {
        return new Caller(id, name, role, admitted);
    }

    /// Whether they may let others in and shut them out.
    public boolean owner() {
        return role.equals(Access.OWNER);
    }
}
