package aramaki.agent.observe.plugin;

import aramaki.agent.observe.finding.Text;
import aramaki.model.observation.Metric;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a plugin printed, parted into text for people and metrics.
///
/// @param text the first line and the long text, without performance data
public record PluginOutput(String text, List<Metric> metrics) {
    /// So that no plugin fills a frame of the agent's channel.
    static final int MAX_METRICS = 1000;

    public PluginOutput {
        metrics = List.copyOf(metrics);
    }

    /// Understands anything; what is not performance data where such is expected stays text.
    public static PluginOutput parse(byte[] printed) {
        return parse(new String(printed, StandardCharsets.UTF_8));
    }

    public static PluginOutput parse(String printed) {
        return new Parts().read(Text.of(printed));
    }

    private static final class Parts {
        private final List<String> text = new ArrayList<>();
        private final SequencedMap<String, Metric> metrics = new LinkedHashMap<>();
        private boolean inData;

        PluginOutput read(String printed) {
            boolean first = true;
            for (String line : printed.split("\n", -1)) {
                line(line);
                if (first) {
                    inData = false;
                    first = false;
                }
            }
            return new PluginOutput(String.join("\n", text).strip(), List.copyOf(metrics.values()));
        }

        /// Once the second `|` has been seen, every further line is performance data.
        private void line(String line) {
            int bar = inData ? -1 : line.indexOf('|');
            if (!inData && bar < 0) {
                text.add(line.stripTrailing());
                return;
            }
            String spoken = line.substring(0, Math.max(bar, 0)).stripTrailing();
            String data = line.substring(bar + 1);
            String unread = data(data);
            String whole = join(spoken, unread);
            if (!inData || !whole.isEmpty()) {
                text.add(whole);
            }
            inData = true;
        }

        /// Takes the metrics; returns the parts between bars that are plainly words, for a `|` may
        /// also stand in a sentence.
        private String data(String data) {
            String unread = "";
            for (String part : partsOf(data)) {
                List<Metric> found = PerfData.parse(part);
                if (found.isEmpty() && part.indexOf('=') < 0) {
                    unread = join(unread, part.strip());
                }
                for (Metric metric : found) {
                    if (metrics.size() < MAX_METRICS) {
                        metrics.putIfAbsent(metric.name(), metric);
                    }
                }
            }
            return unread;
        }

        private static String join(String left, String right) {
            if (left.isEmpty() || right.isEmpty()) {
                return left + right;
            }
            return left + " | " + right;
        }

        /// Parts at each `|` outside of a quoted label.
        private static List<String> partsOf(String data) {
            var parts = new ArrayList<String>();
            int begin = 0;
            boolean quoted = false;
            for (int i = 0; i < data.length(); i++) {
                char c = data.charAt(i);
                boolean opens = i == 0 || data.charAt(i - 1) == ' ' || data.charAt(i - 1) == '|';
                if (c == '\'' && (quoted || opens && data.indexOf('\'', i + 1) > 0)) {
                    quoted = !quoted;
                } else if (c == '|' && !quoted) {
                    parts.add(data.substring(begin, i));
                    begin = i + 1;
                }
            }
            parts.add(data.substring(begin));
            return parts;
        }
    }
}
