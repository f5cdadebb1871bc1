package aramaki.agent.ledger;

import aramaki.agent.ledger.Disagreement.Kind;
import aramaki.model.observation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whether what lasted led to its alert, and whether each alert had a cause. A result that came
/// when it was older than the ttl never counts, so that it neither demands an alert nor excuses
/// one.
final class AlertJudgement {
    /// The check that alerts about silent agents name, and who vanished when it was many.
    private static final String AGENT_CHECK = "agent";

    private static final String ALL_AGENTS = "agents";

    /// So many results are looked at to see whether a check flaps.
    private static final int FLAPPING = 20;

    /// An agent counts as silent after 15 s; it says something every 5 s.
    private static final Duration SILENT = Duration.ofSeconds(10);

    private record Key(String system, String entity, String check) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return system + "/" + entity + "/" + check;
        }
    }

    private record Point(State state, long finished, long committed) {
        boolean bad() {
            return state.bad();
        }

        boolean inTime(long ttl) {
            return committed != 0 && finished >= committed - ttl;
        }
    }

    private static final class Episode {
        final Seen.Fired fired;
        long resolved = Long.MAX_VALUE;

        Episode(Seen.Fired fired) {
            this.fired = fired;
        }

        long since() {
            return fired.at().toEpochMilli();
        }
    }

    private final Book book;
    private final Map<Key, List<Episode>> episodes = new TreeMap<>();
    private final Map<Key, Set<Long>> flapped = new HashMap<>();
    private final Map<Key, Map<String, Long>> resolved = new HashMap<>();
    private final Set<Key> firing = new HashSet<>();
    private final Set<String> agents;
    private final Set<String> systems;

    AlertJudgement(Book book) {
        this.book = book;
        this.agents = new HashSet<>(book.agents());
        this.systems = new HashSet<>(book.systems());
    }

    private boolean ours(String system, String entity) {
        return systems.contains(system) && (agents.contains(entity) || entity.equals(ALL_AGENTS));
    }

    void fired(Seen.Fired one) {
        if (ours(one.system(), one.entity())) {
            episodes.computeIfAbsent(
                            new Key(one.system(), one.entity(), one.check()),
                            _ -> new ArrayList<>())
                    .add(new Episode(one));
        }
    }

    void resolved(Seen.Resolved one) {
        if (ours(one.system(), one.entity())) {
            resolved.computeIfAbsent(
                            new Key(one.system(), one.entity(), one.check()), _ -> new HashMap<>())
                    .put(one.episode(), one.at().toEpochMilli());
        }
    }

    void flapped(Seen.Flapped one) {
        flapped.computeIfAbsent(
                        new Key(one.system(), one.entity(), one.check()), _ -> new HashSet<>())
                .add(one.at().toEpochMilli());
    }

    void firing(Seen.Firing one) {
        firing.add(new Key(one.system(), one.entity(), one.check()));
    }

    long count() {
        return episodes.values().stream().mapToLong(List::size).sum();
    }

    List<Disagreement> disagreements() {
        var all = new ArrayList<Disagreement>();
        episodes.forEach((key, list) -> inOrder(key, list, all));
        var points = points();
        points.forEach((key, list) -> demanded(key, list, all));
        episodes.forEach((key, list) -> caused(key, list, points, all));
        return all;
    }

    private void inOrder(Key key, List<Episode> list, List<Disagreement> all) {
        var ends = resolved.getOrDefault(key, Map.of());
        list.sort(Comparator.comparing(e -> e.fired.recordedAt()));
        @Nullable Episode before = null;
        for (var episode : list) {
            episode.resolved = ends.getOrDefault(episode.fired.episode(), Long.MAX_VALUE);
            if (before != null && before.resolved == Long.MAX_VALUE) {
                all.add(
                        disagreement(
                                key,
                                "fired as "
                                        + episode.fired.episode()
                                        + " while "
                                        + before.fired.episode()
                                        + " was firing"));
            }
            before = episode;
        }
        boolean open = before != null && before.resolved == Long.MAX_VALUE;
        if (open != firing.contains(key)) {
            all.add(
                    disagreement(
                            key,
                            open
                                    ? "fires by its log, and not in the list of alerts"
                                    : "is in the list of alerts, and resolved by its log"));
        }
    }

    /// Every check's results in the order they were made.
    private Map<Key, List<Point>> points() {
        var points = new TreeMap<Key, List<Point>>();
        for (String agent : book.agents()) {
            for (var pages : book.spoolsOf(agent)) {
                for (long seq = pages.first(); seq <= pages.last(); seq++) {
                    if (pages.last() > 0 && pages.made(seq)) {
                        var check = book.check(pages.check(seq));
                        points.computeIfAbsent(
                                        new Key(check.system(), agent, check.name()),
                                        _ -> new ArrayList<>())
                                .add(
                                        new Point(
                                                pages.state(seq),
                                                pages.finished(seq),
                                                pages.committed(seq)));
                    }
                }
            }
        }
        return points;
    }

    /// Every stretch of bad results that counted for at least a ttl has an alert over its end.
    private void demanded(Key key, List<Point> points, List<Disagreement> all) {
        @Nullable Point first = null;
        @Nullable Point last = null;
        for (var point : points) {
            if (!point.bad()) {
                demanded(key, first, last, all);
                first = null;
                last = null;
            } else if (point.inTime(ttl())) {
                first = first == null ? point : first;
                last = point;
            }
        }
        demanded(key, first, last, all);
    }

    private void demanded(
            Key key, @Nullable Point first, @Nullable Point last, List<Disagreement> all) {
        if (first == null || last == null || last.finished() - first.finished() < ttl()) {
            return;
        }
        boolean covered =
                episodes.getOrDefault(key, List.of()).stream()
                        .anyMatch(
                                e -> e.since() <= last.finished() && e.resolved > last.finished());
        if (!covered) {
            all.add(
                    disagreement(
                            key,
                            "bad from "
                                    + Instant.ofEpochMilli(first.finished())
                                    + " to "
                                    + Instant.ofEpochMilli(last.finished())
                                    + ", and no alert covers it"));
        }
    }

    private void caused(
            Key key, List<Episode> list, Map<Key, List<Point>> points, List<Disagreement> all) {
        for (var episode : list) {
            boolean caused =
                    key.check().equals(AGENT_CHECK)
                            ? silent(key, episode)
                            : caused(key, episode, points.getOrDefault(key, List.of()));
            if (!caused) {
                all.add(
                        disagreement(
                                key,
                                "alert "
                                        + episode.fired.episode()
                                        + " ("
                                        + episode.fired.severity()
                                        + ") fired at "
                                        + episode.fired.at()
                                        + " without a cause"));
            }
        }
    }

    private boolean caused(Key key, Episode episode, List<Point> points) {
        long at = episode.since();
        if (episode.fired.severity().equals(State.STALE.word())) {
            return points.stream()
                    .noneMatch(
                            p ->
                                    p.committed() != 0
                                            && p.committed() <= at
                                            && p.inTime(ttl())
                                            && p.finished() > at - ttl());
        }
        boolean flaps = flapped.getOrDefault(key, Set.of()).contains(at);
        int index = -1;
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).finished() == at) {
                index = i;
            }
        }
        if (index < 0) {
            return false;
        }
        int from = flaps ? Math.max(0, index - FLAPPING) : index;
        return points.subList(from, index + 1).stream().anyMatch(Point::bad);
    }

    /// Nothing of that agent, or of one of them, was committed shortly before.
    private boolean silent(Key key, Episode episode) {
        var suspects = key.entity().equals(ALL_AGENTS) ? agents : Set.of(key.entity());
        long at = episode.fired.recordedAt().toEpochMilli();
        for (String agent : suspects) {
            boolean quiet = true;
            for (var pages : book.spoolsOf(agent)) {
                for (long seq = pages.first(); pages.last() > 0 && seq <= pages.last(); seq++) {
                    long committed = pages.made(seq) ? pages.committed(seq) : 0;
                    quiet &= committed <= at - SILENT.toMillis() || committed > at;
                }
            }
            if (quiet) {
                return true;
            }
        }
        return false;
    }

    private long ttl() {
        return book.ttl().toMillis();
    }

    private static Disagreement disagreement(Key key, String what) {
        return new Disagreement(Kind.ALERT, key.toString(), what);
    }
}
