package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import java.io.IOException;
import java.util.List;

/// Measures swap space; a host without any uses none of it.
record SwapProbe(Thresholds thresholds, HostFiles files) implements Probe {
    @Override
    public Finding find() throws IOException {
        var sizes = files.memory();
        double total = files.numberOf(sizes, "SwapTotal");
        double used = total - files.numberOf(sizes, "SwapFree");
        double percent = total > 0 ? 100 * used / total : 0;
        return new Finding(
                thresholds.state(percent),
                total > 0
                        ? Text.number(percent) + " % of " + Text.size(total) + " swap used"
                        : "no swap",
                List.of(
                        thresholds.metric("used_percent", percent, "%"),
                        Thresholds.of("used", used, "B", total)));
    }
}
