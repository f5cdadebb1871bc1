package aramaki.server.alert;

import aramaki.model.alert.Acknowledgement;
import aramaki.model.alert.Alert;
import aramaki.protocol.log.Payload;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Reminds owners before what they acknowledged fires again, and has it fire again when their time
// is
/// over.
public final class Reminders implements Task {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// No reminder comes earlier before the end.
    private static final Duration AHEAD = Duration.ofMinutes(30);

    private static final int BATCH = 1000;

    private final Store store;
    private final AlertStore alerts;
    private final AlertFold fold;
    private final EventLog log;
    private final Systems systems;
    private final By instance;

    public Reminders(Store store, AlertStore alerts, EventLog log, Systems systems, By instance) {
        this.store = store;
        this.alerts = alerts;
        this.fold = new AlertFold(alerts);
        this.log = log;
        this.systems = systems;
        this.instance = instance;
    }

    @Override
    public String name() {
        return "acknowledgements";
    }

    @Override
    public Duration run(Instant now) {
        var soon = now.plus(AHEAD).plusMillis(1);
        boolean some =
                store.read(tx -> alerts.acknowledgedUntil(tx, soon, BATCH)).stream()
                        .anyMatch(a -> due(a, now).isPresent());
        if (some) {
            store.write(
                    tx -> {
                        alerts.acknowledgedUntil(tx, soon, BATCH)
                                .forEach(a -> due(a, now).ifPresent(p -> say(tx, a, p, now)));
                        return true;
                    });
        }
        return PAUSE;
    }

    private static Optional<Payload> due(Alert alert, Instant now) {
        var about = alert.key().about();
        var care = alert.care();
        return care.acknowledged()
                .flatMap(
                        a ->
                                due(a, now)
                                        ? Optional.of(
                                                a.overAt(now)
                                                        ? new Payload.AlertLapsed(
                                                                about.entity().value(),
                                                                about.check().value(),
                                                                alert.episode().value(),
                                                                care.owner(),
                                                                care.name())
                                                        : new Payload.AlertReminded(
                                                                about.entity().value(),
                                                                about.check().value(),
                                                                alert.episode().value(),
                                                                care.owner(),
                                                                care.name(),
                                                                a.until().orElse(now)))
                                        : Optional.empty());
    }

    private static boolean due(Acknowledgement acknowledgement, Instant now) {
        return acknowledgement.overAt(now)
                || !acknowledgement.reminded()
                        && acknowledgement.remindAt().filter(at -> !now.isBefore(at)).isPresent();
    }

    private void say(Tx tx, Alert alert, Payload payload, Instant now) {
        var system = alert.key().about().system();
        var at = now.truncatedTo(ChronoUnit.MILLIS);
        systems.idOf(system)
                .ifPresent(
                        id -> {
                            log.append(tx, id, payload, at, instance);
                            fold.apply(tx, system, payload, at);
                        });
    }
}
