package aramaki.cli.watch;

import aramaki.cli.output.Cell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the server answered at one moment: the alerts that fire, and how every system stands.
///
/// @param wanted the systems asked for, with all below them; none for all
record Board(
        Instant at, List<JsonNode> alerts, Map<String, JsonNode> systems, List<String> wanted) {
    /// The deepest tree that is drawn; what is below is on its own page.
    private static final int DEEPEST = 12;

    /// The most rows of the tree.
    private static final int MOST_ROWS = 5000;

    Board {
        alerts = List.copyOf(alerts);
        wanted = List.copyOf(wanted);
    }

    /// A place in the tree; `system` is missing for one that this instance does not know.
    record Place(String path, String name, int depth, String twig, JsonNode system) {}

    static Board of(
            Instant at, List<JsonNode> alerts, List<JsonNode> systems, List<String> wanted) {
        var byName = new LinkedHashMap<String, JsonNode>();
        systems.forEach(s -> byName.put(Cell.string(s.path("name")), s));
        var all = new Board(at, alerts, byName, wanted);
        if (wanted.isEmpty()) {
            return all;
        }
        var within = all.within();
        byName.keySet().retainAll(within);
        return new Board(
                at,
                alerts.stream().filter(a -> within.contains(name(a, "system"))).toList(),
                byName,
                wanted);
    }

    /// Whether something about this system belongs on the screen.
    boolean shows(String system) {
        return wanted.isEmpty() || systems.containsKey(system);
    }

    private Set<String> within() {
        var found = new HashSet<String>();
        var open = new ArrayList<>(wanted);
        while (!open.isEmpty()) {
            String name = open.removeLast();
            if (found.add(name)) {
                open.addAll(below(name));
            }
        }
        return found;
    }

    private List<String> below(String name) {
        var system = systems.get(name);
        return system == null
                ? List.of()
                : system.path("subsystems").valueStream().map(Cell::string).toList();
    }

    /// The systems as the rows of a tree: the ones asked for, or those that no other aggregates.
    List<Place> tree() {
        var rows = new ArrayList<Place>();
        for (String top : tops()) {
            place(top, "", "", "", 0, rows);
        }
        return rows;
    }

    private List<String> tops() {
        if (!wanted.isEmpty()) {
            return wanted;
        }
        var below =
                systems.keySet().stream()
                        .flatMap(n -> below(n).stream())
                        .collect(Collectors.toSet());
        return systems.values().stream()
                .filter(s -> s.path("anchored").asBoolean() || !below.contains(name(s, "name")))
                .map(s -> name(s, "name"))
                .toList();
    }

    private void place(
            String name, String above, String twig, String indent, int depth, List<Place> rows) {
        if (rows.size() >= MOST_ROWS) {
            return;
        }
        String path = above + "/" + name;
        var system = systems.get(name);
        var node = system == null ? Json.mapper().missingNode() : system;
        rows.add(new Place(path, name, depth, twig, node));
        var below = depth < DEEPEST ? below(name) : List.<String>of();
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            place(
                    below.get(i),
                    path,
                    indent + (last ? "└─ " : "├─ "),
                    indent + (last ? "   " : "│  "),
                    depth + 1,
                    rows);
        }
    }

    /// How many systems are in which state, worst first.
    Map<String, Integer> counts() {
        var found = new HashMap<String, Integer>();
        systems.values().forEach(s -> found.merge(name(s, "state"), 1, Integer::sum));
        var ordered = new LinkedHashMap<String, Integer>();
        for (String word : Cell.WORST_FIRST) {
            if (found.containsKey(word)) {
                ordered.put(word, found.get(word));
            }
        }
        return ordered;
    }

    private static String name(JsonNode node, String member) {
        return Cell.string(node.path(member));
    }
}
