package aramaki.server.doctor;

import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStore;
import aramaki.server.store.Store;
import aramaki.server.timeline.EventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether alerting keeps up with the log.
public record AlertingLag(Store store, EventStore events, AlertStore alerts)
        implements Examination {
    static final Duration MOST = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "alerting";
    }

    @Override
    public String about() {
        return "Alerting has read every event that is older than 30 s.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var oldest =
                store.read(
                        tx ->
                                events
                                        .after(tx, alerts.cursor(tx, AlertConsumer.CONSUMER), 1)
                                        .stream()
                                        .findFirst());
        return oldest.map(e -> Duration.between(e.header().recordedAt().wall(), now))
                .filter(age -> age.compareTo(MOST) > 0)
                .map(
                        age ->
                                List.of(
                                        Complaint.broken(
                                                "Alerting is "
                                                        + age.toSeconds()
                                                        + " s behind the log.",
                                                "What went wrong since then has raised no alert.",
                                                "Restart the server; alerting goes on where it"
                                                        + " stopped. Its log says what held it up.")))
                .orElse(List.of());
    }
}
