package aramaki.server.ws;

import aramaki.model.Refusal;
import aramaki.model.observation.EntityName;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.PublicKey;
import aramaki.server.agent.AgentClocks;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.agent.HostEvents;
import aramaki.server.agent.Pauses;
import aramaki.server.agent.Silence;
import aramaki.server.identity.Identity;
import aramaki.server.observation.Intake;
import aramaki.server.proposal.Proposals;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All agents that are connected, and what they say carried to where it belongs.
public final class AgentHub implements Systems.Listener {
    private final Identity identity;
    private final Agents agents;
    private final Assignments assignments;
    private final Silence silence;
    private final Intake intake;
    private final Proposals proposals;
    private final AgentClocks clocks;
    private final Pauses pauses;
    private final HostEvents hostEvents;
    private final InstantSource clock;
    private final Map<String, AgentSocket> live = new ConcurrentHashMap<>();

    public AgentHub(
            Identity identity,
            Agents agents,
            Assignments assignments,
            Silence silence,
            Intake intake,
            Proposals proposals,
            AgentClocks clocks,
            Pauses pauses,
            HostEvents hostEvents,
            InstantSource clock) {
        this.identity = identity;
        this.agents = agents;
        this.assignments = assignments;
        this.silence = silence;
        this.intake = intake;
        this.proposals = proposals;
        this.clocks = clocks;
        this.pauses = pauses;
        this.hostEvents = hostEvents;
        this.clock = clock;
    }

    Identity identity() {
        return identity;
    }

    /// The agent that this key and name belong to, or the one that joins by this invite.
    AgentRecord admit(PublicKey key, String agentId, String name, Optional<String> invite) {
        var known = agents.byId(agentId);
        if (known.isPresent()) {
            if (known.get().presence() == Presence.REVOKED) {
                throw new Refusal(
                        Refusal.Reason.FORBIDDEN, "revoked", "this agent has been shut out");
            }
            return known.get();
        }
        return invite.map(i -> agents.join(i, key, new EntityName(name)))
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.UNAUTHENTICATED,
                                        "unknown-agent",
                                        "this instance does not know this agent: join by an invite"));
    }

    boolean knows(String agentId) {
        return agents.byId(agentId).isPresent();
    }

    byte[] inviteSecretHash(String invite) {
        return agents.inviteSecretHash(invite);
    }

    /// An agent is through the handshake; an older connection of the same agent ends.
    void connected(AgentSocket socket, AgentRecord agent) {
        var before = live.put(agent.id(), socket);
        if (before != null) {
            before.end("replaced", "the same agent connected again");
        }
        silence.connected(agents.byId(agent.id()).orElse(agent), clock.instant());
    }

    void gone(AgentSocket socket, AgentRecord agent) {
        live.remove(agent.id(), socket);
    }

    void heard(AgentRecord agent) {
        silence.heard(agent.id(), clock.instant());
    }

    Instant now() {
        return clock.instant();
    }

    /// What to answer to one message.
    ///
    /// @param clockOff how far its clock is behind ours; below zero when it is ahead
    Optional<ServerMessage> handle(AgentRecord known, AgentMessage message, Duration clockOff) {
        silence.hold(known.id());
        try {
            return answer(known, message, clockOff);
        } finally {
            silence.letGo(known.id(), clock.instant());
        }
    }

    private Optional<ServerMessage> answer(
            AgentRecord known, AgentMessage message, Duration clockOff) {
        var agent = agents.byId(known.id()).orElse(known);
        if (agent.presence() == Presence.REVOKED) {
            throw new Refusal(Refusal.Reason.FORBIDDEN, "revoked", "this agent has been shut out");
        }
        return switch (message) {
            case AgentMessage.Ready ready -> {
                long durable = intake.ready(agent, Json.complete(ready));
                agents.describe(agent.id(), ready, clockOff);
                String found = proposals.version(agent).orElse(null);
                yield Optional.of(new ServerMessage.Position(ready.epoch(), durable, found));
            }
            case AgentMessage.Results results ->
                    Optional.of(
                            new ServerMessage.Ack(
                                    results.epoch(), intake.accept(agent, results, clockOff)));
            case AgentMessage.Gap gap ->
                    Optional.of(
                            new ServerMessage.Ack(
                                    gap.epoch(), intake.gap(agent, Json.complete(gap))));
            case AgentMessage.Heartbeat beat -> {
                clocks.told(agent.id(), Json.complete(beat).at(), clock.instant());
                yield Optional.empty();
            }
            case AgentMessage.Found found -> {
                proposals.found(agent, found);
                yield Optional.empty();
            }
            case AgentMessage.Stopping stopping -> {
                silence.stopping(agent, Json.complete(stopping), clock.instant());
                yield Optional.empty();
            }
            case AgentMessage.Paused paused -> {
                var said = Json.complete(paused);
                yield pauses.said(agent, said)
                        .filter(p -> !p.id().equals(said.pause().id()))
                        .map(p -> new ServerMessage.Paused(p, clock.instant()));
            }
            case AgentMessage.Happened happened ->
                    Optional.of(
                            new ServerMessage.Noted(
                                    hostEvents.note(agent, Json.complete(happened).events())));
        };
    }

    public int connectedCount() {
        return live.size();
    }

    /// Asks the agent of this name to run a check at once; false when it is not connected.
    public boolean runNow(EntityName entity, SystemName system, String check) {
        var socket = agents.byName(entity).map(a -> live.get(a.id()));
        socket.ifPresent(s -> s.send(new ServerMessage.RunNow(system.value(), check)));
        return socket.isPresent();
    }

    /// Asks every connected agent to look at its host again; returns how many were asked.
    public int lookAround() {
        live.values().forEach(s -> s.send(new ServerMessage.LookAround()));
        return live.size();
    }

    /// Tells an agent of its newest pause, if it is connected; otherwise it hears when it is.
    public void sendPause(AgentRecord agent) {
        var socket = live.get(agent.id());
        if (socket != null) {
            pause(agent).ifPresent(socket::send);
        }
    }

    /// What to tell an agent that is ready about a pause that it may not know.
    Optional<ServerMessage> pause(AgentRecord known) {
        return agents.byId(known.id())
                .flatMap(AgentRecord::pause)
                .map(p -> new ServerMessage.Paused(p.pause(), clock.instant()));
    }

    /// Ends the conversation with an agent that was revoked.
    public void shutOut(AgentRecord agent) {
        var socket = live.get(agent.id());
        if (socket != null) {
            socket.end("revoked", "this agent has been shut out");
        }
    }

    /// Has all agents connect anew, as our clock was set.
    public void reconnect() {
        live.values().forEach(s -> s.end("clock-set", "the clock of this server was set"));
    }

    /// Agents come back and hear which keys this instance has now.
    public void keysChanged() {
        live.values().forEach(s -> s.end("keys-changed", "the keys of this instance changed"));
    }

    /// Ends all conversations; agents will come back when there is a server again.
    public void stop() {
        live.values().forEach(s -> s.end("stopping", "this server is stopping"));
    }

    @Override
    public void changing(Tx tx, ManagedSystem before, Optional<ManagedSystem> after, By by) {}

    @Override
    public void changed() {
        live.values().forEach(AgentSocket::sendChecks);
    }

    ServerMessage.Checks checks(AgentRecord known) {
        return assignments.message(agents.byId(known.id()).orElse(known));
    }
}
