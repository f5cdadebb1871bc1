package aramaki.model.grant;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import java.util.Set;

/// Which systems a grant is about: named ones with every layer below them, those with some labels,
/// or all but the instance's own. What it covers changes with the systems.
///
/// @param labels every one of them; empty selects nothing
public record Reach(boolean everything, Set<SystemId> systems, Labels labels) {
    private static final int MAX_SYSTEMS = 200;

    public Reach {
        systems = Set.copyOf(systems);
        if (!everything && systems.isEmpty() && labels.values().isEmpty()) {
            throw Refusal.invalid("no-systems", "a grant names systems, labels, or all systems");
        }
        if (systems.size() > MAX_SYSTEMS) {
            throw Refusal.invalid(
                    "too-many-systems",
                    "a grant names at most "
                            + MAX_SYSTEMS
                            + " systems: aggregate them, or select them by a label");
        }
    }

    /// Whether a change of this label changes whom it reaches.
    public boolean selectsBy(String label) {
        return labels.values().containsKey(label);
    }
}
