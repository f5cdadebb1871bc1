package aramaki.server.sight;

import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.LogId;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody may see at one moment: everything, or some classes of events of some systems.
// While
/// a request is answered it is bound to it, and whatever reads for people sees no further; what the
/// server does by itself is bound to nothing and sees everything.
public final class Sight {
    public static final Sight EVERYTHING = new Sight(Optional.empty(), Set.of());

    private static final ScopedValue<Sight> CURRENT = ScopedValue.newInstance();

    private final Optional<Map<SystemId, Set<EventClass>>> readable;
    private final Set<SystemName> names;

    private Sight(Optional<Map<SystemId, Set<EventClass>>> readable, Set<SystemName> names) {
        this.readable = readable;
        this.names = names;
    }

    /// @param names of the systems that are there
    public static Sight of(Map<SystemId, Set<EventClass>> readable, Set<SystemName> names) {
        return new Sight(Optional.of(Map.copyOf(readable)), Set.copyOf(names));
    }

    /// That of the request which is answered here.
    public static Sight current() {
        return CURRENT.orElse(EVERYTHING);
    }

    /// Answers a request with this sight.
    public void during(Runnable answer) {
        ScopedValue.where(CURRENT, this).run(answer);
    }

    public boolean everything() {
        return readable.isEmpty();
    }

    public boolean sees(SystemId system) {
        return readable.map(r -> r.containsKey(system)).orElse(true);
    }

    public boolean sees(SystemName system) {
        return readable.isEmpty() || names.contains(system);
    }

    public boolean sees(LogId log) {
        return readable.map(r -> r.getOrDefault(log.system(), Set.of()).contains(log.eventClass()))
                .orElse(true);
    }

    /// The systems it is limited to.
    public Set<SystemId> systems() {
        return readable.map(Map::keySet).orElse(Set.of());
    }

    /// The types of events of at least one of the systems it is limited to.
    public Set<String> types() {
        return typesOf(
                readable.stream()
                        .flatMap(r -> r.values().stream())
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
    }

    /// The systems of which it sees the same classes, by the types of events in them.
    public Map<Set<String>, Set<SystemId>> alike() {
        return readable.orElse(Map.of()).entrySet().stream()
                .collect(
                        Collectors.groupingBy(
                                e -> typesOf(e.getValue()),
                                Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
    }

    private static Set<String> typesOf(Set<EventClass> classes) {
        return Arrays.stream(EventType.values())
                .filter(type -> classes.contains(type.eventClass()))
                .map(EventType::word)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sight sight
                && readable.equals(sight.readable)
                && names.equals(sight.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(readable, names);
    }
}
