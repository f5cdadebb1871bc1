package aramaki.server.agent;

import aramaki.model.Refusal;
import aramaki.model.observation.EntityName;
import aramaki.protocol.Base32;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Pauses of agents, wanted here or on their hosts: who keeps quiet until when. Each beginning and
/// each end is an event in the log of every system the agent serves.
public final class Pauses implements Task {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final String SERVER = "server";
    private static final String HOST = "host";

    private final Store store;
    private final Agents agents;
    private final AgentStore agentStore;
    private final Systems systems;
    private final EventLog log;
    private final By instance;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Pauses(
            Store store,
            Agents agents,
            AgentStore agentStore,
            Systems systems,
            EventLog log,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.agents = agents;
        this.agentStore = agentStore;
        this.systems = systems;
        this.log = log;
        this.instance = instance;
        this.clock = clock;
    }

    /// Pauses an agent, or makes its pause another one.
    public AgentRecord pause(EntityName name, Duration length, String reason, String who, By by) {
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(Pause.LONGEST) > 0) {
            throw Refusal.invalid(
                    "bad-pause", "a pause lasts from 1 second to 7 days; write for instance 30m");
        }
        var now = clock.instant();
        return want(name, now, now.plus(length), reason, who, by);
    }

    /// Ends a pause; one that is over already is left as it is.
    public AgentRecord resume(EntityName name, String who, By by) {
        var agent = require(name);
        var now = clock.instant();
        return agent.paused(now) ? want(name, now, now, "", who, by) : agent;
    }

    private AgentRecord require(EntityName name) {
        return agents.byName(name).orElseThrow(() -> Refusal.notFound("agent", name.value()));
    }

    private AgentRecord want(
            EntityName name, Instant from, Instant until, String reason, String who, By by) {
        var id = require(name).id();
        return store.write(
                tx -> {
                    var agent = agentStore.agent(tx, id).orElseThrow();
                    long revision = agent.pause().map(p -> p.pause().revision() + 1).orElse(1L);
                    byte[] bytes = new byte[10];
                    random.nextBytes(bytes);
                    var pause =
                            new Pause(
                                            "u_" + Base32.encode(bytes),
                                            revision,
                                            from,
                                            until,
                                            bounded(reason),
                                            bounded(who))
                                    .checked();
                    return adopt(tx, agent, pause, SERVER, by);
                });
    }

    private static String bounded(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.substring(0, Math.min(line.length(), Pause.MAX_TEXT));
    }

    /// Takes what an agent says of its pause, if that is newer; returns what holds now.
    public Optional<Pause> said(AgentRecord known, AgentMessage.Paused message) {
        var now = clock.instant();
        var said = message.pause().checked().byOurClock(message.at(), now);
        return store.write(
                tx -> {
                    var agent = agentStore.agent(tx, known.id()).orElseThrow();
                    var holds = agent.pause().map(AgentPause::pause);
                    if (holds.isPresent() && !said.newerThan(holds.get())) {
                        return holds;
                    }
                    var pause =
                            new Pause(
                                    said.id(),
                                    said.revision(),
                                    said.from(),
                                    said.until(),
                                    bounded(said.reason()),
                                    bounded(said.by()));
                    adopt(tx, agent, pause, HOST, agent.by());
                    return Optional.of(pause);
                });
    }

    /// One that was over before we heard of it leaves its traces, but no end of its own later.
    private AgentRecord adopt(Tx tx, AgentRecord agent, Pause pause, String where, By by) {
        var now = clock.instant();
        if (pause.wanted()) {
            tell(
                    tx,
                    agent,
                    new Payload.AgentPaused(
                            agent.name().value(), pause.until(), pause.reason(), pause.by(), where),
                    by);
        } else if (agent.paused(now)) {
            tell(tx, agent, new Payload.AgentResumed(agent.name().value(), pause.by(), where), by);
        }
        return agents.change(
                tx, agent.id(), a -> a.pausing(new AgentPause(pause, !pause.wanted())));
    }

    @Override
    public String name() {
        return "agent-pauses";
    }

    /// Notes the pauses that ran out.
    @Override
    public Duration run(Instant now) {
        for (var agent : agents.all()) {
            if (agent.presence() != Presence.REVOKED && ranOut(agent, now)) {
                store.write(tx -> runOut(tx, agent.id(), now));
            }
        }
        return PAUSE;
    }

    private static boolean ranOut(AgentRecord agent, Instant now) {
        return agent.pause().filter(p -> !p.over() && !p.pause().active(now)).isPresent();
    }

    private boolean runOut(Tx tx, String id, Instant now) {
        var agent = agentStore.agent(tx, id).filter(a -> ranOut(a, now));
        agent.ifPresent(
                a -> {
                    tell(tx, a, new Payload.AgentResumed(a.name().value(), "", "end"), instance);
                    agents.change(
                            tx,
                            a.id(),
                            one ->
                                    one.pausing(
                                            new AgentPause(a.pause().orElseThrow().pause(), true)));
                });
        return agent.isPresent();
    }

    private void tell(Tx tx, AgentRecord agent, Payload payload, By by) {
        for (var system : systems.servedBy(agent)) {
            log.append(tx, system.id(), payload, clock.instant(), by);
        }
    }
}
