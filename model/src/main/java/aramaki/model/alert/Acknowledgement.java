package aramaki.model.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// "I have this one, until": somebody looks after an alert.
///
/// @param until when it runs out; empty for as long as the episode lasts
/// @param reminded whether its owner was told that it is about to run out
public record Acknowledgement(
        Instant at, Optional<Instant> until, String comment, boolean reminded) {
    private static final Duration REMIND_AT_MOST = Duration.ofMinutes(30);
    private static final int REMIND_PART = 4;

    /// Whether it still holds for what begins at that moment: only one with an end outlives its
    /// episode.
    public boolean outlives(Instant begun) {
        return until.filter(begun::isBefore).isPresent();
    }

    public boolean overAt(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }

    /// When its owner is to be reminded: half an hour before the end, of a short one a quarter of
    // its
    /// length.
    public Optional<Instant> remindAt() {
        return until.map(
                end -> {
                    var part = Duration.between(at, end).dividedBy(REMIND_PART);
                    return end.minus(part.compareTo(REMIND_AT_MOST) < 0 ? part : REMIND_AT_MOST);
                });
    }

    public Acknowledgement withReminder() {
        return new Acknowledgement(at, until, comment, true);
    }
}
