package aramaki.server.system.files;

import java.util.Set;

/// What lies outside a system's files and decides whether they are right.
///
/// @param entityLabels keys that `{{key}}` may use besides the system's and the check's own labels:
///     those of the agents that serve the system
public record ReadingContext(ProbeCatalog probes, Set<String> entityLabels) {
    public ReadingContext {
        entityLabels = Set.copyOf(entityLabels);
    }
}
