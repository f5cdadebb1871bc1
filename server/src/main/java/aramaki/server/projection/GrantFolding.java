package aramaki.server.projection;

import aramaki.model.timeline.EventType;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Tx;
import aramaki.server.timeline.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who was given what, and what it covers. A grant and its end stand in one log, a cover and its
/// end in another; each may come before what it is about in a third.
final class GrantFolding implements Folding {
    private final Map<List<String>, List<String>> given = new HashMap<>();
    private final Map<String, Instant> ended = new HashMap<>();
    private final Map<String, Instant> awake = new HashMap<>();
    private final Map<String, List<String>> covers = new HashMap<>();
    private final Set<String> uncovered = new HashSet<>();

    @Override
    public Set<EventType> types() {
        return Set.of(
                EventType.GRANT_GIVEN,
                EventType.GRANT_REVOKED,
                EventType.GRANT_INVOKED,
                EventType.GRANT_REACHED,
                EventType.GRANT_WITHDRAWN);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        String hash = event.hash().hex();
        var header = event.header();
        switch (data) {
            case Payload.GrantGiven p ->
                    given.put(
                            List.of(hash),
                            List.of(
                                    hash,
                                    p.holder(),
                                    Json.text(p),
                                    header.actor(),
                                    millis(header.at())));
            case Payload.GrantRevoked p -> ended.put(p.grant(), header.at());
            case Payload.GrantInvoked p ->
                    awake.merge(p.grant(), p.until(), (a, b) -> a.isAfter(b) ? a : b);
            case Payload.GrantReached p ->
                    covers.put(hash, List.of(hash, p.grant(), header.log().system().value()));
            case Payload.GrantWithdrawn p -> uncovered.add(p.reached());
            default -> {} // asked for by no type above
        }
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        var grants = new HashMap<List<String>, List<String>>();
        given.forEach(
                (key, row) -> {
                    var whole = new ArrayList<>(row);
                    whole.add(at(ended, row.getFirst()));
                    whole.add(at(awake, row.getFirst()));
                    grants.put(key, whole);
                });
        comparison.hold(tx, Table.GRANT, grants);
        var rows = new HashMap<List<String>, List<String>>();
        covers.forEach(
                (hash, row) -> {
                    var whole = new ArrayList<>(row);
                    whole.add(uncovered.contains(hash) ? "1" : "0");
                    rows.put(List.of(hash), whole);
                });
        comparison.hold(tx, Table.COVER, rows);
    }

    private static String at(Map<String, Instant> times, String grant) {
        var at = times.get(grant);
        return at == null ? "0" : millis(at);
    }
}
