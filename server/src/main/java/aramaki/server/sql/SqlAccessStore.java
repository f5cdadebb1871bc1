package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.timeline.Hash;
import aramaki.server.access.AccessStore;
import aramaki.server.access.Person;
import aramaki.server.access.Proof;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// People and their credentials, a table each.
public final class SqlAccessStore implements AccessStore {
    private static final String SELECT =
            "select secret_hash, kind, person_id, label, proof, created_ms, used_ms, proved_ms,"
                    + " expires_ms, own_grants from credential";

    @Override
    public List<Person> people(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select person_id, name, title, role, admitted, disabled, since_ms, seen_ms
                        from person order by person_id
                        """)
                .map(
                        (rs, _) ->
                                new Person(
                                        rs.getString("person_id"),
                                        rs.getString("name"),
                                        rs.getString("title"),
                                        rs.getString("role"),
                                        new Hash(rs.getString("admitted")),
                                        rs.getInt("disabled") != 0,
                                        Instant.ofEpochMilli(rs.getLong("since_ms")),
                                        Instant.ofEpochMilli(rs.getLong("seen_ms"))))
                .list();
    }

    @Override
    public void addPerson(Tx tx, Person person) {
        handle(tx)
                .createUpdate(
                        """
                        insert into person (person_id, name, title, role, admitted, disabled,
                            since_ms, seen_ms)
                        values (:id, :name, :title, :role, :admitted, :disabled, :since, :seen)
                        """)
                .bind("id", person.id())
                .bind("name", person.name())
                .bind("title", person.title())
                .bind("role", person.role())
                .bind("admitted", person.admitted().hex())
                .bind("disabled", person.disabled() ? 1 : 0)
                .bind("since", person.since().toEpochMilli())
                .bind("seen", person.seenAt().toEpochMilli())
                .execute();
    }

    @Override
    public void disable(Tx tx, String person, boolean disabled) {
        handle(tx)
                .createUpdate("update person set disabled = :disabled where person_id = :id")
                .bind("disabled", disabled ? 1 : 0)
                .bind("id", person)
                .execute();
    }

    @Override
    public void saw(Tx tx, String person, Instant at) {
        handle(tx)
                .createUpdate("update person set seen_ms = :at where person_id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", person)
                .execute();
    }

    @Override
    public void add(Tx tx, Credential credential) {
        handle(tx)
                .createUpdate(
                        """
                        insert into credential (secret_hash, kind, person_id, label, proof,
                            created_ms, used_ms, proved_ms, expires_ms, own_grants)
                        values (:hash, :kind, :person, :label, :proof, :created, :used, :proved,
                            :expires, :own)
                        """)
                .bind("hash", credential.secretHash())
                .bind("kind", credential.kind().name().toLowerCase(Locale.ROOT))
                .bind("person", credential.person())
                .bind("label", credential.label())
                .bind("proof", credential.proof().word())
                .bind("created", credential.createdAt().toEpochMilli())
                .bind("used", credential.usedAt().toEpochMilli())
                .bind("proved", credential.provedAt().toEpochMilli())
                .bind("expires", credential.expiresAt().toEpochMilli())
                .bind("own", credential.ownGrants() ? 1 : 0)
                .execute();
    }

    @Override
    public Optional<Credential> find(Tx tx, String secretHash) {
        return handle(tx)
                .createQuery(SELECT + " where secret_hash = :hash")
                .bind("hash", secretHash)
                .map((rs, _) -> credential(rs))
                .findOne();
    }

    @Override
    public List<Credential> of(Tx tx, String person) {
        return handle(tx)
                .createQuery(
                        SELECT
                                + " where person_id = :person order by created_ms desc,"
                                + " secret_hash")
                .bind("person", person)
                .map((rs, _) -> credential(rs))
                .list();
    }

    private static Credential credential(ResultSet rs) throws SQLException {
        return new Credential(
                rs.getString("secret_hash"),
                Kind.valueOf(rs.getString("kind").toUpperCase(Locale.ROOT)),
                rs.getString("person_id"),
                rs.getString("label"),
                Proof.ofWord(rs.getString("proof")),
                Instant.ofEpochMilli(rs.getLong("created_ms")),
                Instant.ofEpochMilli(rs.getLong("used_ms")),
                Instant.ofEpochMilli(rs.getLong("proved_ms")),
                Instant.ofEpochMilli(rs.getLong("expires_ms")),
                rs.getInt("own_grants") != 0);
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
    public List<Credential> over(Tx tx, Instant now, Instant idleSince) {
        return handle(tx)
                .createQuery(
                        SELECT
                                + " where expires_ms <= :now"
                                + " or (kind = 'session' and used_ms <= :idle)")
                .bind("now", now.toEpochMilli())
                .bind("idle", idleSince.toEpochMilli())
                .map((rs, _) -> credential(rs))
                .list();
    }
}
