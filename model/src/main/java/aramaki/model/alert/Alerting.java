package aramaki.model.alert;

import aramaki.model.observation.State;
import java.util.Optional;

/// What a change of state means for the alert about it. Pure: no clock, no store.
public final class Alerting {
    private Alerting() {}

    /// What to do about the alert of one key.
    public enum Verdict {
        FIRE,
        CHANGE_SEVERITY,
        RESOLVE,
        LEAVE
    }

    /// Decides from the alert as it stands and the state that was just reached.
    public static Verdict judge(Optional<Alert> current, State now) {
        boolean firing = current.map(Alert::firing).orElse(false);
        if (!now.bad()) {
            return firing ? Verdict.RESOLVE : Verdict.LEAVE;
        }
        if (!firing) {
            return Verdict.FIRE;
        }
        boolean same = current.map(a -> a.severity() == now).orElse(false);
        return same ? Verdict.LEAVE : Verdict.CHANGE_SEVERITY;
    }
}
