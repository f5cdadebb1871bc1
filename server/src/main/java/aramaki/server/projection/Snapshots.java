package aramaki.server.projection;

import aramaki.model.timeline.EventType;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStore;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Takes a snapshot of the alerts every hour in which enough happened, so that folding them anew
/// need not begin at the first event. It goes on from the snapshot before, never from the tables.
public final class Snapshots implements Task {
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int PAGE = 1000;

    private final Store store;
    private final EventStore events;
    private final AlertStore alerts;
    private final Projections projections;
    private final SnapshotStore snapshots;
    private final int atLeast;

    /// @param atLeast so many positions further than the last
    public Snapshots(
            Store store,
            EventStore events,
            AlertStore alerts,
            Projections projections,
            SnapshotStore snapshots,
            int atLeast) {
        this.store = store;
        this.events = events;
        this.alerts = alerts;
        this.projections = projections;
        this.snapshots = snapshots;
        this.atLeast = atLeast;
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public Duration run(Instant now) {
        var taken = store.read(this::take);
        taken.ifPresent(
                t ->
                        store.write(
                                tx -> {
                                    if (!redactedSince(tx, t.begun())) {
                                        snapshots.save(tx, t.snapshot(), now);
                                    }
                                    return true;
                                }));
        return PAUSE;
    }

    /// @param begun where the logs ended when it was taken
    private record Taken(Snapshot snapshot, long begun) {}

    /// Up to where alerting has read.
    private Optional<Taken> take(Tx tx) {
        long cursor = alerts.cursor(tx, AlertConsumer.CONSUMER);
        var before =
                snapshots
                        .newest(tx)
                        .filter(Snapshot::ofToday)
                        .filter(
                                s ->
                                        events.find(tx, s.at())
                                                .filter(e -> e.position() == s.position())
                                                .isPresent());
        long from = before.map(Snapshot::position).orElse(0L);
        var last = events.after(tx, cursor - 1, 1);
        if (cursor - from < atLeast || last.isEmpty() || last.getFirst().position() != cursor) {
            return Optional.empty();
        }
        var run = projections.begin(tx, before);
        read(tx, run, Set.of(EventType.SYSTEM_CREATED.word()), 0, cursor);
        read(tx, run, run.alertTypes(), from, cursor);
        return Optional.of(
                new Taken(run.snapshot(cursor, last.getFirst().hash()), events.lastPosition(tx)));
    }

    private void read(Tx tx, Projections.Run run, Set<String> types, long after, long to) {
        long position = after;
        while (true) {
            var page = events.ofTypes(tx, types, position, PAGE);
            page.stream().filter(e -> e.position() <= to).forEach(e -> run.see(tx, e));
            if (page.size() < PAGE || page.getLast().position() >= to) {
                return;
            }
            position = page.getLast().position();
        }
    }

    private boolean redactedSince(Tx tx, long begun) {
        return !events.ofTypes(tx, Set.of(EventType.EVENT_REDACTED.word()), begun, 1).isEmpty();
    }
}
