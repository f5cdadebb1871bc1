package aramaki.server.doctor;

import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Silence;
import java.time.Instant;
import java.util.List;

/// Whether every agent that should talk to us does.
public record AgentsSilent(Agents agents, Silence silence) implements Examination {
    @Override
    public String name() {
        return "agents";
    }

    @Override
    public String about() {
        return "Every agent that should talk to the server does.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return agents.all().stream()
                .filter(a -> a.presence() == Presence.SILENT)
                .map(
                        a ->
                                Complaint.broken(
                                        "Agent "
                                                + a.name()
                                                + " is silent since "
                                                + silence.lastHeard(a)
                                                + ".",
                                        "Nobody knows how its host is; its checks are stale.",
                                        "On that host: aramaki-agent status; start it: aramaki-agent"
                                                + " run. If it is gone for good: aramaki agent revoke "
                                                + a.name()
                                                + " --confirm="
                                                + a.name()))
                .toList();
    }
}
