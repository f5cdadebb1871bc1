package aramaki.server.audit;

import java.time.Duration;
import java.time.Instant;

/// A line of the access log: a request, or the same look again and again without a pause.
///
/// @param id grows with time
/// @param until when it was asked last
/// @param times how often
/// @param system the one that it was about; empty where it was about none, or about many
public record AccessEntry(long id, Asked asked, Instant until, int times, String system) {
    /// A look that comes again after a longer pause is another one.
    static final Duration PAUSE = Duration.ofMinutes(1);

    /// And so is one that goes on for longer.
    static final Duration LONGEST = Duration.ofHours(1);

    static AccessEntry of(long id, Asked asked, String system) {
        return new AccessEntry(id, asked, asked.at(), 1, system);
    }

    /// Whether a look like it goes on with this line.
    boolean goesOn(Instant at) {
        return !at.isAfter(until.plus(PAUSE)) && at.isBefore(asked.at().plus(LONGEST));
    }

    AccessEntry again(Instant at) {
        return new AccessEntry(id, asked, at.isAfter(until) ? at : until, times + 1, system);
    }
}
