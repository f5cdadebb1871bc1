package aramaki.server.projection;

import aramaki.model.timeline.EventType;
import aramaki.model.timeline.HybridTime;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.store.Tx;
import aramaki.server.timeline.StoredEvent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which agents were invited, joined and were shut out, and which are silent.
final class AgentFolding implements Folding {
    private final Map<String, Invite> invites = new HashMap<>();
    private final Map<String, Joined> joined = new HashMap<>();
    private final Map<String, Heard> heard = new HashMap<>();

    private final SystemFolding systems;

    AgentFolding(SystemFolding systems) {
        this.systems = systems;
    }

    private record Invite(Payload.AgentInvited said, String hash, int used) {
        Invite usedAgain() {
            return new Invite(said, hash, used + 1);
        }
    }

    private record Joined(Payload.AgentJoined said, StoredEvent event, boolean revoked) {}

    /// The last word about an agent's silence, which several logs have.
    private record Heard(boolean silent, HybridTime at) {}

    @Override
    public Set<EventType> types() {
        return EnumSet.of(
                EventType.AGENT_INVITED,
                EventType.AGENT_JOINED,
                EventType.AGENT_REVOKED,
                EventType.AGENT_SILENT,
                EventType.AGENT_CONNECTED);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        switch (data) {
            case Payload.AgentInvited p ->
                    invites.put(p.invite(), new Invite(p, event.hash().hex(), 0));
            case Payload.AgentJoined p -> {
                joined.put(p.agent(), new Joined(p, event, false));
                invites.computeIfPresent(p.invite(), (_, i) -> i.usedAgain());
            }
            case Payload.AgentRevoked p ->
                    joined.computeIfPresent(
                            p.agent(), (_, j) -> new Joined(j.said(), j.event(), true));
            case Payload.AgentSilent p -> p.agents().forEach(a -> hear(a, true, event));
            case Payload.AgentConnected p -> hear(p.agent(), false, event);
            default -> {} // not of these types
        }
    }

    private void hear(String name, boolean silent, StoredEvent event) {
        heard.merge(
                name,
                new Heard(silent, event.header().recordedAt()),
                (a, b) -> a.at().compareTo(b.at()) > 0 ? a : b);
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        comparison.hold(tx, Table.INVITE, inviteRows());
        comparison.hold(tx, Table.AGENT, agentRows());
        comparison.holdSome(tx, Table.PRESENCE, presences(), revoked());
    }

    private Map<List<String>, List<String>> inviteRows() {
        var rows = new HashMap<List<String>, List<String>>();
        invites.forEach(
                (id, invite) ->
                        rows.put(
                                List.of(id),
                                List.of(
                                        id,
                                        Json.text(invite.said().systems()),
                                        Json.text(invite.said().labels()),
                                        Integer.toString(invite.said().uses() - invite.used()),
                                        millis(invite.said().expiresAt()),
                                        invite.hash())));
        return rows;
    }

    private Map<List<String>, List<String>> agentRows() {
        var rows = new HashMap<List<String>, List<String>>();
        joined.forEach(
                (id, agent) -> {
                    var invite = invites.get(agent.said().invite());
                    if (invite != null) {
                        rows.put(
                                List.of(id),
                                List.of(
                                        id,
                                        agent.said().name(),
                                        agent.said().key(),
                                        Json.text(invite.said().systems()),
                                        Json.text(invite.said().labels()),
                                        millis(agent.event().header().at()),
                                        invite.hash()));
                    }
                });
        return rows;
    }

    /// Names of agents that were shut out are free again: only what was said after one joined is
    /// said of it. What became of one whose home is gone was told nowhere.
    private Map<List<String>, List<String>> presences() {
        var rows = new HashMap<List<String>, List<String>>();
        joined.forEach(
                (id, agent) -> {
                    var last = heard.get(agent.said().name());
                    boolean isSilent =
                            last != null
                                    && last.silent()
                                    && homeIsHere(agent)
                                    && last.at().compareTo(agent.event().header().recordedAt()) > 0;
                    if (agent.revoked()) {
                        rows.put(List.of(id), List.of(id, revoked()));
                    } else if (isSilent) {
                        rows.put(List.of(id), List.of(id, silent()));
                    }
                });
        return rows;
    }

    private boolean homeIsHere(Joined agent) {
        var invite = invites.get(agent.said().invite());
        return invite != null && systems.isHere(invite.said().systems().getFirst());
    }

    private static String revoked() {
        return Presence.REVOKED.word();
    }

    private static String silent() {
        return Presence.SILENT.word();
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }
}
