package aramaki.server.observation;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.model.system.ManagedSystem;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import java.util.Set;
import java.util.stream.Collectors;

/// Results that programs hand in: about an entity that is there, for a check that its system
/// declares, and durable before the answer.
public final class Submissions {
    private static final Set<State> SAID =
            Set.of(State.OK, State.WARNING, State.CRITICAL, State.UNKNOWN);

    private final Systems systems;
    private final Agents agents;
    private final Intake intake;

    public Submissions(Systems systems, Agents agents, Intake intake) {
        this.systems = systems;
        this.agents = agents;
        this.intake = intake;
    }

    public Recorded submit(Submitted said, By by) {
        if (!SAID.contains(said.state())) {
            throw Refusal.invalid(
                    "bad-state",
                    said.state().word()
                            + " is what we make of silence; say ok, warning, critical or unknown");
        }
        var system = systems.require(said.key().system());
        var entity = entity(system, said.key());
        if (system.definition().check(said.key().check()).isEmpty()) {
            throw undeclared(system, said.key());
        }
        return intake.submit(said, entity, by);
    }

    private AgentRecord entity(ManagedSystem system, CheckKey key) {
        var agent =
                agents.byName(key.entity())
                        .filter(a -> a.presence() != Presence.REVOKED)
                        .orElseThrow(() -> Refusal.notFound("entity", key.entity().value()));
        boolean served =
                systems.servedBy(agent).stream().anyMatch(s -> s.name().equals(system.name()));
        if (!served) {
            throw Refusal.conflict(
                    "not-of-this-system",
                    "entity "
                            + key.entity()
                            + " does not belong to system "
                            + system.name()
                            + "; its agent serves "
                            + systems.servedBy(agent).stream()
                                    .map(s -> s.name().value())
                                    .collect(Collectors.joining(", ")));
        }
        return agent;
    }

    private static Refusal undeclared(ManagedSystem system, CheckKey key) {
        var checks = system.definition().checks();
        return new Refusal(
                Refusal.Reason.NOT_FOUND,
                "undeclared-check",
                "system "
                        + system.name()
                        + " declares no check "
                        + key.check()
                        + ": write checks/"
                        + key.check()
                        + ".yaml in its folder"
                        + (checks.isEmpty()
                                ? ""
                                : ", or name one of "
                                        + checks.stream()
                                                .limit(20)
                                                .map(c -> c.name().value())
                                                .collect(Collectors.joining(", "))));
    }
}
