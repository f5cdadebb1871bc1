package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.plugin.PluginRunner;
import aramaki.agent.observe.probe.log.Positions;
import aramaki.agent.policy.Rights;
import aramaki.model.observation.Metric;
import aramaki.model.observation.ProbeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How tests let a probe look.
final class Look {
    static final Duration LONG = Duration.ofSeconds(20);
    static final PluginRunner PROGRAMS = PluginRunner.of(new Rights.Own(""));

    private Look() {}

    static Finding at(ProbeKind kind, String... pairs) throws InterruptedException {
        return at(InstantSource.system(), kind, pairs);
    }

    static Finding at(InstantSource clock, ProbeKind kind, String... pairs)
            throws InterruptedException {
        return at(probes(clock), kind, LONG, pairs);
    }

    static Finding at(Probes probes, ProbeKind kind, Duration timeout, String... pairs)
            throws InterruptedException {
        return probes.run(
                kind, parameters(pairs), new Probes.Call("s/e/c", Instant.EPOCH, timeout));
    }

    static Probes probes(InstantSource clock) {
        return probes(new HostFiles(Path.of("/proc")), clock);
    }

    static Probes probes(HostFiles files, InstantSource clock) {
        return new Probes(
                files, PROGRAMS, clock, new Positions(Path.of("/dev/null/none")), path -> path);
    }

    static Parameters understood(ProbeKind kind, String... pairs) {
        return Parameters.of(kind, parameters(pairs));
    }

    static double value(Finding finding, String name) {
        return metric(finding, name).value().orElseThrow();
    }

    static Metric metric(Finding finding, String name) {
        return finding.metrics().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " in " + finding));
    }

    static List<String> names(Finding finding) {
        return finding.metrics().stream().map(Metric::name).toList();
    }

    private static Map<String, String> parameters(String... pairs) {
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(pairs[i], pairs[i + 1]);
        }
        return parameters;
    }
}
