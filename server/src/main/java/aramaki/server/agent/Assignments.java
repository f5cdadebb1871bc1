package aramaki.server.agent;

import aramaki.model.Labels;
import aramaki.model.observation.Check;
import aramaki.model.observation.Output;
import aramaki.model.observation.Probing;
import aramaki.model.observation.Schedule;
import aramaki.model.system.ManagedSystem;
import aramaki.protocol.Json;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.agent.ServerMessage.Assignment;
import aramaki.protocol.crypto.Digests;
import aramaki.server.system.Systems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which checks an agent is to run: those of the systems it serves whose `on` fits its labels.
public final class Assignments {
    /// The label that every agent carries.
    public static final String HOST = "host";

    /// How often an agent runs a check whose crontab expression it cannot read.
    private static final Duration INSTEAD_OF_CRON = Duration.ofHours(1);

    private final Systems systems;

    public Assignments(Systems systems) {
        this.systems = systems;
    }

    public List<Assignment> of(AgentRecord agent) {
        var assignments = new ArrayList<Assignment>();
        for (var system : systems.servedBy(agent)) {
            for (var check : system.definition().checks()) {
                if (chosenBy(agent).containsAll(check.on())) {
                    assignments.add(assignment(agent, system, check));
                }
            }
        }
        return assignments;
    }

    /// What a check's `on` chooses by: the agent's labels, and its name as `host` unless it has
    /// another label of that name.
    private static Labels chosenBy(AgentRecord agent) {
        return Labels.of(Map.of(HOST, agent.name().value())).with(agent.labels());
    }

    /// The same as a message, versioned by its content.
    public ServerMessage.Checks message(AgentRecord agent) {
        var list = of(agent);
        String home = systems.find(agent.home()).map(s -> s.name().value()).orElse(null);
        byte[] digest = Digests.sha256(Json.bytes(new Versioned(list, home)));
        return new ServerMessage.Checks(HexFormat.of().formatHex(digest, 0, 8), list, home);
    }

    /// All that a version stands for.
    private record Versioned(List<Assignment> checks, @Nullable String home) {}

    /// Templates stand for the entity's labels: the agent's over the check's over the system's.
    private static Assignment assignment(AgentRecord agent, ManagedSystem system, Check check) {
        var values =
                Labels.of(Map.of("address", "127.0.0.1", HOST, agent.name().value()))
                        .with(system.definition().labels())
                        .with(check.labels())
                        .with(agent.labels());
        var command = check.probing() instanceof Probing.Command(var argv) ? argv : null;
        var probe = check.probing() instanceof Probing.Probe p ? p : null;
        var cron = check.schedule() instanceof Schedule.Cron c ? c : null;
        return new Assignment(
                system.name().value(),
                agent.name().value(),
                check.name().value(),
                command,
                probe == null ? null : probe.kind(),
                probe == null ? Map.of() : new TreeMap<>(probe.parameters()),
                values.values(),
                between(check.schedule()).toMillis(),
                check.timeout().toMillis(),
                check.attempts(),
                check.retry().map(Duration::toMillis).orElse(null),
                check.output() == Output.NAGIOS ? null : check.output().word(),
                cron == null ? null : cron.expression(),
                cron == null ? null : cron.zone().getId());
    }

    private static Duration between(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Every(var every) -> every;
            case Schedule.Cron _ -> INSTEAD_OF_CRON;
        };
    }
}
