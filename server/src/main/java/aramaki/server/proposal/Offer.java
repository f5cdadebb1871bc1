package aramaki.server.proposal;

import aramaki.model.observation.EntityName;
import aramaki.model.observation.Probing;
import aramaki.model.system.SystemName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One check that people may accept or leave: the same proposal of one or several agents of a
/// system.
///
/// @param id names it as long as what it would do stays the same
/// @param name unique among the checks and the offers of the system
/// @param yaml the text that accepting it writes to `checks/NAME.yaml`
/// @param folder that owns the system's document, so that a person has to write there; else empty
/// @param tried what trying it once on its host said
public record Offer(
        String id,
        SystemName system,
        String name,
        Words words,
        Probing probing,
        Duration every,
        List<Source> sources,
        Optional<Tried> tried,
        Instant foundAt,
        String yaml,
        String folder) {
    public Offer {
        sources = List.copyOf(sources);
    }

    /// What it says to people; all of it is a host's own text.
    public record Words(String title, String why, String evidence) {}

    /// Which agent proposes it under which id.
    public record Source(String agent, EntityName host, String proposal, String evidence) {}

    /// What trying it once said: a state word, and what was printed.
    public record Tried(String state, String output) {}

    /// `SYSTEM/NAME`, as people name it.
    public String key() {
        return system + "/" + name;
    }

    public String path() {
        return "checks/" + name + ".yaml";
    }

    public List<EntityName> hosts() {
        return sources.stream().map(Source::host).toList();
    }

    boolean isNamed(String text) {
        return text.equals(id) || text.equals(key());
    }
}
