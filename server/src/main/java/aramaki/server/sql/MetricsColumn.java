package aramaki.server.sql;

import aramaki.model.observation.Metric;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The metrics of a row, read when somebody first asks: a server that starts loads the latest of
/// every check, and most are never looked at before they change.
final class MetricsColumn extends AbstractList<Metric> {
    private final String json;
    private volatile @Nullable List<Metric> read; // read twice by two at once, it is the same

    MetricsColumn(String json) {
        this.json = json;
    }

    @Override
    public Metric get(int index) {
        return metrics().get(index);
    }

    @Override
    public int size() {
        return metrics().size();
    }

    private List<Metric> metrics() {
        var known = read;
        if (known == null) {
            known = Columns.metrics(json);
            read = known;
        }
        return known;
    }
}
