package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.server.access.LinkedIdentity;
import aramaki.server.access.LinkedIdentityStore;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Linked identities in a table.
public final class SqlLinkedIdentityStore implements LinkedIdentityStore {
    private static final String SELECT =
            "select issuer, subject, person_id, organisation, linked_ms, used_ms from"
                    + " linked_identity";
    private static final String THIS = " where issuer = :issuer and subject = :subject";

    @Override
    public List<LinkedIdentity> of(Tx tx, String person) {
        return handle(tx)
                .createQuery(
                        SELECT + " where person_id = :person order by linked_ms, issuer, subject")
                .bind("person", person)
                .map((rs, _) -> identity(rs))
                .list();
    }

    @Override
    public Optional<LinkedIdentity> find(Tx tx, String issuer, String subject) {
        return handle(tx)
                .createQuery(SELECT + THIS)
                .bind("issuer", issuer)
                .bind("subject", subject)
                .map((rs, _) -> identity(rs))
                .findOne();
    }

    private static LinkedIdentity identity(ResultSet rs) throws SQLException {
        return new LinkedIdentity(
                rs.getString("issuer"),
                rs.getString("subject"),
                rs.getString("person_id"),
                rs.getString("organisation"),
                Instant.ofEpochMilli(rs.getLong("linked_ms")),
                Instant.ofEpochMilli(rs.getLong("used_ms")));
    }

    @Override
    public void add(Tx tx, LinkedIdentity identity) {
        handle(tx)
                .createUpdate(
                        """
                        insert into linked_identity (issuer, subject, person_id, organisation,
                            linked_ms, used_ms)
                        values (:issuer, :subject, :person, :organisation, :linked, :used)
                        """)
                .bind("issuer", identity.issuer())
                .bind("subject", identity.subject())
                .bind("person", identity.person())
                .bind("organisation", identity.organisation())
                .bind("linked", identity.linkedAt().toEpochMilli())
                .bind("used", identity.usedAt().toEpochMilli())
                .execute();
    }

    @Override
    public void used(Tx tx, String issuer, String subject, Instant at) {
        handle(tx)
                .createUpdate("update linked_identity set used_ms = :at" + THIS)
                .bind("at", at.toEpochMilli())
                .bind("issuer", issuer)
                .bind("subject", subject)
                .execute();
    }

    @Override
    public void remove(Tx tx, String issuer, String subject) {
        handle(tx)
                .createUpdate("delete from linked_identity" + THIS)
                .bind("issuer", issuer)
                .bind("subject", subject)
                .execute();
    }
}
