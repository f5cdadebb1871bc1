package aramaki.model.alert;

import aramaki.model.system.SystemName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// "Do not notify about these, until": alerts that fit it are hidden, not resolved.
///
/// @param about the system it is about, with its layers; empty for everything
/// @param title how people call it
/// @param matchers all must hold
/// @param mine whether it hides only what its owner has
/// @param owner id of the person who wanted it
/// @param name what that person was called then
/// @param warned whether it was told that it is about to end
/// @param ended when it ended; empty while it may still hide something
/// @param hid how many alerts it hid, told when it ended
public record Silence(
        String id,
        Optional<SystemName> about,
        String title,
        List<Matcher> matchers,
        boolean mine,
        Instant starts,
        Instant expires,
        String reason,
        String owner,
        String name,
        Instant added,
        boolean warned,
        Optional<Instant> ended,
        int hid) {
    public static final Duration LONGEST = Duration.ofDays(90);

    /// So long before its end somebody is told.
    public static final Duration WARNING = Duration.ofHours(1);

    public Silence {
        matchers = List.copyOf(matchers);
    }

    public boolean active(Instant now) {
        return ended.isEmpty() && !now.isBefore(starts) && now.isBefore(expires);
    }

    /// Whether its end is near, and nobody has been told; one that is short from the start needs no
    /// warning.
    public boolean toWarn(Instant now) {
        return !warned
                && active(now)
                && Duration.between(starts, expires).compareTo(WARNING) > 0
                && !now.isBefore(expires.minus(WARNING));
    }

    public boolean overdue(Instant now) {
        return ended.isEmpty() && !now.isBefore(expires);
    }

    /// The word for where it stands.
    public String word(Instant now) {
        if (ended.isPresent() || !now.isBefore(expires)) {
            return "expired";
        }
        return now.isBefore(starts) ? "pending" : "active";
    }

    public Silence withWarning() {
        return new Silence(
                id, about, title, matchers, mine, starts, expires, reason, owner, name, added, true,
                ended, hid);
    }

    public Silence ended(Instant at, int count) {
        return new Silence(
                id,
                about,
                title,
                matchers,
                mine,
                starts,
                expires,
                reason,
                owner,
                name,
                added,
                warned,
                Optional.of(at),
                count);
    }
}
