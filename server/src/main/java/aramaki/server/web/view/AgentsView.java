package aramaki.server.web.view;

import java.util.List;

/// All agents: who talks to us, for which systems, under which policy.
///
/// @param invite the command that invites one more
public record AgentsView(Frame frame, List<AgentRow> agents, String invite) {
    public AgentsView {
        agents = List.copyOf(agents);
    }
}
