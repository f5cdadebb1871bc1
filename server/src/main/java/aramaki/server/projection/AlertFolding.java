package aramaki.server.projection;

import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.protocol.log.Payload;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertFold;
import aramaki.server.alert.AlertFold.Flaps;
import aramaki.server.alert.AlertStore;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Alerts, their episodes and their past, by the very fold that makes them while the server runs;
/// and how far alerting has read.
final class AlertFolding implements Folding {
    private final Function<SystemId, Optional<SystemName>> nameOf;
    private final AlertStore alerts;
    private final EventStore events;
    private final AlertBook book = new AlertBook();
    private final AlertFold fold = new AlertFold(book);
    private final Set<AlertKey> flapping = new HashSet<>();

    /// What alerting has not read yet: it changes no alert before that.
    private final List<Unread> unread = new ArrayList<>();

    private final long cursor;
    private final long from;
    private long newest;
    private Optional<Hash> cause = Optional.empty();

    private record Unread(long position, Flaps flaps) {}

    /// @param cursor how far alerting has read
    /// @param snapshot where to begin
    AlertFolding(
            Function<SystemId, Optional<SystemName>> nameOf,
            AlertStore alerts,
            EventStore events,
            long cursor,
            Optional<Snapshot> snapshot) {
        this.nameOf = nameOf;
        this.alerts = alerts;
        this.events = events;
        this.cursor = cursor;
        this.from = snapshot.map(Snapshot::position).orElse(0L);
        snapshot.ifPresent(this::restore);
    }

    private void restore(Snapshot snapshot) {
        snapshot.alerts().forEach(row -> book.restore(AlertText.alert(row)));
        snapshot.histories()
                .forEach(row -> book.restore(AlertText.key(row), AlertText.history(row)));
        snapshot.episodes().forEach(book::restore);
        snapshot.flapping().forEach(row -> flapping.add(AlertText.key(row)));
        cause = snapshot.cause();
    }

    @Override
    public Set<EventType> types() {
        return EnumSet.of(
                EventType.ALERT_FIRED,
                EventType.ALERT_CHANGED,
                EventType.ALERT_RESOLVED,
                EventType.ALERT_ACKNOWLEDGED,
                EventType.ALERT_UNACKNOWLEDGED,
                EventType.ALERT_REMINDED,
                EventType.ALERT_LAPSED,
                EventType.ALERT_ASSIGNED,
                EventType.ALERT_CLOSED,
                EventType.ALERT_RESTORED,
                EventType.CHECK_FLAPPING,
                EventType.CHECK_STEADY,
                EventType.STATE_CHANGED);
    }

    /// A change of state only ends a flapping: most of very many need not be looked at.
    @Override
    public boolean wants(StoredEvent event, EventType type) {
        return event.position() > from
                && types().contains(type)
                && (type != EventType.STATE_CHANGED || !flapping.isEmpty() || !unread.isEmpty());
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        var name = nameOf.apply(event.header().log().system());
        if (name.isEmpty()) {
            return;
        }
        fold.apply(tx, name.get(), data, event.header().at());
        AlertFold.flaps(name.get(), data).ifPresent(f -> flaps(event.position(), f));
        causeOf(data)
                .filter(_ -> event.position() > newest)
                .ifPresent(
                        hash -> {
                            newest = event.position();
                            cause = Optional.of(hash);
                        });
    }

    private void flaps(long position, Flaps flaps) {
        if (position > cursor) {
            unread.add(new Unread(position, flaps));
        } else {
            mark(flaps);
        }
    }

    private void mark(Flaps flaps) {
        if (flaps.now()) {
            flapping.add(flaps.key());
        } else {
            flapping.remove(flaps.key());
        }
    }

    private static Optional<Hash> causeOf(Payload data) {
        return switch (data) {
            case Payload.AlertFired p -> Optional.of(new Hash(p.cause()));
            case Payload.AlertChanged p -> Optional.of(new Hash(p.cause()));
            case Payload.AlertResolved p -> Optional.of(new Hash(p.cause()));
            default -> Optional.empty(); // the others are no alerts
        };
    }

    /// What it comes to so far, to go on from later; only where alerting has read as far.
    Snapshot snapshot(long position, Hash at) {
        return new Snapshot(
                position,
                at,
                cause,
                List.copyOf(book.alertRows(flapping).values()),
                List.copyOf(book.episodeRows().values()),
                List.copyOf(book.historyRows().values()),
                flapping.stream().map(AlertText::key).toList());
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        long read = alerts.cursor(tx, AlertConsumer.CONSUMER);
        unread.stream().filter(u -> u.position() <= read).forEach(u -> mark(u.flaps()));
        comparison.hold(tx, Table.ALERT, book.alertRows(flapping));
        comparison.hold(tx, Table.EPISODE, book.episodeRows());
        comparison.hold(tx, Table.HISTORY, book.historyRows());
        compareCursor(tx, comparison, read);
    }

    /// Alerting acts in the order it reads, so it has read at least what it acted on last; what
    /// came after that made it do nothing, and would again.
    private void compareCursor(Tx tx, Comparison comparison, long read) {
        long acted =
                cause.flatMap(hash -> events.find(tx, hash)).map(StoredEvent::position).orElse(0L);
        long last = events.lastPosition(tx);
        if (read < acted || read > last) {
            comparison.add(
                    new Difference(
                            "alerting is said to have read up to position "
                                    + read
                                    + (read < acted
                                            ? ", but it has acted on " + acted
                                            : ", but the logs end at " + last),
                            true,
                            t -> alerts.saveCursor(t, AlertConsumer.CONSUMER, acted)));
        }
    }
}
