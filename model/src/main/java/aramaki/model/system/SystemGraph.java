package aramaki.model.system;

import aramaki.model.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which systems aggregate which: many to many, top down, without cycles. Immutable.
public final class SystemGraph {
    private final Map<SystemName, List<SystemName>> children;
    private final Set<SystemName> anchored;

    private SystemGraph(Map<SystemName, List<SystemName>> children, Set<SystemName> anchored) {
        this.children = children;
        this.anchored = anchored;
    }

    /// Builds the graph of these systems: named subsystems that exist here, and what selections
    /// match. A selection never contains the system that selects, so that it cannot make a cycle by
    /// itself; a cycle that is left is refused with its path.
    public static SystemGraph of(Collection<ManagedSystem> systems) {
        var byName = new TreeMap<SystemName, ManagedSystem>();
        systems.forEach(s -> byName.put(s.name(), s));
        var children = new TreeMap<SystemName, List<SystemName>>();
        for (var system : byName.values()) {
            var below = new LinkedHashSet<SystemName>();
            for (var ref : system.definition().subsystems()) {
                if (ref.peer().isEmpty() && byName.containsKey(ref.name())) {
                    below.add(ref.name());
                }
            }
            for (var selection : system.definition().selections()) {
                if (selection instanceof Selection.Named named
                        && !byName.containsKey(named.name())) {
                    children.put(named.name(), matching(byName.values(), system, named));
                    below.add(named.name());
                }
            }
            children.put(system.name(), List.copyOf(below));
        }
        var graph =
                new SystemGraph(
                        children,
                        byName.values().stream()
                                .filter(ManagedSystem::anchored)
                                .map(ManagedSystem::name)
                                .collect(Collectors.toCollection(TreeSet::new)));
        graph.refuseCycle();
        return graph;
    }

    /// The systems directly below, in the order the document names them.
    public List<SystemName> children(SystemName name) {
        return children.getOrDefault(name, List.of());
    }

    /// Every system below, each once, nearest first; a diamond counts once.
    public List<SystemName> below(SystemName name) {
        var seen = new LinkedHashSet<SystemName>();
        var queue = new ArrayDeque<>(children(name));
        while (!queue.isEmpty()) {
            var next = queue.remove();
            if (seen.add(next)) {
                queue.addAll(children(next));
            }
        }
        return List.copyOf(seen);
    }

    /// The systems that aggregate this one directly.
    public List<SystemName> parents(SystemName name) {
        return children.entrySet().stream()
                .filter(e -> e.getValue().contains(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The tops: what nothing else aggregates, and what a person anchored.
    public List<SystemName> anchors() {
        var aggregated =
                children.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        return children.keySet().stream()
                .filter(n -> !aggregated.contains(n) || anchored.contains(n))
                .toList();
    }

    private static List<SystemName> matching(
            Collection<ManagedSystem> systems, ManagedSystem selecting, Selection.Named selection) {
        return systems.stream()
                .filter(s -> !s.name().equals(selecting.name()))
                .filter(s -> s.definition().labels().containsAll(selection.labels()))
                .map(ManagedSystem::name)
                .toList();
    }

    private void refuseCycle() {
        var done = new LinkedHashSet<SystemName>();
        for (var start : children.keySet()) {
            walk(start, new LinkedHashMap<>(), done);
        }
    }

    private void walk(SystemName at, Map<SystemName, Boolean> path, Set<SystemName> done) {
        if (path.containsKey(at)) {
            var cycle = new ArrayList<>(path.keySet());
            cycle = new ArrayList<>(cycle.subList(cycle.indexOf(at), cycle.size()));
            cycle.add(at);
            throw Refusal.conflict(
                    "cycle",
                    "a system cannot be part of itself: "
                            + cycle.stream()
                                    .map(SystemName::value)
                                    .collect(Collectors.joining(" → ")));
        }
        if (done.contains(at)) {
            return;
        }
        path.put(at, true);
        for (var child : children(at)) {
            walk(child, path, done);
        }
        path.remove(at);
        done.add(at);
    }
}
