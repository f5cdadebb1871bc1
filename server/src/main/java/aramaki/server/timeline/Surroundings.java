package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.system.SystemName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What else happened around a moment: in the systems that lie near first, then anywhere.
public final class Surroundings {
    /// How far one looks to either side unless told otherwise.
    public static final Duration NEAR = Duration.ofMinutes(10);

    /// How far one can look.
    public static final Duration MOST = Duration.ofHours(12);

    private static final int EACH = 200;
    private static final Comparator<Near> ORDER =
            Comparator.comparing((Near n) -> n.relation() == Relation.ELSEWHERE)
                    .thenComparing(n -> n.offset().abs())
                    .thenComparing(n -> n.event().position());

    private final Timeline timeline;
    private final Landscape landscape;

    public Surroundings(Timeline timeline, Landscape landscape) {
        this.timeline = timeline;
        this.landscape = landscape;
    }

    /// How the system of an event lies to the one that is asked about.
    public enum Relation {
        SAME,
        ABOVE,
        BELOW,
        SHARES_AGENT,
        ELSEWHERE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// An event nearby.
    ///
    /// @param offset how much later it happened; negative for earlier
    public record Near(StoredEvent event, Relation relation, Duration offset) {}

    /// Those around an event, without itself.
    public List<Near> of(StoredEvent event, Duration within) {
        var system = landscape.nameOf(event.header().log().system());
        return of(event.header().at(), system, within).stream()
                .filter(near -> !near.event().hash().equals(event.hash()))
                .toList();
    }

    /// The near systems first, each group by nearness; at most 200 of each group and direction.
    public List<Near> of(Instant moment, Optional<SystemName> system, Duration within) {
        if (within.isNegative() || within.isZero() || within.compareTo(MOST) > 0) {
            throw Refusal.invalid("bad-within", "within must be more than 0 and at most 12h");
        }
        var relations = system.map(this::relations).orElse(Map.of());
        var near =
                relations.isEmpty()
                        ? Stream.<Near>empty()
                        : look(relations.keySet(), moment, within, relations);
        var elsewhere =
                look(Set.of(), moment, within, relations)
                        .filter(n -> n.relation() == Relation.ELSEWHERE);
        return Stream.concat(near, elsewhere).sorted(ORDER).toList();
    }

    private Stream<Near> look(
            Set<SystemName> systems,
            Instant moment,
            Duration within,
            Map<SystemName, Relation> relations) {
        var types = Set.<String>of();
        var before = new Timeline.Range(systems, types, "", moment.minus(within), moment);
        var after =
                new Timeline.Range(systems, types, "", moment, moment.plus(within).plusMillis(1));
        return Stream.concat(
                        timeline.happened(before, true, 0, EACH).stream(),
                        timeline.happened(after, false, 0, EACH).stream())
                .map(e -> near(e, moment, relations));
    }

    private Near near(StoredEvent event, Instant moment, Map<SystemName, Relation> relations) {
        var relation =
                landscape
                        .nameOf(event.header().log().system())
                        .map(name -> relations.getOrDefault(name, Relation.ELSEWHERE))
                        .orElse(Relation.ELSEWHERE);
        return new Near(event, relation, Duration.between(moment, event.header().at()));
    }

    private Map<SystemName, Relation> relations(SystemName system) {
        var relations = new HashMap<SystemName, Relation>();
        relations.put(system, Relation.SAME);
        var graph = landscape.graph();
        var above = new ArrayDeque<>(graph.parents(system));
        while (!above.isEmpty()) {
            var name = above.remove();
            if (relations.putIfAbsent(name, Relation.ABOVE) == null) {
                above.addAll(graph.parents(name));
            }
        }
        graph.below(system).forEach(name -> relations.putIfAbsent(name, Relation.BELOW));
        landscape
                .sharingAgents(system)
                .forEach(name -> relations.putIfAbsent(name, Relation.SHARES_AGENT));
        return relations;
    }
}
