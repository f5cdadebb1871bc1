package aramaki.server.projection;

import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.protocol.log.Payload;
import aramaki.server.alert.Acts;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore.Relation;
import aramaki.server.timeline.Notes;
import aramaki.server.timeline.Reception;
import aramaki.server.timeline.StoredEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which events speak of which, which came from outside, and which tell of one act. There may be
// very many of them, so
/// each is looked for when its event is seen.
final class ReferenceFolding implements Folding {
    private static final int MOST = 1000;

    private final Tables tables;
    private final List<Missing> missing = new ArrayList<>();

    private record Missing(Table table, List<String> row) {}

    ReferenceFolding(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Set<EventType> types() {
        return EnumSet.of(
                EventType.NOTE_ADDED,
                EventType.EVENT_RECEIVED,
                EventType.EVENT_REDACTED,
                EventType.ALERT_ACKNOWLEDGED,
                EventType.ALERT_UNACKNOWLEDGED,
                EventType.ALERT_ASSIGNED,
                EventType.ALERT_COMMENTED,
                EventType.ALERT_CLOSED,
                EventType.ALERT_RESTORED);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        switch (data) {
            case Payload.NoteAdded p -> {
                Optional.ofNullable(p.about())
                        .ifPresent(about -> reference(tx, about, event, Relation.ABOUT));
                Optional.ofNullable(p.links()).orElse(List.of()).stream()
                        .filter(link -> !Notes.isWebAddress(link)) // those may be of other servers
                        .flatMap(link -> Notes.eventOf(link).stream())
                        .forEach(hash -> reference(tx, hash.hex(), event, Relation.LINK));
            }
            case Payload.EventRedacted p -> reference(tx, p.event(), event, Relation.REDACTED);
            case Payload.EventReceived p -> {
                if (event.payload() != null) { // of one that is gone nothing is left to compare
                    Hash identity = Reception.identity(p);
                    look(tx, Table.RECEIVED, List.of(identity.hex(), event.hash().hex()));
                }
            }
            default ->
                    Acts.act(data)
                            .ifPresent(
                                    act -> look(tx, Table.ACT, List.of(event.hash().hex(), act)));
        }
    }

    private void reference(Tx tx, String target, StoredEvent event, Relation relation) {
        String word = relation.name().toLowerCase(Locale.ROOT);
        look(tx, Table.REFERENCE, List.of(target, event.hash().hex(), word));
    }

    private void look(Tx tx, Table table, List<String> row) {
        boolean there = tables.find(tx, table, table.keyOf(row)).filter(row::equals).isPresent();
        if (!there && missing.size() < MOST) {
            missing.add(new Missing(table, row));
        }
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        missing.forEach(m -> comparison.missing(m.table(), m.row()));
        for (var table : List.of(Table.REFERENCE, Table.RECEIVED, Table.ACT)) {
            for (var row : tables.withoutEvent(tx, table, MOST)) {
                var key = table.keyOf(row);
                comparison.add(
                        new Difference(
                                Comparison.named(table, key) + " is of an event that is in no log",
                                true,
                                t -> tables.remove(t, table, key)));
            }
        }
    }
}
