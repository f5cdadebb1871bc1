package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.plugin.PluginRunner;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Measures how full a file system is. `stat` does the looking: it knows inodes, which Java does
/// not, and when the file system hangs, a process hangs and no thread of ours.
record DiskProbe(String path, Thresholds thresholds, PluginRunner programs, Duration timeout)
        implements Probe {
    private static final String FORMAT = "%S %b %f %a %c %d";

    static DiskProbe of(Parameters parameters, PluginRunner programs, Duration timeout) {
        String path = parameters.text("path");
        if (!path.startsWith("/")) {
            throw parameters.wrong("path", "an absolute path, such as /var");
        }
        return new DiskProbe(path, parameters.thresholds(), programs, timeout);
    }

    @Override
    public Finding find() throws InterruptedException {
        Finding told = programs.run(List.of("stat", "-f", "-c", FORMAT, path), timeout);
        if (told.state() != State.OK || !told.output().matches("[0-9]+( [0-9]+){5}")) {
            return Finding.unknown(path + ": " + Text.line(told.output(), 500));
        }
        String[] words = told.output().split(" ");
        var numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Double.parseDouble(words[i]);
        }
        return judge(numbers);
    }

    private Finding judge(double[] told) {
        double total = told[0] * told[1];
        double used = total - told[0] * told[2];
        // What is kept back for root counts neither as used nor as free, as in df.
        double usedPercent = percent(used, used + told[0] * told[3]);
        double inodesPercent = percent(told[4] - told[5], told[4]);
        boolean inodes = told[4] > 0;
        State state =
                State.worst(
                        List.of(
                                thresholds.state(usedPercent),
                                inodes ? thresholds.state(inodesPercent) : State.OK));
        var metrics = new ArrayList<Metric>();
        metrics.add(thresholds.metric("used_percent", usedPercent, "%"));
        metrics.add(Thresholds.of("used", used, "B", total));
        String output =
                path
                        + " "
                        + Text.number(usedPercent)
                        + " % used, "
                        + Text.size(told[0] * told[3])
                        + " free";
        if (inodes) {
            metrics.add(thresholds.metric("inodes_used_percent", inodesPercent, "%"));
            output += ", inodes " + Text.number(inodesPercent) + " % used";
        }
        return new Finding(state, output, metrics);
    }

    private static double percent(double part, double whole) {
        return whole <= 0 ? 0 : 100 * part / whole;
    }
}
