package aramaki.server.home;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Folds firing alerts, so that one cause is one line, worst and latest first.
///
/// First, what hangs on a silent agent goes under that agent's alert. Of the rest the largest group
/// that shares a system and an entity, or a system and a check, becomes a line, then the next
/// largest, until only single alerts are left.
public final class Needs {
    /// So many checks of one entity stand together.
    static final int SAME_ENTITY = 2;

    /// So many entities of one check stand together; two of them still say more as two lines.
    static final int SAME_CHECK = 3;

    private static final Comparator<Alert> WORST_FIRST =
            Comparator.comparing(Alert::severity)
                    .thenComparing(Alert::since)
                    .reversed()
                    .thenComparing(Alert::key);
    private static final Comparator<Need> ORDER =
            Comparator.comparing(Need::severity)
                    .thenComparing(Need::latest)
                    .reversed()
                    .thenComparing(need -> need.lead().key());

    private Needs() {}

    /// Folds.
    ///
    /// @param cause the alert about the silent agent that an alert hangs on
    public static List<Need> fold(
            Collection<Alert> firing, Function<Alert, Optional<AlertKey>> cause) {
        var byKey = firing.stream().collect(Collectors.toMap(Alert::key, Function.identity()));
        var underAgents = new LinkedHashMap<AlertKey, List<Alert>>();
        var rest = new HashMap<SystemName, List<Alert>>();
        for (var alert : firing) {
            cause.apply(alert)
                    .map(byKey::get)
                    .filter(above -> cause.apply(above).isEmpty()) // or both would be gone
                    .ifPresent(
                            above ->
                                    underAgents
                                            .computeIfAbsent(above.key(), _ -> new ArrayList<>())
                                            .add(alert));
        }
        var folded =
                underAgents.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        var needs = new ArrayList<Need>();
        for (var alert : firing) {
            var below = underAgents.get(alert.key());
            if (below != null && !folded.contains(alert)) {
                needs.add(
                        new Need(
                                Need.Fold.AGENT,
                                Stream.concat(Stream.of(alert), below.stream().sorted(WORST_FIRST))
                                        .toList()));
            } else if (!folded.contains(alert)) {
                rest.computeIfAbsent(alert.key().about().system(), _ -> new ArrayList<>())
                        .add(alert);
            }
        }
        rest.values().forEach(ofSystem -> needs.addAll(largestFirst(ofSystem)));
        return needs.stream().sorted(ORDER).toList();
    }

    /// A group that alerts of one system share.
    private sealed interface Shared {
        record Entity(EntityName name) implements Shared {}

        record Check(CheckName name) implements Shared {}

        default int least() {
            return this instanceof Entity ? SAME_ENTITY : SAME_CHECK;
        }

        default Need.Fold fold() {
            return this instanceof Entity ? Need.Fold.ENTITY : Need.Fold.CHECK;
        }

        default String order() {
            return switch (this) {
                case Entity(var name) -> "entity " + name;
                case Check(var name) -> "check " + name; // before entity: one fault everywhere
            };
        }
    }

    private record Sized(int size, Shared shared) {
        private static final Comparator<Sized> LARGEST_FIRST =
                Comparator.comparing(Sized::size)
                        .reversed()
                        .thenComparing(sized -> sized.shared().order());
    }

    private static List<Need> largestFirst(List<Alert> ofSystem) {
        var groups = new HashMap<Shared, Set<Alert>>();
        for (var alert : ofSystem) {
            shared(alert)
                    .forEach(s -> groups.computeIfAbsent(s, _ -> new LinkedHashSet<>()).add(alert));
        }
        var queue = new PriorityQueue<>(Sized.LARGEST_FIRST);
        groups.forEach((shared, alerts) -> queue.add(new Sized(alerts.size(), shared)));
        var needs = new ArrayList<Need>();
        var left = new LinkedHashSet<>(ofSystem);
        while (!queue.isEmpty()) {
            var next = queue.remove();
            var alerts = groups.getOrDefault(next.shared(), Set.of());
            if (alerts.size() < next.shared().least()) {
                continue;
            }
            if (alerts.size() < next.size()) { // others took some of it meanwhile
                queue.add(new Sized(alerts.size(), next.shared()));
                continue;
            }
            var taken = List.copyOf(alerts);
            needs.add(new Need(next.shared().fold(), taken.stream().sorted(WORST_FIRST).toList()));
            taken.forEach(
                    alert -> {
                        left.remove(alert);
                        shared(alert)
                                .forEach(
                                        s ->
                                                groups.computeIfPresent(
                                                        s,
                                                        (_, of) -> {
                                                            of.remove(alert);
                                                            return of;
                                                        }));
                    });
        }
        left.forEach(alert -> needs.add(new Need(Need.Fold.NONE, List.of(alert))));
        return needs;
    }

    private static Stream<Shared> shared(Alert alert) {
        var about = alert.key().about();
        return Stream.of(new Shared.Entity(about.entity()), new Shared.Check(about.check()));
    }
}
