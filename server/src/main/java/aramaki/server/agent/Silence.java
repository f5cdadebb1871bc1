package aramaki.server.agent;

import aramaki.model.system.SystemName;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.runtime.Task;
import aramaki.server.runtime.Ticks;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Notices which agents fell silent and which came back. A silent agent is one event in the log of
/// each system it serves; when more than a fifth of a home system's agents vanish together, it is
/// one event, and so one alert, for all of them.
public final class Silence implements Task {
    /// An agent sends a heartbeat this often.
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int GROUP_AT_LEAST = 3;

    /// Who falls silent so soon after many others belongs to them.
    public static final Duration STRAGGLERS = Duration.ofMinutes(1);

    /// So long after it joined an agent has to begin: between the two, somebody sets up the host.
    static final Duration BEGIN = Duration.ofMinutes(5);

    private static final int MAX_REASON = 300;
    private static final Duration LONGEST_STOP = Duration.ofDays(1);
    private static final Set<String> KINDS = Set.of("stop", "reboot", "poweroff");

    private final Store store;
    private final Agents agents;
    private final AgentStore agentStore;
    private final Systems systems;
    private final EventLog log;
    private final By instance;
    private final Duration silentAfter;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final Map<String, Integer> held = new ConcurrentHashMap<>();
    private final Map<String, Duration> backBy = new ConcurrentHashMap<>();
    private final Map<String, Duration> silentFrom = new ConcurrentHashMap<>();
    private final Ticks ticks = new Ticks();
    private volatile @Nullable Duration readySince;

    /// @param at for people
    /// @param elapsed what we decide by: a clock that is set makes nobody silent
    private record Heard(Instant at, Duration elapsed) {}

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
        ticks.tick(now);
        readySince = ticks.elapsed();
    }

    /// Something came from this agent.
    public void heard(String agentId, Instant now) {
        heard.put(agentId, new Heard(now, ticks.elapsedAt(now)));
    }

    /// Until it is let go of, this agent is not silent: we are busy with what it sent, and do not
    /// listen to it meanwhile.
    public void hold(String agentId) {
        held.merge(agentId, 1, Integer::sum);
    }

    /// We listen to this agent again.
    public void letGo(String agentId, Instant now) {
        heard(agentId, now);
        release(agentId);
    }

    private void release(String agentId) {
        held.computeIfPresent(agentId, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Whether something came from it within two heartbeats, and all that came is noted.
    public boolean heardLately(AgentRecord agent, Instant now) {
        var last = heard.get(agent.id());
        var ready = readySince;
        return last != null
                && !held.containsKey(agent.id())
                && ready != null
                && last.elapsed().compareTo(ready) >= 0
                && ticks.elapsedAt(now).minus(last.elapsed()).compareTo(HEARTBEAT.multipliedBy(2))
                        < 0;
    }

    /// When something last came from it.
    public Instant lastHeard(AgentRecord agent) {
        var last = heard.get(agent.id());
        return last == null ? agent.seenAt() : last.at();
    }

    /// An agent is connected: an event when it had been silent. Until that is noted, it was not
    /// heard: it would pass for one that was here all along, and its checks for silent ones.
    public void connected(AgentRecord agent, Instant now) {
        hold(agent.id());
        try {
            heard(agent.id(), now);
            noteConnected(agent, now);
        } finally {
            release(agent.id());
        }
    }

    private void noteConnected(AgentRecord agent, Instant now) {
        store.write(
                tx -> {
                    tx.afterCommit(
                            () -> {
                                backBy.remove(agent.id());
                                silentFrom.remove(agent.id());
                            });
                    var before = agentStore.agent(tx, agent.id()).orElseThrow();
                    var after = agents.change(tx, agent.id(), a -> a.seen(Presence.CONNECTED, now));
                    if (before.presence() == Presence.SILENT) {
                        back(tx, before, now);
                    }
                    return after;
                });
    }

    /// An agent said that it stops.
    public void stopping(AgentRecord agent, AgentMessage.Stopping said, Instant now) {
        String kind = KINDS.stream().filter(k -> k.equals(said.kind())).findFirst().orElse("stop");
        Long within = said.backWithinSeconds();
        var until =
                within == null || within < 0
                        ? null
                        : now.plusSeconds(Math.min(within, LONGEST_STOP.toSeconds()));
        var stop = new AnnouncedStop(kind, now, until);
        store.write(
                tx -> {
                    var after = agents.change(tx, agent.id(), a -> a.stopped(stop));
                    after.backBy()
                            .ifPresent(
                                    at ->
                                            backBy.put(
                                                    agent.id(),
                                                    ticks.elapsed()
                                                            .plus(Duration.between(now, at))));
                    var payload =
                            new Payload.AgentStopped(
                                    agent.name().value(),
                                    bounded(said.reason()),
                                    kind,
                                    after.backBy().orElse(null));
                    for (var system : systems.servedBy(agent)) {
                        log.append(tx, system.id(), payload, now, agent.by());
                    }
                    return after;
                });
    }

    private static String bounded(String reason) {
        return reason.substring(0, Math.min(reason.length(), MAX_REASON));
    }

    @Override
    public String name() {
        return "agent-silence";
    }

    @Override
    public Duration run(Instant now) {
        boolean jumped = ticks.tick(now);
        if ((jumped || store.trouble().isPresent()) && readySince != null) {
            // All have to find us again, as after a start. While nothing can be written, agents
            // are sent away.
            readySince = ticks.elapsed();
        }
        returned().forEach(agent -> connected(agent, lastHeard(agent)));
        var silent = new TreeMap<String, List<AgentRecord>>();
        var wavering = new TreeMap<String, Integer>();
        for (var agent : agents.all()) {
            String home = agent.home().value();
            if (missing(agent, now)) {
                silent.computeIfAbsent(home, _ -> new ArrayList<>()).add(agent);
            } else if (agent.presence() == Presence.CONNECTED
                    && begun(agent)
                    && !agent.paused(now)) {
                var quiet = quietFor(agent, now);
                if (quiet.compareTo(HEARTBEAT.multipliedBy(2)) > 0) {
                    wavering.merge(home, 1, Integer::sum);
                }
            }
        }
        silent.forEach(
                (home, vanished) -> {
                    int unsure = wavering.getOrDefault(home, 0);
                    var limit = limit(together(home, vanished.size() + unsure));
                    boolean waitForMore =
                            unsure > 0
                                    && vanished.stream()
                                            .allMatch(a -> quietFor(a, now).compareTo(limit) < 0);
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
                .filter(this::heardSinceSilent)
                .toList();
    }

    private boolean heardSinceSilent(AgentRecord agent) {
        var last = heard.get(agent.id());
        var from = silentFrom.get(agent.id());
        return last != null && from != null && last.elapsed().compareTo(from) > 0;
    }

    /// Whether its silence is an alarm: nobody wanted it, and it is not one that was announced.
    private boolean missing(AgentRecord agent, Instant now) {
        return switch (agent.presence()) {
            case CONNECTED ->
                    !agent.paused(now)
                            && quietFor(agent, now).compareTo(begun(agent) ? silentAfter : BEGIN)
                                    > 0;
            case STOPPED -> !agent.paused(now) && overdue(agent, now);
            case SILENT, REVOKED -> false;
        };
    }

    /// Whether it ever did more than join.
    private static boolean begun(AgentRecord agent) {
        return !agent.epoch().isEmpty();
    }

    /// Others that are wavering may belong to the same cut: wait one heartbeat for them, and three
    /// where they would make it one that took many; under load their last words come late.
    private Duration limit(boolean many) {
        return silentAfter.plus(HEARTBEAT.multipliedBy(many ? 3 : 1));
    }

    /// Whether it is not back from a stop though it said it would be.
    private boolean overdue(AgentRecord agent, Instant now) {
        var due = backBy.get(agent.id());
        if (due != null && agent.backBy().isPresent()) {
            return ticks.elapsed().compareTo(latest(due, patience()).plus(silentAfter)) > 0;
        }
        return agent.backBy().filter(now::isAfter).isPresent()
                && ticks.elapsed().compareTo(patience().plus(silentAfter)) > 0;
    }

    /// How long we have not heard from it while we could have; after a pause it has as long as
    /// ever to be heard.
    private Duration quietFor(AgentRecord agent, Instant now) {
        if (held.containsKey(agent.id())) {
            return Duration.ZERO;
        }
        var last = heard.get(agent.id());
        var since = last == null ? Duration.ZERO : last.elapsed();
        var ready = readySince;
        if (last == null || ready == null || since.compareTo(ready) < 0) {
            since = patience();
        }
        var elapsed = ticks.elapsed();
        var ended = agent.pausedUntil().filter(until -> !until.isAfter(now));
        if (ended.isPresent()) {
            since = latest(since, elapsed.minus(Duration.between(ended.get(), now)));
        }
        return since.compareTo(elapsed) > 0 ? Duration.ZERO : elapsed.minus(since);
    }

    /// Until then nobody's silence is an alarm. After we were away, agents need longer to find us
    /// again than between two heartbeats: their attempts are up to half a minute apart.
    private Duration patience() {
        var ready = readySince;
        return ready == null ? ticks.elapsed() : ready.plus(silentAfter.multipliedBy(2));
    }

    private static Duration latest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void vanish(String home, List<AgentRecord> vanished, Instant now) {
        boolean together = together(home, vanished.size());
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
                        silentFrom.put(agent.id(), ticks.elapsed());
                    }
                    return still.size();
                });
    }

    /// Whether so many of a home are one event, with those that fell silent just before them.
    private boolean together(String home, int count) {
        var since = ticks.elapsed().minus(STRAGGLERS);
        int all = 0;
        int silent = count;
        for (var agent : agents.all()) {
            if (agent.presence() != Presence.REVOKED && agent.home().value().equals(home)) {
                all++;
                var from = silentFrom.get(agent.id());
                if (agent.presence() == Presence.SILENT
                        && from != null
                        && from.compareTo(since) > 0) {
                    silent++;
                }
            }
        }
        return silent >= GROUP_AT_LEAST && silent * 5 > all;
    }

    /// Looked at again within the unit: it may have come back, said that it stops, or been shut out
    /// since we looked.
    private boolean stillSilent(Tx tx, AgentRecord agent, Instant now) {
        return agentStore.agent(tx, agent.id()).filter(a -> missing(a, now)).isPresent();
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
                                    group.stream().map(a -> a.name().value()).toList(),
                                    last,
                                    home,
                                    announced(group));
                    log.append(tx, system.id(), payload, now, instance);
                });
    }

    private static @Nullable String announced(List<AgentRecord> group) {
        return group.size() == 1
                ? group.getFirst().stop().map(AnnouncedStop::kind).orElse(null)
                : null;
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
