package aramaki.server.agent;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.protocol.Base32;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.Invite;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.AgentStore.InviteRecord;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Who may speak for hosts: invites, joining, revoking, and the list of agents in memory.
public final class Agents {
    /// The fact about a host that its agent cannot know.
    private static final String CLOCK = "clock";

    private static final int MAX_USES = 100_000;
    private static final Duration MAX_VALIDITY = Duration.ofDays(7);

    private final Store store;
    private final AgentStore agents;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final String instanceId;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, AgentRecord> byId = new ConcurrentHashMap<>();

    public Agents(
            Store store,
            AgentStore agents,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            String instanceId,
            InstantSource clock) {
        this.store = store;
        this.agents = agents;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.instanceId = instanceId;
        this.clock = clock;
    }

    public void start() {
        store.read(agents::agents).forEach(a -> byId.put(a.id(), a));
    }

    public List<AgentRecord> all() {
        var list = new ArrayList<>(byId.values());
        list.sort(Comparator.comparing(AgentRecord::name));
        return list;
    }

    /// The agent of this name; names of revoked agents are free again.
    public Optional<AgentRecord> byName(EntityName name) {
        return byId.values().stream()
                .filter(a -> a.name().equals(name) && a.presence() != Presence.REVOKED)
                .findFirst();
    }

    public Optional<AgentRecord> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// A new invite and what the caller may know of it later.
    public record Issued(Invite invite, Instant expiresAt, int uses) {}

    /// Makes an invite to these systems; the first is the home of those who come.
    public Issued invite(
            URI server, List<String> systems, Labels labels, int uses, Duration validity, By by) {
        if (systems.isEmpty()) {
            throw Refusal.invalid("no-system", "name at least one system the agent shall serve");
        }
        if (uses < 1 || uses > MAX_USES) {
            throw Refusal.invalid("bad-uses", "uses must be 1 to " + MAX_USES);
        }
        if (!validity.isPositive() || validity.compareTo(MAX_VALIDITY) > 0) {
            throw Refusal.invalid("bad-expiry", "an invite is valid for at most 7 days");
        }
        if (systems.getFirst().equals(AgentRecord.ALL_OF_FOLDER)) {
            throw Refusal.invalid(
                    "no-home",
                    "the first system is where alerts about the agent go: name one before \"*\"");
        }
        systems.stream().filter(s -> !s.equals(AgentRecord.ALL_OF_FOLDER)).forEach(SystemName::new);
        byte[] idBytes = new byte[10];
        random.nextBytes(idBytes);
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String id = "v_" + Base32.encode(idBytes);
        var now = clock.instant();
        var expiresAt = now.plus(validity);
        store.write(
                tx -> {
                    var payload =
                            new Payload.AgentInvited(id, systems, labels.values(), uses, expiresAt);
                    var event = log.append(tx, instanceSystem.get(), payload, now, by);
                    agents.addInvite(
                            tx,
                            new InviteRecord(
                                    id,
                                    HexFormat.of().formatHex(Digests.sha256(secret)),
                                    systems,
                                    labels,
                                    uses,
                                    expiresAt,
                                    event.hash()));
                    return id;
                });
        return new Issued(
                new Invite(server, instanceId, id, Base64Url.encode(secret)), expiresAt, uses);
    }

    /// The hash of an invite's secret, against which the agent's proof is checked.
    public byte[] inviteSecretHash(String inviteId) {
        return HexFormat.of().parseHex(store.read(tx -> usable(tx, inviteId)).secretHash());
    }

    /// Takes in an agent whose proof was verified. The same key joining again is the same agent.
    public AgentRecord join(String inviteId, PublicKey key, EntityName name) {
        return store.write(tx -> join(tx, inviteId, key, name));
    }

    private AgentRecord join(Tx tx, String inviteId, PublicKey key, EntityName name) {
        String id = Handshake.agentId(key);
        var known = agents.agent(tx, id);
        if (known.isPresent()) {
            refuseRevoked(known.get());
            return known.get();
        }
        var invite = usable(tx, inviteId);
        if (agents.named(tx, name).isPresent()) {
            throw Refusal.conflict(
                    "name-taken",
                    "there is an agent "
                            + name
                            + " already: join with another --name, or revoke that one first");
        }
        var now = clock.instant();
        agents.setInviteUses(tx, inviteId, invite.usesLeft() - 1);
        var agent =
                new AgentRecord(
                        id,
                        name,
                        key,
                        invite.systems(),
                        invite.labels(),
                        now,
                        invite.event(),
                        Presence.CONNECTED,
                        now,
                        "",
                        "",
                        Map.of(),
                        "",
                        Optional.empty(),
                        Optional.empty());
        agents.save(tx, agent);
        var payload = new Payload.AgentJoined(id, name.value(), key.text(), inviteId);
        log.append(tx, instanceSystem.get(), payload, now, By.admitted(id, invite.event()));
        tx.afterCommit(() -> byId.put(id, agent));
        return agent;
    }

    private InviteRecord usable(Tx tx, String inviteId) {
        var invite =
                agents.invite(tx, inviteId)
                        .orElseThrow(() -> unusable("there is no invite " + inviteId + " here"));
        if (invite.usesLeft() < 1) {
            throw unusable("this invite has been used up: ask for a new one");
        }
        if (!invite.expiresAt().isAfter(clock.instant())) {
            throw unusable("this invite expired at " + invite.expiresAt() + ": ask for a new one");
        }
        return invite;
    }

    private static Refusal unusable(String message) {
        return new Refusal(Refusal.Reason.FORBIDDEN, "invite-unusable", message);
    }

    private static void refuseRevoked(AgentRecord agent) {
        if (agent.presence() == Presence.REVOKED) {
            throw new Refusal(Refusal.Reason.FORBIDDEN, "revoked", "this agent has been shut out");
        }
    }

    /// Shuts an agent out for good; its id is never used again.
    public AgentRecord revoke(EntityName name, String reason, By by) {
        return store.write(
                tx -> {
                    var agent =
                            agents.named(tx, name)
                                    .orElseThrow(() -> Refusal.notFound("agent", name.value()));
                    var payload = new Payload.AgentRevoked(agent.id(), name.value(), reason);
                    log.append(tx, instanceSystem.get(), payload, clock.instant(), by);
                    return change(tx, agent.id(), a -> a.seen(Presence.REVOKED, a.seenAt()));
                });
    }

    public AgentRecord describe(String id, AgentMessage.Ready ready) {
        return describe(id, ready, Duration.ZERO);
    }

    /// Notes what an agent says of itself when it is ready.
    ///
    /// @param clockOff how far its clock is behind ours; below zero when it is ahead
    public AgentRecord describe(String id, AgentMessage.Ready ready, Duration clockOff) {
        var facts = new TreeMap<>(ready.facts());
        facts.remove(CLOCK);
        if (!clockOff.isZero()) {
            facts.put(
                    CLOCK,
                    clockOff.abs().toSeconds()
                            + (clockOff.isNegative() ? " s ahead of us" : " s behind us"));
        }
        return store.write(
                tx ->
                        change(
                                tx,
                                id,
                                a ->
                                        a.ready(
                                                ready.version(),
                                                ready.policy(),
                                                facts,
                                                ready.epoch())));
    }

    /// Changes an agent in the store and, once durable, in memory. What it was is read within the
    /// unit: memory may lack what an earlier unit of the same commit did. One that was shut out
    /// stays so.
    AgentRecord change(Tx tx, String id, UnaryOperator<AgentRecord> change) {
        var before = agents.agent(tx, id).orElseThrow();
        refuseRevoked(before);
        var after = change.apply(before);
        agents.save(tx, after);
        tx.afterCommit(() -> byId.put(id, after));
        return after;
    }
}
