package aramaki.server.redaction;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckKey;
import aramaki.model.timeline.EventType;
import aramaki.protocol.log.Payload;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStore;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Forgets what old events said, as the policy wants; a little at a time, so that nobody waits.
/// Their headers stay. The cause of an alert that still fires is kept, for as long as there is the
/// event.
public final class PayloadRetention implements Task {
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(200);

    private final Store store;
    private final EventStore events;
    private final AlertStore alerts;
    private final Systems systems;
    private final PayloadPolicy policy;

    public PayloadRetention(
            Store store,
            EventStore events,
            AlertStore alerts,
            Systems systems,
            PayloadPolicy policy) {
        this.store = store;
        this.events = events;
        this.alerts = alerts;
        this.systems = systems;
        this.policy = policy;
    }

    @Override
    public String name() {
        return "payload-retention";
    }

    @Override
    public Duration run(Instant now) {
        boolean more = false;
        for (var rule : policy.keep().entrySet()) {
            more |= store.write(tx -> prune(tx, rule.getKey(), now.minus(rule.getValue())));
        }
        return more ? BETWEEN_BATCHES : PAUSE;
    }

    /// In the order of recording, from where the last unit ended; whether there may be more. What
    /// alerting has not read yet is never old enough.
    private boolean prune(Tx tx, EventType type, Instant before) {
        String reader = "payload-retention/" + type.word();
        long read = alerts.cursor(tx, AlertConsumer.CONSUMER);
        var batch = events.ofTypes(tx, Set.of(type.word()), alerts.cursor(tx, reader), BATCH);
        var old =
                batch.stream()
                        .takeWhile(e -> e.header().recordedAt().wall().isBefore(before))
                        .takeWhile(e -> e.position() <= read)
                        .toList();
        old.stream()
                .filter(e -> e.payload() != null && !needed(tx, e))
                .forEach(e -> events.dropPayload(tx, e.hash()));
        if (!old.isEmpty()) {
            alerts.saveCursor(tx, reader, old.getLast().position());
        }
        return old.size() == BATCH;
    }

    private boolean needed(Tx tx, StoredEvent event) {
        if (!(event.data().orElse(null) instanceof Payload.StateChanged change)) {
            return false;
        }
        return systems.nameOf(event.header().log().system())
                .map(system -> CheckKey.of(system.value(), change.entity(), change.check()))
                .flatMap(key -> firing(tx, key))
                .filter(a -> !event.header().at().isBefore(a.since()))
                .isPresent();
    }

    private Optional<Alert> firing(Tx tx, CheckKey key) {
        return alerts.alert(tx, new AlertKey(key)).filter(Alert::firing);
    }
}
