package aramaki.server.timeline;

import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import java.util.Optional;
import java.util.Set;

/// What a timeline has to know of systems: which there are, and how they lie to each other. Systems
/// write into logs, so that logs must not ask for systems.
public interface Landscape {
    /// The id of a system that is.
    Optional<SystemId> idOf(SystemName name);

    /// The name of a system that is.
    Optional<SystemName> nameOf(SystemId id);

    /// Which system lies above which.
    SystemGraph graph();

    /// The other systems that the agents of this one serve.
    Set<SystemName> sharingAgents(SystemName name);
}
