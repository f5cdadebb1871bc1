package aramaki.server.projection;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventType;
import aramaki.protocol.Base32;
import aramaki.protocol.Json;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentPause;
import aramaki.server.store.Tx;
import aramaki.server.timeline.StoredEvent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pauses of agents, as far as the logs tell of them: until when, why and by whom.
final class PauseFolding implements Folding {
    private final Map<String, StoredEvent> joined = new HashMap<>();
    private final Map<String, Told> last = new HashMap<>();

    private record Told(StoredEvent event, Payload data) {}

    @Override
    public Set<EventType> types() {
        return EnumSet.of(EventType.AGENT_JOINED, EventType.AGENT_PAUSED, EventType.AGENT_RESUMED);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        switch (data) {
            case Payload.AgentJoined p -> joined.put(p.agent() + " " + p.name(), event);
            case Payload.AgentPaused p -> tell(p.agent(), new Told(event, data));
            case Payload.AgentResumed p -> tell(p.agent(), new Told(event, data));
            default -> {} // not of these types
        }
    }

    private void tell(String name, Told told) {
        last.merge(name, told, (a, b) -> later(a.event(), b.event()) ? a : b);
    }

    private static boolean later(StoredEvent a, StoredEvent b) {
        return a.header().recordedAt().compareTo(b.header().recordedAt()) > 0;
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        joined.forEach(
                (agent, event) -> {
                    var parts = agent.split(" ", 2);
                    var told = last.get(parts[1]);
                    if (told != null && later(told.event(), event)) {
                        compare(tx, comparison, parts[0], told);
                    }
                });
    }

    private static void compare(Tx tx, Comparison comparison, String agent, Told told) {
        var row = comparison.tables().find(tx, Table.PAUSE, List.of(agent));
        if (row.isEmpty()) {
            return; // the missing agent is told already
        }
        var held = held(row.get().get(1));
        switch (told.data()) {
            case Payload.AgentPaused p -> {
                boolean fits =
                        held.filter(h -> h.over() || h.pause().until().equals(p.until()))
                                .isPresent();
                if (!fits) {
                    wrong(
                            comparison,
                            agent,
                            "is paused until " + p.until(),
                            pause(told.event(), p));
                }
            }
            case Payload.AgentResumed _ ->
                    held.filter(h -> !h.over())
                            .ifPresent(
                                    h ->
                                            wrong(
                                                    comparison,
                                                    agent,
                                                    "is paused no longer",
                                                    new AgentPause(h.pause(), true)));
            default -> {} // not of these types
        }
    }

    private static Optional<AgentPause> held(String json) {
        try {
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Json.read(json, AgentPause.class));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /// Its number is the lowest: what the agent itself holds is newer.
    private static AgentPause pause(StoredEvent event, Payload.AgentPaused told) {
        String id = "u_" + Base32.encode(Arrays.copyOf(event.hash().bytes(), 10));
        var from = event.header().at();
        var pause = new Pause(id, 1, from, told.until(), told.reason(), told.who());
        return new AgentPause(pause, false);
    }

    private static void wrong(Comparison comparison, String agent, String what, AgentPause right) {
        comparison.add(
                new Difference(
                        "agent " + agent + " " + what + " by the log, and not by the table",
                        true,
                        tx ->
                                comparison
                                        .tables()
                                        .put(tx, Table.PAUSE, List.of(agent, Json.text(right)))));
    }
}
