package aramaki.server.agent;

import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Notices which agents fell silent and which came back. A silent agent is one event in the log of
/// each system it serves; when more than a fifth of a home system's agents vanish together, it is
/// one event, and so one alert, for all of them.
public final class Silence implements Task {
    /// An agent sends a heartbeat this often.
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int GROUP_AT_LEAST = 3;

    private final Store store;
    private final Agents agents;
    private final AgentStore agentStore;
    private final Systems systems;
    private final EventLog log;
    private final By instance;
    private final Duration silentAfter;
    private final Map<String, Instant> heard = new ConcurrentHashMap<>();
    private volatile Instant readySince = Instant.MAX;

    public Silence(
            Store store,
            Agents agents,
            AgentStore agentStore,
            Systems systems,
            EventLog log,
            By instance,
            Duration silentAfter) {
        this.store = store;
        this.agents = agents;
        this.agentStore = agentStore;
        this.systems = systems;
        this.log = log;
        this.instance = instance;
        this.silentAfter = silentAfter;
    }

    /// From now on silence is the agents', not ours.
    public void ready(Instant now) {
        readySince = now;
    }

    /// Something came from this agent.
    public void heard(String agentId, Instant now) {
        heard.put(agentId, now);
    }

    /// When something last came from it.
    public Instant lastHeard(AgentRecord agent) {
        var at = heard.get(agent.id());
        return at == null || at.isBefore(agent.seenAt()) ? agent.seenAt() : at;
    }

    /// An agent is connected: an event when it had been silent.
    public void connected(AgentRecord agent, Instant now) {
        heard(agent.id(), now);
        store.write(
                tx -> {
                    var before = agentStore.agent(tx, agent.id()).orElseThrow();
                    var after = agents.change(tx, agent.id(), a -> a.seen(Presence.CONNECTED, now));
                    if (before.presence() == Presence.SILENT) {
                        back(tx, before, now);
                    }
                    return after;
                });
    }

    /// An agent said that it stops.
    public void stopping(AgentRecord agent, String reason, Instant now) {
        var payload = new Payload.AgentStopped(agent.name().value(), reason);
        store.write(
                tx -> {
                    for (var system : systems.servedBy(agent)) {
                        log.append(tx, system.id(), payload, now, agent.by());
                    }
                    return agents.change(tx, agent.id(), a -> a.seen(Presence.STOPPED, now));
                });
    }

    @Override
    public String name() {
        return "agent-silence";
    }

    @Override
    public Duration run(Instant now) {
        returned().forEach(agent -> connected(agent, lastHeard(agent)));
        var silent = new TreeMap<String, List<AgentRecord>>();
        var wavering = new TreeMap<String, Boolean>();
        for (var agent : agents.all()) {
            if (agent.presence() == Presence.CONNECTED) {
                var quiet = quietFor(agent, now);
                String home = agent.home().value();
                if (quiet.compareTo(silentAfter) > 0) {
                    silent.computeIfAbsent(home, _ -> new ArrayList<>()).add(agent);
                } else if (quiet.compareTo(HEARTBEAT.multipliedBy(2)) > 0) {
                    wavering.put(home, true);
                }
            }
        }
        silent.forEach(
                (home, vanished) -> {
                    boolean waitForMore =
                            wavering.containsKey(home)
                                    && vanished.stream()
                                            .allMatch(a -> quietFor(a, now).compareTo(limit()) < 0);
                    if (!waitForMore) {
                        vanish(home, vanished, now);
                    }
                });
        return PAUSE;
    }

    /// Agents that talk again on the connection they always had, such as after a host was
    /// suspended.
    private List<AgentRecord> returned() {
        return agents.all().stream()
                .filter(a -> a.presence() == Presence.SILENT)
                .filter(a -> lastHeard(a).isAfter(a.seenAt()))
                .toList();
    }

    /// Others that are wavering may belong to the same cut: wait one heartbeat for them, not
    /// longer.
    private Duration limit() {
        return silentAfter.plus(HEARTBEAT);
    }

    private Duration quietFor(AgentRecord agent, Instant now) {
        var last = lastHeard(agent);
        var since = last.isBefore(readySince) ? readySince.plus(comingBack()) : last;
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    /// After we were away, agents need longer to find us again than between two heartbeats: their
    /// attempts are up to half a minute apart.
    private Duration comingBack() {
        return readySince.equals(Instant.MAX) ? Duration.ZERO : silentAfter.multipliedBy(2);
    }

    private void vanish(String home, List<AgentRecord> vanished, Instant now) {
        long all =
                agents.all().stream()
                        .filter(a -> a.presence() != Presence.REVOKED)
                        .filter(a -> a.home().value().equals(home))
                        .count();
        boolean together = vanished.size() >= GROUP_AT_LEAST && vanished.size() * 5L > all;
        store.write(
                tx -> {
                    var still = vanished.stream().filter(a -> stillSilent(tx, a, now)).toList();
                    if (together) {
                        tell(tx, still, now);
                    } else {
                        still.forEach(agent -> tell(tx, List.of(agent), now));
                    }
                    for (var agent : still) {
                        var last = lastHeard(agent);
                        agents.change(tx, agent.id(), a -> a.seen(Presence.SILENT, last));
                    }
                    return still.size();
                });
    }

    /// Looked at again within the unit: it may have come back, said that it stops, or been shut out
    /// since we looked.
    private boolean stillSilent(Tx tx, AgentRecord agent, Instant now) {
        return agentStore
                .agent(tx, agent.id())
                .filter(a -> a.presence() == Presence.CONNECTED)
                .filter(a -> quietFor(a, now).compareTo(silentAfter) > 0)
                .isPresent();
    }

    /// One event in the log of each system that any of these serves.
    private void tell(Tx tx, List<AgentRecord> vanished, Instant now) {
        var bySystem = new TreeMap<String, List<AgentRecord>>();
        for (var agent : vanished) {
            systems.servedBy(agent)
                    .forEach(
                            s ->
                                    bySystem.computeIfAbsent(
                                                    s.name().value(), _ -> new ArrayList<>())
                                            .add(agent));
        }
        bySystem.forEach(
                (name, group) -> {
                    var system = systems.require(new SystemName(name));
                    var last =
                            group.stream().map(this::lastHeard).max(Instant::compareTo).orElse(now);
                    boolean home = group.stream().anyMatch(a -> a.home().equals(system.name()));
                    var payload =
                            new Payload.AgentSilent(
                                    group.stream().map(a -> a.name().value()).toList(), last, home);
                    log.append(tx, system.id(), payload, now, instance);
                });
    }

    private void back(Tx tx, AgentRecord agent, Instant now) {
        int stillSilent = agentStore.countSilent(tx, agent.home());
        for (var system : systems.servedBy(agent)) {
            boolean home = system.name().equals(agent.home());
            var payload =
                    new Payload.AgentConnected(
                            agent.name().value(), agent.seenAt(), home, stillSilent);
            log.append(tx, system.id(), payload, now, agent.by());
        }
    }
}
