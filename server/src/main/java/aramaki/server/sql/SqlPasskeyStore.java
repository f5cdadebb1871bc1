package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.server.access.Passkey;
import aramaki.server.access.PasskeyStore;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Passkeys in a table.
public final class SqlPasskeyStore implements PasskeyStore {
    private static final String SELECT =
            "select passkey_id, person_id, label, host, public_key, added_ms, used_ms, uses from"
                    + " passkey";

    @Override
    public List<Passkey> of(Tx tx, String person) {
        return handle(tx)
                .createQuery(SELECT + " where person_id = :person order by added_ms, passkey_id")
                .bind("person", person)
                .map((rs, _) -> passkey(rs))
                .list();
    }

    @Override
    public Optional<Passkey> find(Tx tx, String id) {
        return handle(tx)
                .createQuery(SELECT + " where passkey_id = :id")
                .bind("id", id)
                .map((rs, _) -> passkey(rs))
                .findOne();
    }

    private static Passkey passkey(ResultSet rs) throws SQLException {
        return new Passkey(
                rs.getString("passkey_id"),
                rs.getString("person_id"),
                rs.getString("label"),
                rs.getString("host"),
                rs.getString("public_key"),
                Instant.ofEpochMilli(rs.getLong("added_ms")),
                Instant.ofEpochMilli(rs.getLong("used_ms")),
                rs.getLong("uses"));
    }

    @Override
    public void add(Tx tx, Passkey passkey) {
        handle(tx)
                .createUpdate(
                        """
                        insert into passkey (passkey_id, person_id, label, host, public_key,
                            added_ms, used_ms, uses)
                        values (:id, :person, :label, :host, :key, :added, :used, :uses)
                        """)
                .bind("id", passkey.id())
                .bind("person", passkey.person())
                .bind("label", passkey.label())
                .bind("host", passkey.host())
                .bind("key", passkey.publicKey())
                .bind("added", passkey.addedAt().toEpochMilli())
                .bind("used", passkey.usedAt().toEpochMilli())
                .bind("uses", passkey.uses())
                .execute();
    }

    @Override
    public void used(Tx tx, String id, Instant at, long uses) {
        handle(tx)
                .createUpdate(
                        "update passkey set used_ms = :at, uses = :uses where passkey_id = :id")
                .bind("at", at.toEpochMilli())
                .bind("uses", uses)
                .bind("id", id)
                .execute();
    }

    @Override
    public void remove(Tx tx, String id) {
        handle(tx)
                .createUpdate("delete from passkey where passkey_id = :id")
                .bind("id", id)
                .execute();
    }
}
