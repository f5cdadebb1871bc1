package aramaki.agent.discover;

import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Probing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A check that fits something that was found, before anybody tried it.
///
/// @param id stays the same for the same finding on this host
/// @param evidence where it was seen; must not hold what changes by itself, such as a process id
/// @param ways to look at it, the best first: the first that is well is proposed
/// @param onlyWhenWell propose nothing when no way is well; else the last way is proposed, as what
///     it found is worth knowing
record Candidate(
        String id,
        String name,
        String title,
        String why,
        String evidence,
        List<Probing> ways,
        Duration every,
        boolean onlyWhenWell) {
    static final Duration SOON = Duration.ofSeconds(30);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);

    Candidate {
        ways = List.copyOf(ways);
    }

    static Candidate of(
            String id, String name, String title, String why, String evidence, Probing way) {
        return new Candidate(id, name, title, why, evidence, List.of(way), MINUTE, false);
    }

    Candidate every(Duration often) {
        return new Candidate(id, name, title, why, evidence, ways, often, onlyWhenWell);
    }

    /// The same with another way, for when those before are not well.
    Candidate or(Probing way) {
        var more = new ArrayList<>(ways);
        more.add(way);
        return new Candidate(id, name, title, why, evidence, more, every, onlyWhenWell);
    }

    Candidate onlyWhenItIsWell() {
        return new Candidate(id, name, title, why, evidence, ways, every, true);
    }

    static Probing probe(ProbeKind kind, String... namesAndValues) {
        var parameters = new java.util.TreeMap<String, String>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Probing.Probe(kind.word(), Map.copyOf(parameters));
    }
}
