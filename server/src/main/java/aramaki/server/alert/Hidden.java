package aramaki.server.alert;

import aramaki.model.Labels;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Silence;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which alerts are silenced at one moment, decided in memory for each that is asked about.
public final class Hidden implements Function<Alert, Optional<Silence>> {
    private final List<Matching.Ready> active;
    private final Function<AlertKey, Labels> labels;

    Hidden(List<Matching.Ready> active, Function<AlertKey, Labels> labels) {
        this.active = List.copyOf(active);
        this.labels = labels;
    }

    /// Whether nothing can be.
    public boolean nothing() {
        return active.isEmpty();
    }

    /// The silence that hides it longest; empty for one that is over.
    @Override
    public Optional<Silence> apply(Alert alert) {
        if (!alert.firing()) {
            return Optional.empty();
        }
        for (var ready : active) {
            if (ready.fits(alert, labels)) {
                return Optional.of(ready.silence());
            }
        }
        return Optional.empty();
    }
}
