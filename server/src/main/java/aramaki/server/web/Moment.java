package aramaki.server.web;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.alert.Hidden;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Rollup;
import aramaki.server.presence.Picture;
import aramaki.server.presence.Viewer;
import aramaki.server.seen.Attention;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// One request's picture of everything: taken once, so that all of a page is of one moment, and so
/// that its price does not grow with its rows.
final class Moment {
    private final Instant now;
    private final Caller person;
    private final int firing;
    private final SystemGraph graph;
    private final Map<SystemName, List<CheckStatus>> statuses;
    private final Map<CheckKey, CheckStatus> byKey = new HashMap<>();
    private final Map<SystemName, Rollup> rollups = new HashMap<>();
    private final Attention attention;
    private final Picture present;
    private final Hidden hidden;

    Moment(
            Instant now,
            Caller person,
            int firing,
            SystemGraph graph,
            Map<SystemName, List<CheckStatus>> statuses,
            Attention attention,
            Picture present,
            Hidden hidden) {
        this.now = now;
        this.person = person;
        this.firing = firing;
        this.graph = graph;
        this.statuses = statuses;
        this.attention = attention;
        this.present = present;
        this.hidden = hidden;
    }

    Instant now() {
        return now;
    }

    Caller person() {
        return person;
    }

    /// What is silenced.
    Hidden hidden() {
        return hidden;
    }

    /// What is new to this person.
    Attention attention() {
        return attention;
    }

    /// Who else has these open; the person who asks knows that much.
    List<Viewer> others(Function<Picture, List<Viewer>> where) {
        return where.apply(present).stream()
                .filter(viewer -> !viewer.person().equals(person.person()))
                .toList();
    }

    /// Every check of every system.
    Stream<CheckStatus> statuses() {
        return statuses.values().stream().flatMap(List::stream);
    }

    /// How many alerts need somebody: nobody has them, and nothing hides them.
    int firing() {
        return firing;
    }

    SystemGraph graph() {
        return graph;
    }

    /// A system's own checks, worst first.
    List<CheckStatus> own(SystemName system) {
        return statuses.getOrDefault(system, List.of());
    }

    Optional<CheckStatus> status(CheckKey key) {
        if (byKey.isEmpty()) {
            statuses.values().forEach(list -> list.forEach(s -> byKey.put(s.key(), s)));
        }
        return Optional.ofNullable(byKey.get(key));
    }

    Rollup rollup(SystemName system) {
        return rollups.computeIfAbsent(system, s -> Rollup.of(s, graph, statuses));
    }

    /// When the newest result of a system or of anything below it was made.
    Optional<Instant> newest(SystemName system) {
        return Stream.concat(Stream.of(system), graph.below(system).stream())
                .flatMap(s -> own(s).stream())
                .flatMap(s -> s.seenAt().stream())
                .max(Instant::compareTo);
    }

    /// The worst state of some; of none, pending.
    static State worst(Collection<CheckStatus> statuses) {
        return State.worst(statuses.stream().map(CheckStatus::state).toList());
    }

    /// The shortest way down to each system that can be reached from some, both ends included.
    Map<SystemName, List<SystemName>> ways(Collection<SystemName> from) {
        var ways = new LinkedHashMap<SystemName, List<SystemName>>();
        var queue = new ArrayDeque<List<SystemName>>();
        from.forEach(start -> queue.add(List.of(start)));
        while (!queue.isEmpty()) {
            var way = queue.remove();
            if (ways.putIfAbsent(way.getLast(), way) == null) {
                graph.children(way.getLast())
                        .forEach(
                                child ->
                                        queue.add(
                                                Stream.concat(way.stream(), Stream.of(child))
                                                        .toList()));
            }
        }
        return ways;
    }
}
