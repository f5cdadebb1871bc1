package aramaki.server.agent;

import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.system.Systems;
import aramaki.server.timeline.Landscape;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The landscape of systems, with the agents that lie across it.
public final class AgentLandscape implements Landscape {
    private final Systems systems;
    private final Agents agents;

    public AgentLandscape(Systems systems, Agents agents) {
        this.systems = systems;
        this.agents = agents;
    }

    @Override
    public Optional<SystemId> idOf(SystemName name) {
        return systems.find(name).map(ManagedSystem::id);
    }

    @Override
    public Optional<SystemName> nameOf(SystemId id) {
        return systems.byId(id).map(ManagedSystem::name);
    }

    @Override
    public SystemGraph graph() {
        return systems.graph();
    }

    @Override
    public Set<SystemName> sharingAgents(SystemName name) {
        var sharing = new HashSet<SystemName>();
        for (var agent : agents.all()) {
            var served =
                    agent.presence() == Presence.REVOKED
                            ? Set.<SystemName>of()
                            : systems.servedBy(agent).stream()
                                    .map(ManagedSystem::name)
                                    .collect(Collectors.toSet());
            if (served.contains(name)) {
                sharing.addAll(served);
            }
        }
        sharing.remove(name);
        return sharing;
    }
}
