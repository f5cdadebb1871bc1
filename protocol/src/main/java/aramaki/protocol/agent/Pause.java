package aramaki.protocol.agent;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import java.time.Duration;
import java.time.Instant;

/// A time in which an agent runs no checks and nobody is told about its silence. Made on its host
/// or at its server; each side keeps the newest it knows, also once it is over.
///
/// @param id of this wish, the same on both sides
/// @param revision grows with each wish, so that no clock decides which is the newer
/// @param until as the clock of whoever holds it says; not after `from` for a wish to go on
/// @param by who wanted it, in words
public record Pause(String id, long revision, Instant from, Instant until, String reason, String by)
        implements Json.Whole {
    public static final Duration LONGEST = Duration.ofDays(7);
    public static final int MAX_TEXT = 200;

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /// Off by less is no fault of a clock but the way of a message.
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(10);

    /// A clock set back by weeks does not make a pause longer than one may be.
    public boolean active(Instant now) {
        return now.isBefore(until) && until.isBefore(now.plus(LONGEST).plus(CLOCKS_AGREE));
    }

    /// Whether it asks to stop; otherwise to go on.
    public boolean wanted() {
        return from.isBefore(until);
    }

    /// Of two made while nobody could agree, the one that lasts longer.
    public boolean newerThan(Pause other) {
        return revision > other.revision
                || (revision == other.revision
                        && !id.equals(other.id)
                        && (until.isAfter(other.until)
                                || (until.equals(other.until) && id.compareTo(other.id) > 0)));
    }

    /// The same by another clock.
    ///
    /// @param theirs what the clock of whoever said it shows
    public Pause byOurClock(Instant theirs, Instant ours) {
        var off = Duration.between(theirs, ours);
        return off.abs().compareTo(CLOCKS_AGREE) < 0
                ? this
                : new Pause(id, revision, from.plus(off), until.plus(off), reason, by);
    }

    /// The same, ended earlier.
    public Pause endedAt(Instant now) {
        return new Pause(id, revision, from, now.isBefore(until) ? now : until, reason, by);
    }

    /// Refuses what no pause can be.
    public Pause checked() {
        boolean real =
                from.isAfter(Instant.EPOCH)
                        && until.isAfter(Instant.EPOCH)
                        && from.isBefore(LAST)
                        && until.isBefore(LAST);
        boolean bounded =
                real
                        && id.length() <= 60
                        && revision >= 1
                        && revision < Long.MAX_VALUE
                        && reason.length() <= MAX_TEXT
                        && by.length() <= MAX_TEXT;
        if (!bounded) {
            throw Refusal.invalid(
                    "bad-pause",
                    "a pause has an id of at most 60 characters, a revision above 0, and a reason"
                            + " and a name of at most "
                            + MAX_TEXT
                            + "; it begins after 1970");
        }
        if (Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw Refusal.invalid("bad-pause", "a pause lasts at most 7 days");
        }
        return this;
    }
}
