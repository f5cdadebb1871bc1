package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.server.access.SecretStore;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Hashes of passwords and recovery codes, a table each.
public final class SqlSecretStore implements SecretStore {
    @Override
    public Optional<String> password(Tx tx, String person) {
        return handle(tx)
                .createQuery("select hash from person_password where person_id = :person")
                .bind("person", person)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public void setPassword(Tx tx, String person, String hash, Instant at) {
        removePassword(tx, person);
        handle(tx)
                .createUpdate(
                        """
                        insert into person_password (person_id, hash, set_ms)
                        values (:person, :hash, :at)
                        """)
                .bind("person", person)
                .bind("hash", hash)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public void removePassword(Tx tx, String person) {
        handle(tx)
                .createUpdate("delete from person_password where person_id = :person")
                .bind("person", person)
                .execute();
    }

    @Override
    public void setCodes(Tx tx, String person, List<String> hashes, Instant at) {
        handle(tx)
                .createUpdate("delete from recovery_code where person_id = :person")
                .bind("person", person)
                .execute();
        for (String hash : hashes) {
            handle(tx)
                    .createUpdate(
                            """
                            insert into recovery_code (code_hash, person_id, made_ms)
                            values (:hash, :person, :at)
                            """)
                    .bind("hash", hash)
                    .bind("person", person)
                    .bind("at", at.toEpochMilli())
                    .execute();
        }
    }

    @Override
    public int countCodes(Tx tx, String person) {
        return handle(tx)
                .createQuery("select count(*) from recovery_code where person_id = :person")
                .bind("person", person)
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public boolean useCode(Tx tx, String person, String hash) {
        return handle(tx)
                        .createUpdate(
                                "delete from recovery_code where code_hash = :hash and person_id ="
                                        + " :person")
                        .bind("hash", hash)
                        .bind("person", person)
                        .execute()
                == 1;
    }
}
