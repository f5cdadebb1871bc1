package aramaki.server.home;

import aramaki.model.alert.AlertKey;
import aramaki.model.observation.State;
import aramaki.server.seen.Mark;
import aramaki.server.seen.News;
import aramaki.server.seen.NewsItem;
import aramaki.server.seen.NewsItem.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What happened since a person last looked: how much of each sort, and the most important of it.
/// What fires still is counted only, since it stands above as what needs somebody.
///
/// @param mark the last look
/// @param complete whether everything since the mark is known; otherwise the numbers are at least
/// @param position up to where this tells
/// @param fired alerts that fired, each once however often it did
/// @param ended alerts that ended and do not fire now
/// @param others how many there are of the other sorts
/// @param lines the most important first
/// @param more lines that are not shown
/// @param chronic alerts that came and went again and again, told by number only
public record Lately(
        Mark mark,
        boolean complete,
        long position,
        int fired,
        int firing,
        int ended,
        Map<Kind, Integer> others,
        List<Line> lines,
        int more,
        Chronic chronic) {
    /// So many lines are shown.
    public static final int SHOWN = 15;

    /// Alerts may take so many of them while there is anything else to tell.
    static final int SHOWN_ALERTS = 10;

    /// An alert that fired so often since the last look came and went again and again.
    public static final int CHRONIC = 3;

    private static final int NAMED = 3;

    /// One topic.
    ///
    /// @param latest what was told of it last
    /// @param times how often
    /// @param severity the worst it was, of an alert; ok otherwise
    /// @param began when the first of it happened
    public record Line(NewsItem latest, int times, State severity, Instant began) {
        boolean alert() {
            return latest.alert().isPresent();
        }
    }

    /// Chronic noise, folded.
    ///
    /// @param alerts how many alerts
    /// @param firings how often they fired together
    /// @param loudest the noisiest of them, by key, with how often each fired
    public record Chronic(int alerts, int firings, Map<AlertKey, Integer> loudest) {
        static final Chronic NONE = new Chronic(0, 0, Map.of());
    }

    public Lately {
        others = Map.copyOf(others);
        lines = List.copyOf(lines);
    }

    public boolean nothing() {
        return fired == 0 && ended == 0 && others.isEmpty();
    }

    /// Tells what is new since a mark. What this person did is no news to this person.
    ///
    /// @param firing whether an alert fires now
    public static Lately since(
            Mark mark, News.Edition news, String person, Predicate<AlertKey> firing) {
        var topics = new LinkedHashMap<String, List<NewsItem>>();
        for (var item : news.since(mark)) {
            if (!item.actor().equals(person)) {
                String topic =
                        item.alert().isPresent() ? item.topic() : item.kind() + " " + item.topic();
                topics.computeIfAbsent(topic, _ -> new ArrayList<>()).add(item);
            }
        }
        var tally = new Tally(firing);
        topics.values().forEach(tally::add);
        return tally.told(mark, news);
    }

    /// Counts topics as they come.
    private static final class Tally {
        private static final Comparator<Line> ALERTS =
                Comparator.comparing(Line::severity)
                        .thenComparing(line -> line.latest().position())
                        .reversed();
        private static final Comparator<Line> OTHERS =
                Comparator.comparing((Line line) -> line.latest().kind())
                        .thenComparing(line -> -line.latest().position());

        private final Predicate<AlertKey> firing;
        private final Map<Kind, Integer> others = new EnumMap<>(Kind.class);
        private final List<Line> alerts = new ArrayList<>();
        private final List<Line> rest = new ArrayList<>();
        private final Map<AlertKey, Integer> chronic = new LinkedHashMap<>();
        private int fired;
        private int stillFiring;
        private int ended;

        Tally(Predicate<AlertKey> firing) {
            this.firing = firing;
        }

        void add(List<NewsItem> topic) {
            var latest = topic.getLast();
            if (latest.alert().isPresent()) {
                addAlert(latest.alert().get(), topic);
            } else {
                int times = (int) topic.stream().map(NewsItem::at).distinct().count();
                others.merge(latest.kind(), times, Integer::sum);
                rest.add(new Line(latest, times, State.OK, topic.getFirst().at()));
            }
        }

        private void addAlert(AlertKey key, List<NewsItem> topic) {
            int times = (int) topic.stream().filter(i -> i.kind() == Kind.FIRED).count();
            boolean now = firing.test(key);
            fired += times > 0 ? 1 : 0;
            stillFiring += times > 0 && now ? 1 : 0;
            ended += now ? 0 : 1;
            if (times >= CHRONIC) {
                chronic.put(key, times);
            } else if (!now) {
                alerts.add(new Line(topic.getLast(), times, worst(topic), topic.getFirst().at()));
            }
        }

        /// Of one that only ended since, nothing here tells how bad it was.
        private static State worst(List<NewsItem> topic) {
            return State.worst(topic.stream().flatMap(i -> i.severity().stream()).toList());
        }

        Lately told(Mark mark, News.Edition news) {
            alerts.sort(ALERTS);
            rest.sort(OTHERS);
            int ofAlerts = Math.min(alerts.size(), Math.max(SHOWN_ALERTS, SHOWN - rest.size()));
            ofAlerts = Math.min(ofAlerts, SHOWN);
            int ofRest = Math.min(rest.size(), SHOWN - ofAlerts);
            var lines = new ArrayList<>(alerts.subList(0, ofAlerts));
            lines.addAll(rest.subList(0, ofRest));
            return new Lately(
                    mark,
                    news.reaches(mark),
                    news.position(),
                    fired,
                    stillFiring,
                    ended,
                    others,
                    lines,
                    alerts.size() + rest.size() - lines.size(),
                    folded());
        }

        private Chronic folded() {
            if (chronic.isEmpty()) {
                return Chronic.NONE;
            }
            var loudest = new LinkedHashMap<AlertKey, Integer>();
            chronic.entrySet().stream()
                    .sorted(
                            Map.Entry.<AlertKey, Integer>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                    .limit(NAMED)
                    .forEach(e -> loudest.put(e.getKey(), e.getValue()));
            return new Chronic(
                    chronic.size(),
                    chronic.values().stream().mapToInt(Integer::intValue).sum(),
                    loudest);
        }
    }
}
