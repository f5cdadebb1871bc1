package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.List;

/// What every host has.
final class Basics implements Look {
    @Override
    public List<Candidate> at(Host host) {
        if (host.procText("/proc/loadavg").isEmpty()) {
            return List.of();
        }
        return List.of(
                basic(ProbeKind.LOAD, "load", "load", "More work than processors makes all slow."),
                basic(ProbeKind.MEMORY, "memory", "memory", "Without memory, programs are killed."),
                basic(
                        ProbeKind.SWAP,
                        "swap",
                        "swap space",
                        "A host that swaps is slow before it is down."),
                basic(
                        ProbeKind.UPTIME,
                        "uptime",
                        "uptime",
                        "It tells of restarts nobody announced."));
    }

    private static Candidate basic(ProbeKind kind, String name, String title, String why) {
        return Candidate.of("host:" + name, name, title, why, "every host has it", probe(kind));
    }
}
