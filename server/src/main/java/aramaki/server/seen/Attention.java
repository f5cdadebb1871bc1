package aramaki.server.seen;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemName;
import java.util.HashMap;
import java.util.Map;

/// How one person sees the alerts at one moment: which of them are new to this person.
public final class Attention {
    private final Marks marks;
    private final News.Edition news;
    private final Map<SystemName, Mark> systems;

    /// The latest that was told of each alert.
    private final Map<AlertKey, NewsItem> told = new HashMap<>();

    Attention(Marks marks, News.Edition news, SystemGraph graph) {
        this.marks = marks;
        this.news = news;
        this.systems = marks.systems(graph);
        for (var item : news.items()) {
            item.alert().ifPresent(key -> told.put(key, item));
        }
    }

    public Marks marks() {
        return marks;
    }

    public News.Edition news() {
        return news;
    }

    /// Up to where a system has been seen.
    public Mark system(SystemName system) {
        return Mark.later(marks.home(), systems.getOrDefault(system, marks.home()));
    }

    /// Whether it fired, became better or worse, or ended since this person looked.
    public boolean isNew(Alert alert) {
        var mark = marks.of(alert.key(), systems);
        var latest = told.get(alert.key());
        return latest == null
                ? alert.since().isAfter(mark.at()) && !news.reaches(mark)
                : mark.before(latest.position(), latest.at());
    }
}
