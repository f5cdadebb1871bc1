package aramaki.cli.watch;

import aramaki.cli.output.Cell;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The last events, oldest first, none of them twice.
final class Happenings {
    static final int KEPT = 500;

    private static final Comparator<JsonNode> BY_TIME =
            Comparator.comparing(e -> Cell.string(e.path("recordedAt")));

    private final Map<String, JsonNode> byId = new LinkedHashMap<>();
    private List<JsonNode> ordered = List.of();

    /// Takes in what is new, and returns it, oldest first.
    List<JsonNode> add(List<JsonNode> events) {
        var fresh = new ArrayList<JsonNode>();
        for (var event : events) {
            if (byId.putIfAbsent(Cell.string(event.path("id")), event) == null) {
                fresh.add(event);
            }
        }
        if (fresh.isEmpty()) {
            return fresh;
        }
        fresh.sort(BY_TIME);
        var all = new ArrayList<>(byId.values());
        all.sort(BY_TIME);
        var kept = all.subList(Math.max(0, all.size() - KEPT), all.size());
        ordered = List.copyOf(kept);
        byId.clear();
        kept.forEach(e -> byId.put(Cell.string(e.path("id")), e));
        return fresh;
    }

    List<JsonNode> oldestFirst() {
        return ordered;
    }
}
