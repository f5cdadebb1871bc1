package aramaki.model.system;

import aramaki.model.Labels;
import aramaki.model.Names;
import aramaki.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Works out which aggregates the selections of all systems make. A real system comes before a
/// selection of the same name.
final class Selecting {
    private final SortedMap<SystemName, ManagedSystem> systems;
    private final Map<SystemName, List<SystemName>> named;
    private final SortedMap<SystemName, Selected> made = new TreeMap<>();

    /// @param named which systems each names as its subsystems
    Selecting(
            SortedMap<SystemName, ManagedSystem> systems, Map<SystemName, List<SystemName>> named) {
        this.systems = systems;
        this.named = named;
    }

    /// The aggregates that the selections of this system make, in the order of its document, then
    /// of values.
    List<Selected> of(ManagedSystem system) {
        var found = new ArrayList<Selected>();
        for (var selection : system.definition().selections()) {
            switch (selection) {
                case Selection.Named one ->
                        make(system, one.name(), one.name().value(), one.labels())
                                .ifPresent(found::add);
                case Selection.Each each -> found.addAll(each(system, each));
            }
        }
        return found;
    }

    /// Everything made so far, by name.
    SortedMap<SystemName, Selected> made() {
        return made;
    }

    private List<Selected> each(ManagedSystem system, Selection.Each each) {
        var values = new TreeSet<String>();
        for (var other : systems.values()) {
            other.definition().labels().get(each.label()).ifPresent(values::add);
        }
        var found = new ArrayList<Selected>();
        for (String value : values) {
            String name = name(each.label(), value);
            if (Names.isShortName(name)) { // labels may be longer than a name can be
                var labels = Labels.of(Map.of(each.label(), value));
                String title = each.title().replace("{{" + each.label() + "}}", value);
                make(system, new SystemName(name), title, labels).ifPresent(found::add);
            }
        }
        return found;
    }

    /// `dc` and `FRA 1` make `dc-fra-1`; a tag, which has no value, stands alone.
    private static String name(String label, String value) {
        String both = value.isEmpty() ? label : label + "-" + value;
        return both.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
    }

    private Optional<Selected> make(
            ManagedSystem by, SystemName name, String title, Labels labels) {
        if (systems.containsKey(name)) {
            return Optional.empty();
        }
        var other = made.get(name);
        if (other != null && !other.labels().equals(labels)) {
            throw Refusal.conflict(
                    "selection-name",
                    "two selections are named "
                            + name
                            + ": "
                            + other.by()
                            + " selects "
                            + other.labels()
                            + ", "
                            + by.name()
                            + " selects "
                            + labels
                            + "; give one of them another name");
        }
        var members = new TreeSet<>(other == null ? matching(labels) : other.members());
        members.removeAll(above(by.name()));
        var selected =
                new Selected(
                        name,
                        other == null ? title : other.title(),
                        labels,
                        other == null ? by.name() : other.by(),
                        List.copyOf(members));
        made.put(name, selected);
        return Optional.of(selected);
    }

    private List<SystemName> matching(Labels labels) {
        return systems.values().stream()
                .filter(s -> s.definition().labels().containsAll(labels))
                .map(ManagedSystem::name)
                .toList();
    }

    /// The system itself and what aggregates it by name, which a selection inside it cannot hold.
    private Set<SystemName> above(SystemName name) {
        var above = new TreeSet<SystemName>();
        var next = new ArrayList<>(List.of(name));
        while (!next.isEmpty()) {
            var at = next.removeLast();
            if (above.add(at)) {
                named.forEach(
                        (parent, below) -> {
                            if (below.contains(at)) {
                                next.add(parent);
                            }
                        });
            }
        }
        return above;
    }
}
