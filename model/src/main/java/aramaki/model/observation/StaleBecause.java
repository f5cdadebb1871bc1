package aramaki.model.observation;

import java.util.Locale;

/// What fell silent when a check went stale: the check itself, its agent, our server, or the link
/// to a peer.
public enum StaleBecause {
    CHECK,
    AGENT,
    SERVER,
    LINK;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
