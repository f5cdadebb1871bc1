package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.grant.Grant;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload.GrantGiven;
import aramaki.server.grant.GrantDocument;
import aramaki.server.grant.GrantStore;
import aramaki.server.store.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Grants, and what they cover, a table each.
public final class SqlGrantStore implements GrantStore {
    private static final String COLUMNS =
            "g.grant_id, g.document, g.giver, g.given_ms, g.ended_ms, g.awake_ms";

    @Override
    public List<Grant> all(Tx tx) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from grant_given g order by g.grant_id")
                .map((rs, _) -> grant(rs))
                .list();
    }

    @Override
    public List<Cover> covers(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select event_hash, grant_id, system_id from grant_cover
                        where ended = 0 order by event_hash
                        """)
                .map(
                        (rs, _) ->
                                new Cover(
                                        new Hash(rs.getString("event_hash")),
                                        new Hash(rs.getString("grant_id")),
                                        new SystemId(rs.getString("system_id"))))
                .list();
    }

    @Override
    public void add(Tx tx, Grant grant) {
        handle(tx)
                .createUpdate(
                        """
                        insert into grant_given (grant_id, holder, document, giver, given_ms,
                            ended_ms, awake_ms)
                        values (:id, :holder, :document, :giver, :given, 0, 0)
                        """)
                .bind("id", grant.id().hex())
                .bind("holder", grant.holder())
                .bind("document", GrantDocument.text(grant))
                .bind("giver", grant.giver())
                .bind("given", grant.givenAt().toEpochMilli())
                .execute();
    }

    @Override
    public void end(Tx tx, Hash grant, Instant at) {
        handle(tx)
                .createUpdate("update grant_given set ended_ms = :at where grant_id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", grant.hex())
                .execute();
    }

    @Override
    public void wake(Tx tx, Hash grant, Instant until) {
        handle(tx)
                .createUpdate("update grant_given set awake_ms = :until where grant_id = :id")
                .bind("until", until.toEpochMilli())
                .bind("id", grant.hex())
                .execute();
    }

    @Override
    public void cover(Tx tx, Cover cover) {
        handle(tx)
                .createUpdate(
                        """
                        insert into grant_cover (event_hash, grant_id, system_id, ended)
                        values (:event, :grant, :system, 0)
                        """)
                .bind("event", cover.event().hex())
                .bind("grant", cover.grant().hex())
                .bind("system", cover.system().value())
                .execute();
    }

    @Override
    public void uncover(Tx tx, Hash event) {
        handle(tx)
                .createUpdate("update grant_cover set ended = 1 where event_hash = :event")
                .bind("event", event.hex())
                .execute();
    }

    @Override
    public Optional<Grant> named(Tx tx, Hash hash) {
        return handle(tx)
                .createQuery(
                        "select "
                                + COLUMNS
                                + """
                                 from grant_given g where g.grant_id = :hash
                                    or g.grant_id in (select c.grant_id from grant_cover c
                                        where c.event_hash = :hash and c.ended = 0)
                                """)
                .bind("hash", hash.hex())
                .map((rs, _) -> grant(rs))
                .findFirst();
    }

    @Override
    public String nameOf(Tx tx, String holder) {
        return handle(tx)
                .createQuery(
                        """
                        select name from person where person_id = :holder
                        union all
                        select 'the token ' || c.label || ' of ' || p.name
                        from credential c join person p on p.person_id = c.person_id
                        where c.own_grants <> 0 and 't_' || substr(c.secret_hash, 1, 16) = :holder
                        """)
                .bind("holder", holder)
                .mapTo(String.class)
                .findFirst()
                .orElse(holder);
    }

    @Override
    public Optional<String> personOfToken(Tx tx, String holder) {
        return handle(tx)
                .createQuery(
                        """
                        select person_id from credential
                        where own_grants <> 0 and 't_' || substr(secret_hash, 1, 16) = :holder
                        """)
                .bind("holder", holder)
                .mapTo(String.class)
                .findFirst();
    }

    @Override
    public boolean shutOut(Tx tx, String person) {
        return handle(tx)
                .createQuery(
                        """
                        select count(*) from person where person_id = :person and disabled <> 0
                        """)
                .bind("person", person)
                .mapTo(Integer.class)
                .map(count -> count > 0)
                .one();
    }

    @Override
    public boolean admitted(Tx tx, String person, Hash hash) {
        return handle(tx)
                .createQuery(
                        """
                        select count(*) from person where person_id = :person and admitted = :hash
                        """)
                .bind("person", person)
                .bind("hash", hash.hex())
                .mapTo(Integer.class)
                .map(count -> count > 0)
                .one();
    }

    private static Grant grant(ResultSet rs) throws SQLException {
        var said =
                Json.read(
                        rs.getString("document").getBytes(StandardCharsets.UTF_8),
                        GrantGiven.class);
        var grant =
                GrantDocument.read(
                        new Hash(rs.getString("grant_id")),
                        said,
                        rs.getString("giver"),
                        Instant.ofEpochMilli(rs.getLong("given_ms")));
        long awake = rs.getLong("awake_ms");
        if (awake > 0) {
            grant = grant.invoked(Instant.ofEpochMilli(awake));
        }
        long ended = rs.getLong("ended_ms");
        return ended > 0 ? grant.ended(Instant.ofEpochMilli(ended)) : grant;
    }
}
