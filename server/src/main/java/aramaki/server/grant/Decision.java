package aramaki.server.grant;

import aramaki.model.grant.Grant;
import aramaki.model.grant.Lack;
import aramaki.model.timeline.Hash;
import java.util.Optional;

/// Whether somebody may do something, and by what.
public sealed interface Decision {
    /// @param by the event that acts under it name
    /// @param grant empty for an owner
    record Allowed(Hash by, Optional<Grant> grant) implements Decision {}

    /// @param nearest of the grants they hold there, the one that came nearest, and what it lacks
    record Denied(Optional<Near> nearest) implements Decision {}

    /// A grant that did not do.
    record Near(Grant grant, Lack lack) {}
}
