package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.server.access.Invitation;
import aramaki.server.access.InvitationStore;
import aramaki.server.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Invitations in a table.
public final class SqlInvitationStore implements InvitationStore {
    private static final String SELECT =
            "select invitation_id, secret_hash, name, title, grants, invited_by, expires_ms, used,"
                    + " event_hash from invitation";

    @Override
    public List<Invitation> all(Tx tx) {
        return handle(tx)
                .createQuery(SELECT + " order by expires_ms desc, invitation_id")
                .map((rs, _) -> invitation(rs))
                .list();
    }

    @Override
    public Optional<Invitation> bySecret(Tx tx, String secretHash) {
        return handle(tx)
                .createQuery(SELECT + " where secret_hash = :hash")
                .bind("hash", secretHash)
                .map((rs, _) -> invitation(rs))
                .findOne();
    }

    private static Invitation invitation(ResultSet rs) throws SQLException {
        var grants = new ArrayList<JsonNode>();
        Json.tree(rs.getString("grants").getBytes(StandardCharsets.UTF_8)).forEach(grants::add);
        return new Invitation(
                rs.getString("invitation_id"),
                rs.getString("secret_hash"),
                rs.getString("name"),
                rs.getString("title"),
                grants,
                rs.getString("invited_by"),
                Instant.ofEpochMilli(rs.getLong("expires_ms")),
                rs.getInt("used") != 0,
                new Hash(rs.getString("event_hash")));
    }

    @Override
    public void add(Tx tx, Invitation invitation) {
        handle(tx)
                .createUpdate(
                        """
                        insert into invitation (invitation_id, secret_hash, name, title, grants,
                            invited_by, expires_ms, used, event_hash)
                        values (:id, :hash, :name, :title, :grants, :by, :expires, :used, :event)
                        """)
                .bind("id", invitation.id())
                .bind("hash", invitation.secretHash())
                .bind("name", invitation.name())
                .bind("title", invitation.title())
                .bind("grants", Json.text(invitation.grants()))
                .bind("by", invitation.by())
                .bind("expires", invitation.expiresAt().toEpochMilli())
                .bind("used", invitation.used() ? 1 : 0)
                .bind("event", invitation.event().hex())
                .execute();
    }

    @Override
    public void use(Tx tx, String id) {
        handle(tx)
                .createUpdate("update invitation set used = 1 where invitation_id = :id")
                .bind("id", id)
                .execute();
    }
}
