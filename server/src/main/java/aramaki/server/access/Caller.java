package aramaki.server.access;

import aramaki.model.timeline.Hash;
import aramaki.server.timeline.By;

/// The person behind a request, and the event that let them in, or the grant they act under.
public record Caller(String person, String name, String role, Hash admitted) {
    /// The same, acting under a grant.
    public Caller under(Hash grant) {
        return new Caller(person, name, role, grant);
    }

    public By by() {
        return By.admitted(person, admitted);
    }
}
