package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.timeline.Hash;
import aramaki.server.access.AccessStore;
import aramaki.server.access.Caller;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// People and their credentials, a table each.
public final class SqlAccessStore implements AccessStore {
    @Override
    public List<Caller> people(Tx tx) {
        return handle(tx)
                .createQuery(
                        "select person_id, name, role, admitted from person order by person_id")
                .map(
                        (rs, _) ->
                                new Caller(
                                        rs.getString("person_id"),
                                        rs.getString("name"),
                                        rs.getString("role"),
                                        new Hash(rs.getString("admitted"))))
                .list();
    }

    @Override
    public void addPerson(Tx tx, Caller person) {
        handle(tx)
                .createUpdate(
                        """
                        insert into person (person_id, name, role, admitted)
                        values (:id, :name, :role, :admitted)
                        """)
                .bind("id", person.person())
                .bind("name", person.name())
                .bind("role", person.role())
                .bind("admitted", person.admitted().hex())
                .execute();
    }

    @Override
    public void add(Tx tx, Credential credential) {
        handle(tx)
                .createUpdate(
                        """
                        insert into credential (secret_hash, kind, person_id, label, created_ms,
                            used_ms, expires_ms)
                        values (:hash, :kind, :person, :label, :created, :used, :expires)
                        """)
                .bind("hash", credential.secretHash())
                .bind("kind", credential.kind().name().toLowerCase(Locale.ROOT))
                .bind("person", credential.person())
                .bind("label", credential.label())
                .bind("created", credential.createdAt().toEpochMilli())
                .bind("used", credential.usedAt().toEpochMilli())
                .bind("expires", credential.expiresAt().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Credential> find(Tx tx, String secretHash) {
        return handle(tx)
                .createQuery(
                        """
                        select secret_hash, kind, person_id, label, created_ms, used_ms, expires_ms
                        from credential where secret_hash = :hash
                        """)
                .bind("hash", secretHash)
                .map(
                        (rs, _) ->
                                new Credential(
                                        rs.getString("secret_hash"),
                                        Kind.valueOf(rs.getString("kind").toUpperCase(Locale.ROOT)),
                                        rs.getString("person_id"),
                                        rs.getString("label"),
                                        Instant.ofEpochMilli(rs.getLong("created_ms")),
                                        Instant.ofEpochMilli(rs.getLong("used_ms")),
                                        Instant.ofEpochMilli(rs.getLong("expires_ms"))))
                .findOne();
    }

    @Override
    public void touch(Tx tx, String secretHash, Instant usedAt) {
        handle(tx)
                .createUpdate("update credential set used_ms = :used where secret_hash = :hash")
                .bind("used", usedAt.toEpochMilli())
                .bind("hash", secretHash)
                .execute();
    }

    @Override
    public void remove(Tx tx, String secretHash) {
        handle(tx)
                .createUpdate("delete from credential where secret_hash = :hash")
                .bind("hash", secretHash)
                .execute();
    }

    @Override
    public void removeExpired(Tx tx, Instant now) {
        handle(tx)
                .createUpdate("delete from credential where expires_ms < :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
