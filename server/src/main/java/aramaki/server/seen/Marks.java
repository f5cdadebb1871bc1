package aramaki.server.seen;

import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All marks of one person. What is marked covers what is below: home everything, a system its own
/// alerts and those of every layer under it; the latest mark counts.
public final class Marks {
    private final Map<Subject, Mark> marks = new HashMap<>();
    private final Mark atFirst;

    public Marks(Collection<Mark> marks, Instant now) {
        marks.forEach(mark -> this.marks.put(mark.subject(), mark));
        this.atFirst = Mark.atFirst(now);
    }

    public List<Mark> all() {
        return List.copyOf(marks.values());
    }

    public Optional<Mark> find(Subject subject) {
        return Optional.ofNullable(marks.get(subject));
    }

    /// Up to where everything has been seen.
    public Mark home() {
        return marks.getOrDefault(new Subject.Home(), atFirst);
    }

    /// Up to where each of these systems has been seen, by marks on itself or on anything above.
    Map<SystemName, Mark> systems(SystemGraph graph) {
        var effective = new HashMap<SystemName, Mark>();
        for (var mark : marks.values()) {
            if (mark.subject() instanceof Subject.OfSystem(var system)) {
                effective.merge(system, mark, Mark::later);
                graph.below(system).forEach(s -> effective.merge(s, mark, Mark::later));
            }
        }
        return effective;
    }

    /// The same for one alert, given what holds for systems.
    Mark of(AlertKey key, Map<SystemName, Mark> systems) {
        var system = systems.getOrDefault(key.about().system(), home());
        var own = marks.getOrDefault(new Subject.OfAlert(key), system);
        return Mark.later(Mark.later(home(), system), own);
    }
}
