package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage.Proposed;
import aramaki.server.proposal.ProposalStore;
import aramaki.server.store.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/// Proposals as documents in one table, beside what was told last and what was left.
public final class SqlProposalStore implements ProposalStore {
    @Override
    public Optional<Told> told(Tx tx, String agent) {
        return handle(tx)
                .createQuery(
                        """
                        select version, told_ms, dropped, reason from proposal_set
                        where agent_id = :agent
                        """)
                .bind("agent", agent)
                .map(
                        (rs, _) ->
                                new Told(
                                        rs.getString("version"),
                                        Instant.ofEpochMilli(rs.getLong("told_ms")),
                                        rs.getInt("dropped"),
                                        rs.getString("reason")))
                .findOne();
    }

    @Override
    public void replace(Tx tx, String agent, Told told, List<Row> rows) {
        handle(tx)
                .createUpdate("delete from proposal where agent_id = :agent")
                .bind("agent", agent)
                .execute();
        if (!rows.isEmpty()) {
            var batch =
                    handle(tx)
                            .prepareBatch(
                                    """
                                    insert into proposal (agent_id, proposal_id, found_ms, document)
                                    values (:agent, :id, :found, :document)
                                    """);
            for (var row : rows) {
                batch.bind("agent", agent)
                        .bind("id", row.proposed().id())
                        .bind("found", row.foundAt().toEpochMilli())
                        .bind("document", Json.text(row.proposed()))
                        .add();
            }
            batch.execute();
        }
        handle(tx)
                .createUpdate(
                        """
                        insert into proposal_set (agent_id, version, told_ms, dropped, reason)
                        values (:agent, :version, :told, :dropped, :reason)
                        on conflict (agent_id) do update set
                            version = excluded.version, told_ms = excluded.told_ms,
                            dropped = excluded.dropped, reason = excluded.reason
                        """)
                .bind("agent", agent)
                .bind("version", told.version())
                .bind("told", told.at().toEpochMilli())
                .bind("dropped", told.dropped())
                .bind("reason", told.reason())
                .execute();
    }

    @Override
    public List<Row> ofAgent(Tx tx, String agent) {
        return handle(tx)
                .createQuery(
                        """
                        select agent_id, found_ms, document from proposal
                        where agent_id = :agent order by proposal_id
                        """)
                .bind("agent", agent)
                .map(SqlProposalStore::toRow)
                .list();
    }

    @Override
    public List<Row> all(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select agent_id, found_ms, document from proposal
                        order by agent_id, proposal_id
                        """)
                .map(SqlProposalStore::toRow)
                .list();
    }

    private static Row toRow(ResultSet rs, StatementContext context) throws SQLException {
        byte[] document = rs.getString("document").getBytes(StandardCharsets.UTF_8);
        return new Row(
                rs.getString("agent_id"),
                Instant.ofEpochMilli(rs.getLong("found_ms")),
                Json.read(document, Proposed.class));
    }

    @Override
    public void leave(Tx tx, Left left) {
        handle(tx)
                .createUpdate(
                        """
                        insert into proposal_left (agent_id, proposal_id, evidence, person, left_ms)
                        values (:agent, :id, :evidence, :person, :left)
                        on conflict (agent_id, proposal_id) do update set
                            evidence = excluded.evidence, person = excluded.person,
                            left_ms = excluded.left_ms
                        """)
                .bind("agent", left.agent())
                .bind("id", left.proposal())
                .bind("evidence", left.evidence())
                .bind("person", left.person())
                .bind("left", left.at().toEpochMilli())
                .execute();
    }

    @Override
    public List<Left> left(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select agent_id, proposal_id, evidence, person, left_ms from proposal_left
                        order by agent_id, proposal_id
                        """)
                .map(
                        (rs, _) ->
                                new Left(
                                        rs.getString("agent_id"),
                                        rs.getString("proposal_id"),
                                        rs.getString("evidence"),
                                        rs.getString("person"),
                                        Instant.ofEpochMilli(rs.getLong("left_ms"))))
                .list();
    }
}
