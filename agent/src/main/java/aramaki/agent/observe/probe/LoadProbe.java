package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Measures the load averages. Thresholds are per core, metrics are for the whole host.
record LoadProbe(List<Thresholds> thresholds, HostFiles files) implements Probe {
    private static final List<String> NAMES = List.of("load1", "load5", "load15");

    static LoadProbe of(Parameters parameters, HostFiles files) {
        List<Optional<Range>> warn = three(parameters, "warn");
        List<Optional<Range>> crit = three(parameters, "crit");
        var thresholds = new ArrayList<Thresholds>();
        for (int i = 0; i < NAMES.size(); i++) {
            thresholds.add(new Thresholds(warn.get(i), crit.get(i)));
        }
        return new LoadProbe(List.copyOf(thresholds), files);
    }

    @Override
    public Finding find() throws IOException {
        String[] words = files.read("loadavg").split(" ");
        int cores = files.cores();
        State state = State.OK;
        var metrics = new ArrayList<Metric>();
        for (int i = 0; i < NAMES.size(); i++) {
            double load = Double.parseDouble(words[i]);
            Thresholds all = thresholds.get(i).times(cores);
            state = State.worst(List.of(state, all.state(load)));
            metrics.add(all.metric(NAMES.get(i), load, ""));
        }
        String output =
                String.join(", ", words[0], words[1], words[2])
                        + " on "
                        + cores
                        + (cores == 1 ? " core" : " cores");
        return new Finding(state, "load " + output, metrics);
    }

    /// One range is for load5, three are for each.
    private static List<Optional<Range>> three(Parameters parameters, String name) {
        String[] parts = parameters.text(name).split(",", -1);
        return switch (parts.length) {
            case 1 -> List.of(Optional.empty(), parameters.range(name), Optional.empty());
            case 3 ->
                    List.of(
                            parameters.range(name, parts[0]),
                            parameters.range(name, parts[1]),
                            parameters.range(name, parts[2]));
            default -> throw parameters.wrong(name, "one range, or three for load1,load5,load15");
        };
    }
}
