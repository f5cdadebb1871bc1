package aramaki.server.web;

import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemName;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StateCount;
import aramaki.server.web.view.SystemMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Draws systems as a graph in columns: a system stands right of everything that aggregates it.
final class Drawing {
    private static final int MOST = 300;
    private static final int COLUMN = SystemMap.NODE_WIDTH + 64;
    private static final int ROW = SystemMap.NODE_HEIGHT + 12;
    private static final int EDGE = 6;

    private final Moment moment;
    private final SystemGraph graph;
    private final Map<SystemName, Integer> depths = new HashMap<>();
    private final Map<SystemName, int[]> places = new HashMap<>();

    private Drawing(Moment moment) {
        this.moment = moment;
        this.graph = moment.graph();
    }

    /// The given systems and what connects them; parents first, so that what is left out is deep.
    static SystemMap of(Moment moment, Collection<SystemName> wanted) {
        return new Drawing(moment).draw(wanted);
    }

    private SystemMap draw(Collection<SystemName> wanted) {
        var drawn =
                wanted.stream()
                        .sorted(Comparator.comparing(this::depth).thenComparing(n -> n))
                        .limit(MOST)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        var columns = new TreeMap<Integer, List<SystemName>>();
        for (var name : drawn) {
            columns.computeIfAbsent(depth(name), _ -> new ArrayList<>()).add(name);
        }
        int column = 0;
        for (var names : columns.values()) {
            place(column++, names);
        }
        int tallest = columns.values().stream().mapToInt(List::size).max().orElse(0);
        return new SystemMap(
                Math.max(1, columns.size() * COLUMN - (COLUMN - SystemMap.NODE_WIDTH) + 2 * EDGE),
                Math.max(1, tallest * ROW + 2 * EDGE),
                drawn.stream().map(this::node).toList(),
                edges(drawn),
                wanted.size() - drawn.size());
    }

    /// The longest way down to it.
    private int depth(SystemName name) {
        Integer known = depths.get(name);
        if (known == null) {
            known = graph.parents(name).stream().mapToInt(this::depth).max().orElse(-1) + 1;
            depths.put(name, known);
        }
        return known;
    }

    /// Near their parents, which keeps lines short.
    private void place(int column, List<SystemName> names) {
        names.sort(Comparator.comparingDouble(this::middleOfParents).thenComparing(n -> n));
        int row = 0;
        for (var name : names) {
            places.put(name, new int[] {EDGE + column * COLUMN, EDGE + row++ * ROW});
        }
    }

    private double middleOfParents(SystemName name) {
        return graph.parents(name).stream()
                .map(places::get)
                .filter(at -> at != null)
                .mapToInt(at -> at[1])
                .average()
                .orElse(0);
    }

    private SystemMap.Node node(SystemName name) {
        int[] at = places.getOrDefault(name, new int[2]);
        var rollup = moment.rollup(name);
        String says =
                StateCount.of(rollup.counts()).stream()
                        .map(c -> c.number() + " " + c.state().word())
                        .collect(Collectors.joining(", "));
        return new SystemMap.Node(
                at[0],
                at[1],
                Views.system(name),
                StateBadge.of(rollup.worst()),
                says.isEmpty() ? "no checks" : says);
    }

    private List<String> edges(Collection<SystemName> drawn) {
        var edges = new ArrayList<String>();
        for (var parent : drawn) {
            int[] from = places.getOrDefault(parent, new int[2]);
            for (var child : graph.children(parent)) {
                int[] to = places.get(child);
                if (to != null) {
                    edges.add(edge(from, to));
                }
            }
        }
        return edges;
    }

    private static String edge(int[] from, int[] to) {
        int x1 = from[0] + SystemMap.NODE_WIDTH;
        int y1 = from[1] + SystemMap.NODE_HEIGHT / 2;
        int y2 = to[1] + SystemMap.NODE_HEIGHT / 2;
        int middle = (x1 + to[0]) / 2;
        return "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, middle, y1, middle, y2, to[0], y2);
    }
}
