package aramaki.server.access;

import aramaki.model.timeline.Hash;
import aramaki.server.timeline.By;

/// The person behind a request, and the event that let them in.
public record Caller(String person, String name, String role, Hash admitted) {
    public By by() {
        return By.admitted(person, admitted);
    }
}
