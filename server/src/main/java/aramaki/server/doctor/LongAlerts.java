package aramaki.server.doctor;

import aramaki.server.alert.AlertStore;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether alerts fire for so long that nobody believes them any more.
public record LongAlerts(Store store, AlertStore alerts) implements Examination {
    static final Duration LONG = Duration.ofDays(7);
    private static final int MOST = 1000;

    @Override
    public String name() {
        return "long-alerts";
    }

    @Override
    public String about() {
        return "No alert fires for longer than a week.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return store
                .read(tx -> alerts.alerts(tx, AlertStore.Which.FIRING, Optional.empty(), MOST))
                .stream()
                .filter(a -> a.since().isBefore(now.minus(LONG)))
                .map(
                        a ->
                                Complaint.advice(
                                        a.key()
                                                + " fires since "
                                                + a.since()
                                                + ", for "
                                                + Duration.between(a.since(), now).toDays()
                                                + " days.",
                                        "An alert that always fires teaches people to look away.",
                                        "Repair it, or change the check's limits: aramaki system edit "
                                                + a.key().about().system()))
                .toList();
    }
}
