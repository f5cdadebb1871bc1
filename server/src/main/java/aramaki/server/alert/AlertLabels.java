package aramaki.server.alert;

import aramaki.model.Labels;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.Check;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Agents;
import aramaki.server.system.Systems;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The labels of alerts: those of the system, over them the entity's, over them the check's. Each
/// combination is put together once, however many alerts are asked for.
public final class AlertLabels implements Function<AlertKey, Labels> {
    private final Systems systems;
    private final Agents agents;
    private final Map<AlertKey, Labels> known = new HashMap<>();

    /// For one moment: what changes later is not seen.
    public AlertLabels(Systems systems, Agents agents) {
        this.systems = systems;
        this.agents = agents;
    }

    @Override
    public Labels apply(AlertKey key) {
        return known.computeIfAbsent(key, this::of);
    }

    private Labels of(AlertKey key) {
        var about = key.about();
        var system = systems.find(about.system());
        var own = system.map(s -> s.definition().labels()).orElse(Labels.NONE);
        var entity = agents.byName(about.entity()).map(AgentRecord::labels).orElse(Labels.NONE);
        var check =
                system.flatMap(s -> s.definition().check(about.check()))
                        .map(Check::labels)
                        .orElse(Labels.NONE);
        return own.with(entity).with(check);
    }
}
