package aramaki.model.system;

import aramaki.model.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which systems aggregate which: many to many, top down, without cycles. Immutable.
public final class SystemGraph {
    private final Map<SystemName, List<SystemName>> children;
    private final Set<SystemName> anchored;

    private final Map<SystemName, Selected> selected;

    private SystemGraph(
            Map<SystemName, List<SystemName>> children,
            Set<SystemName> anchored,
            Map<SystemName, Selected> selected) {
        this.children = children;
        this.anchored = anchored;
        this.selected = selected;
    }

    /// Builds the graph of these systems: named subsystems that exist here, and what selections
    /// match. A selection holds neither the system that selects nor what aggregates that by name,
    /// so that it cannot make a cycle by itself; a cycle that is left is refused with its path.
    public static SystemGraph of(Collection<ManagedSystem> systems) {
        var byName = new TreeMap<SystemName, ManagedSystem>();
        systems.forEach(s -> byName.put(s.name(), s));
        var children = new TreeMap<SystemName, List<SystemName>>();
        byName.forEach((name, system) -> children.put(name, named(system, byName.keySet())));
        var selecting = new Selecting(byName, Map.copyOf(children));
        for (var system : byName.values()) {
            var below = new LinkedHashSet<>(children(children, system.name()));
            selecting.of(system).forEach(s -> below.add(s.name()));
            children.put(system.name(), List.copyOf(below));
        }
        selecting.made().forEach((name, made) -> children.put(name, made.members()));
        var graph =
                new SystemGraph(
                        children,
                        byName.values().stream()
                                .filter(ManagedSystem::anchored)
                                .map(ManagedSystem::name)
                                .collect(Collectors.toCollection(TreeSet::new)),
                        selecting.made());
        graph.refuseCycle();
        return graph;
    }

    /// The part of it that these names span. A selection shows those of its members.
    public SystemGraph only(Predicate<SystemName> seen) {
        var some = new TreeMap<SystemName, Selected>();
        selected.forEach(
                (name, made) -> {
                    var members = made.members().stream().filter(seen).toList();
                    if (!members.isEmpty()) {
                        some.put(
                                name,
                                new Selected(
                                        name, made.title(), made.labels(), made.by(), members));
                    }
                });
        Predicate<SystemName> there = name -> seen.test(name) || some.containsKey(name);
        var below = new TreeMap<SystemName, List<SystemName>>();
        children.forEach(
                (name, all) -> {
                    if (there.test(name)) {
                        below.put(name, all.stream().filter(there).toList());
                    }
                });
        return new SystemGraph(
                below,
                anchored.stream().filter(there).collect(Collectors.toCollection(TreeSet::new)),
                some);
    }

    private static List<SystemName> named(ManagedSystem system, Set<SystemName> known) {
        return system.definition().subsystems().stream()
                .filter(ref -> ref.peer().isEmpty() && known.contains(ref.name()))
                .map(SystemRef::name)
                .distinct()
                .toList();
    }

    /// The aggregate of this name that a selection made, when one did.
    public Optional<Selected> selected(SystemName name) {
        return Optional.ofNullable(selected.get(name));
    }

    /// Every aggregate that a selection made, by name.
    public Collection<Selected> selected() {
        return selected.values();
    }

    /// Whether it is in here, as a system or a selection.
    public boolean contains(SystemName name) {
        return children.containsKey(name);
    }

    /// The systems directly below, in the order the document names them.
    public List<SystemName> children(SystemName name) {
        return children(children, name);
    }

    private static List<SystemName> children(
            Map<SystemName, List<SystemName>> children, SystemName name) {
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
