package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.PublicKey;
import aramaki.server.agent.AgentPause;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.AgentStore;
import aramaki.server.agent.AnnouncedStop;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Agents and invites, a table each.
public final class SqlAgentStore implements AgentStore {
    private static final String COLUMNS =
            """
            agent_id, name, public_key, systems, labels, joined_ms, granted, state, seen_ms, version,
            policy, facts, epoch, pause, stop
            """;

    /// An agent has a hundred events under way at the most; these are what it could say again.
    private static final int KEPT = 500;

    @Override
    public List<AgentRecord> agents(Tx tx) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from agent order by name, agent_id")
                .map(SqlAgentStore::toAgent)
                .list();
    }

    @Override
    public Optional<AgentRecord> agent(Tx tx, String id) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from agent where agent_id = :id")
                .bind("id", id)
                .map(SqlAgentStore::toAgent)
                .findOne();
    }

    @Override
    public Optional<AgentRecord> named(Tx tx, EntityName name) {
        return handle(tx)
                .createQuery(
                        "select "
                                + COLUMNS
                                + " from agent where name = :name and state <> :revoked")
                .bind("name", name.value())
                .bind("revoked", Presence.REVOKED.word())
                .map(SqlAgentStore::toAgent)
                .findOne();
    }

    /// The home is the first of the systems, whose names need no escaping in JSON or in a pattern.
    @Override
    public int countSilent(Tx tx, SystemName home) {
        return handle(tx)
                .createQuery(
                        "select count(*) from agent where state = :silent and systems like :home")
                .bind("silent", Presence.SILENT.word())
                .bind("home", "[\"" + home + "\"%")
                .mapTo(Integer.class)
                .one();
    }

    private static AgentRecord toAgent(ResultSet rs, StatementContext context) throws SQLException {
        return new AgentRecord(
                rs.getString("agent_id"),
                new EntityName(rs.getString("name")),
                new PublicKey(rs.getString("public_key")),
                Columns.strings(rs.getString("systems")),
                Columns.labels(rs.getString("labels")),
                Instant.ofEpochMilli(rs.getLong("joined_ms")),
                new Hash(rs.getString("granted")),
                Presence.ofWord(rs.getString("state")),
                Instant.ofEpochMilli(rs.getLong("seen_ms")),
                rs.getString("version"),
                rs.getString("policy"),
                Columns.map(rs.getString("facts")),
                rs.getString("epoch"),
                json(rs.getString("pause"), AgentPause.class),
                json(rs.getString("stop"), AnnouncedStop.class));
    }

    private static <T> Optional<T> json(@Nullable String text, Class<T> type) {
        return Optional.ofNullable(text).map(json -> Json.read(json, type));
    }

    @Override
    public boolean noteHostEvent(Tx tx, String agent, String event, Instant now) {
        int added =
                handle(tx)
                        .createUpdate(
                                """
                                insert into host_event (agent_id, event_id, noted_ms)
                                values (:agent, :event, :now)
                                on conflict (agent_id, event_id) do nothing
                                """)
                        .bind("agent", agent)
                        .bind("event", event)
                        .bind("now", now.toEpochMilli())
                        .execute();
        if (added > 0) {
            handle(tx)
                    .createUpdate(
                            """
                            delete from host_event where agent_id = :agent and event_id in (
                                select event_id from host_event where agent_id = :agent
                                order by noted_ms desc, event_id limit 1000 offset :kept)
                            """)
                    .bind("agent", agent)
                    .bind("kept", KEPT)
                    .execute();
        }
        return added > 0;
    }

    @Override
    public void save(Tx tx, AgentRecord agent) {
        handle(tx)
                .createUpdate(
                        """
                        insert into agent (agent_id, name, public_key, systems, labels, joined_ms,
                            granted, state, seen_ms, version, policy, facts, epoch, pause, stop)
                        values (:id, :name, :key, :systems, :labels, :joined,
                            :granted, :state, :seen, :version, :policy, :facts, :epoch, :pause,
                            :stop)
                        on conflict (agent_id) do update set
                            systems = excluded.systems, labels = excluded.labels,
                            state = excluded.state, seen_ms = excluded.seen_ms,
                            version = excluded.version, policy = excluded.policy,
                            facts = excluded.facts, epoch = excluded.epoch,
                            pause = excluded.pause, stop = excluded.stop
                        """)
                .bind("id", agent.id())
                .bind("name", agent.name().value())
                .bind("key", agent.key().text())
                .bind("systems", Json.text(agent.systems()))
                .bind("labels", Json.text(agent.labels().values()))
                .bind("joined", agent.joinedAt().toEpochMilli())
                .bind("granted", agent.granted().hex())
                .bind("state", agent.presence().word())
                .bind("seen", agent.seenAt().toEpochMilli())
                .bind("version", agent.version())
                .bind("policy", agent.policy())
                .bind("facts", Json.text(agent.facts()))
                .bind("epoch", agent.epoch())
                .bind("pause", agent.pause().map(Json::text).orElse(null))
                .bind("stop", agent.stop().map(Json::text).orElse(null))
                .execute();
    }

    @Override
    public void addInvite(Tx tx, InviteRecord invite) {
        handle(tx)
                .createUpdate(
                        """
                        insert into invite (invite_id, secret_hash, systems, labels, uses_left,
                            expires_ms, event_hash)
                        values (:id, :secret, :systems, :labels, :uses, :expires, :event)
                        """)
                .bind("id", invite.id())
                .bind("secret", invite.secretHash())
                .bind("systems", Json.text(invite.systems()))
                .bind("labels", Json.text(invite.labels().values()))
                .bind("uses", invite.usesLeft())
                .bind("expires", invite.expiresAt().toEpochMilli())
                .bind("event", invite.event().hex())
                .execute();
    }

    @Override
    public Optional<InviteRecord> invite(Tx tx, String id) {
        return handle(tx)
                .createQuery(
                        """
                        select invite_id, secret_hash, systems, labels, uses_left, expires_ms,
                            event_hash
                        from invite where invite_id = :id
                        """)
                .bind("id", id)
                .map(
                        (rs, _) ->
                                new InviteRecord(
                                        rs.getString("invite_id"),
                                        rs.getString("secret_hash"),
                                        Columns.strings(rs.getString("systems")),
                                        Columns.labels(rs.getString("labels")),
                                        rs.getInt("uses_left"),
                                        Instant.ofEpochMilli(rs.getLong("expires_ms")),
                                        new Hash(rs.getString("event_hash"))))
                .findOne();
    }

    @Override
    public void setInviteUses(Tx tx, String id, int usesLeft) {
        handle(tx)
                .createUpdate("update invite set uses_left = :uses where invite_id = :id")
                .bind("uses", usesLeft)
                .bind("id", id)
                .execute();
    }
}
