package aramaki.server.seen;

import java.time.Duration;
import java.time.Instant;

/// Up to where a person has looked at something: a place in the log, and when it was put there.
///
/// @param position the newest event that was shown; 0 where only the time counts
public record Mark(Subject subject, long position, Instant at) {
    /// Who has never marked anything is shown this much.
    public static final Duration AT_FIRST = Duration.ofHours(24);

    /// What holds for a person who has never marked anything.
    static Mark atFirst(Instant now) {
        return new Mark(new Subject.Home(), 0, now.minus(AT_FIRST));
    }

    /// Whether somebody put it, rather than it being the beginning.
    public boolean put() {
        return position > 0;
    }

    /// Whether an event came after it.
    public boolean before(long eventPosition, Instant eventAt) {
        return put() ? eventPosition > position : eventAt.isAfter(at);
    }

    /// The later of two.
    static Mark later(Mark one, Mark other) {
        return other.position() > one.position() ? other : one;
    }
}
