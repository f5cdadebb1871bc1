package aramaki.server.doctor;

import aramaki.model.observation.Check;
import aramaki.model.system.ManagedSystem;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.system.Systems;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/// Whether every check has an agent that runs it. One that is new, or whose server has just
/// started, has two minutes to get one.
public final class ChecksWithoutAgent implements Examination {
    private final Systems systems;
    private final Agents agents;
    private final Assignments assignments;
    private final Waiting<String> waiting = new Waiting<>();

    public ChecksWithoutAgent(Systems systems, Agents agents, Assignments assignments) {
        this.systems = systems;
        this.agents = agents;
        this.assignments = assignments;
    }

    @Override
    public String name() {
        return "idle-checks";
    }

    @Override
    public String about() {
        return "Every check has an agent that runs it.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var run = new HashSet<String>();
        agents.all().stream()
                .filter(a -> a.presence() != Presence.REVOKED)
                .forEach(
                        a ->
                                assignments
                                        .of(a)
                                        .forEach(one -> run.add(one.system() + "/" + one.check())));
        var idle = new LinkedHashMap<String, Complaint>();
        for (var system : systems.all()) {
            for (var check : system.definition().checks()) {
                String key = system.name() + "/" + check.name();
                if (!run.contains(key)) {
                    idle.put(key, of(system, check));
                }
            }
        }
        waiting.now(idle.keySet(), now);
        idle.keySet().removeIf(key -> !waiting.longer(key, Waiting.PATIENCE, now));
        return List.copyOf(idle.values());
    }

    private static Complaint of(ManagedSystem system, Check check) {
        boolean all = check.on().values().isEmpty();
        return Complaint.broken(
                "No agent runs " + system.name() + "/" + check.name() + ".",
                all
                        ? "No agent serves system " + system.name() + "."
                        : "No agent of system " + system.name() + " carries " + check.on() + ".",
                "Invite one: aramaki agent invite --system "
                        + system.name()
                        + (all ? "" : "; or change `on` in checks/" + check.name() + ".yaml"));
    }
}
