package aramaki.server.home;

import aramaki.model.alert.Alert;
import aramaki.model.observation.State;
import java.time.Instant;
import java.util.List;

/// One line of what needs somebody now: an alert, with those folded under it that have the same
/// cause, as far as can be told.
///
/// @param alerts the one that leads first, then the worst and latest
public record Need(Fold fold, List<Alert> alerts) {
    /// Why they stand together.
    public enum Fold {
        /// It stands alone.
        NONE,
        /// Checks of one entity in one system.
        ENTITY,
        /// One check of a system at several entities.
        CHECK,
        /// An agent is silent, and what fired on its host cannot be known any better.
        AGENT
    }

    public Need {
        alerts = List.copyOf(alerts);
    }

    public Alert lead() {
        return alerts.getFirst();
    }

    /// The worst of them.
    public State severity() {
        return State.worst(alerts.stream().map(Alert::severity).toList());
    }

    /// When the latest of them began.
    public Instant latest() {
        return alerts.stream().map(Alert::since).max(Instant::compareTo).orElseThrow();
    }

    /// When the first of them began.
    public Instant earliest() {
        return alerts.stream().map(Alert::since).min(Instant::compareTo).orElseThrow();
    }
}
