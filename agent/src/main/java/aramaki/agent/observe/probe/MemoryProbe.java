package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.model.observation.Metric;
import java.io.IOException;
import java.util.ArrayList;

/// Measures memory. Used is what programs could not have, so the page cache does not count.
record MemoryProbe(Thresholds thresholds, HostFiles files) implements Probe {
    @Override
    public Finding find() throws IOException {
        var sizes = files.memory();
        double total = files.numberOf(sizes, "MemTotal");
        double available = files.numberOf(sizes, "MemAvailable");
        double percent = 100 * (total - available) / total;
        var metrics = new ArrayList<Metric>();
        metrics.add(thresholds.metric("used_percent", percent, "%"));
        metrics.add(Thresholds.of("used", total - available, "B", total));
        metrics.add(Thresholds.of("available", available, "B", total));
        double swap = files.numberOf(sizes, "SwapTotal");
        double swapUsed = swap - files.numberOf(sizes, "SwapFree");
        metrics.add(Thresholds.of("swap_used", swapUsed, "B", swap));
        return new Finding(
                thresholds.state(percent),
                Text.number(percent)
                        + " % of "
                        + Text.size(total)
                        + " used, "
                        + Text.size(available)
                        + " available"
                        + (swap > 0 ? ", swap " + Text.size(swapUsed) + " used" : ", no swap"),
                metrics);
    }
}
