package aramaki.server.doctor;

import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import java.time.Instant;
import java.util.List;

/// Whether agents have the server's version.
///
/// @param version the server's
public record AgentsOld(Agents agents, String version) implements Examination {
    @Override
    public String name() {
        return "agent-versions";
    }

    @Override
    public String about() {
        return "Agents have the version of the server.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return agents.all().stream()
                .filter(a -> a.presence() == Presence.CONNECTED)
                .filter(a -> !a.version().isEmpty() && !isSame(a.version()))
                .map(
                        a ->
                                Complaint.advice(
                                        "Agent "
                                                + a.name()
                                                + " has version "
                                                + a.version()
                                                + ", the server "
                                                + version
                                                + ".",
                                        "It may not know probes that this server offers.",
                                        "Bring the newer version to that host and restart"
                                                + " aramaki-agent"))
                .toList();
    }

    /// A build that is on its way to a version counts as that version.
    private boolean isSame(String other) {
        return other.replace("-SNAPSHOT", "").equals(version.replace("-SNAPSHOT", ""))
                || other.equals("simulated");
    }
}
