package aramaki.server.projection;

import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventType;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.alert.SilenceFold;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.StoredEvent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The silences, by the very fold that makes them while the server runs.
final class SilenceFolding implements Folding {
    private final Function<SystemId, Optional<SystemName>> nameOf;
    private final Map<String, Silence> silences = new HashMap<>();

    SilenceFolding(Function<SystemId, Optional<SystemName>> nameOf) {
        this.nameOf = nameOf;
    }

    @Override
    public Set<EventType> types() {
        return EnumSet.of(
                EventType.SILENCE_ADDED, EventType.SILENCE_WARNED, EventType.SILENCE_EXPIRED);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        nameOf.apply(event.header().log().system())
                .flatMap(
                        system ->
                                SilenceFold.apply(
                                        system,
                                        data,
                                        event.header().at(),
                                        id -> Optional.ofNullable(silences.get(id))))
                .ifPresent(silence -> silences.put(silence.id(), silence));
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        var rows = new HashMap<List<String>, List<String>>();
        silences.forEach((id, silence) -> rows.put(List.of(id), row(silence)));
        comparison.hold(tx, Table.SILENCE, rows);
    }

    private static List<String> row(Silence s) {
        return List.of(
                s.id(),
                s.about().orElse(Systems.INSTANCE).value(),
                s.title(),
                Json.text(s.matchers().stream().map(Matcher::toString).toList()),
                s.mine() ? "1" : "0",
                millis(s.starts()),
                millis(s.expires()),
                s.reason(),
                s.owner(),
                s.name(),
                millis(s.added()),
                s.warned() ? "1" : "0",
                s.ended().map(SilenceFolding::millis).orElse("0"),
                Integer.toString(s.hid()));
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }
}
