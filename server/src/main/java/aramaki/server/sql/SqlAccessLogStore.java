package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.server.audit.AccessEntry;
import aramaki.server.audit.AccessLogStore;
import aramaki.server.audit.Asked;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The access log in two tables: its lines, and the events that their requests caused.
public final class SqlAccessLogStore implements AccessLogStore {
    private static final int HASHES = 500;

    @Override
    public long lastId(Tx tx) {
        return handle(tx)
                .createQuery("select coalesce(max(entry_id), 0) from access_log")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void save(Tx tx, AccessEntry entry) {
        var asked = entry.asked();
        handle(tx)
                .createUpdate(
                        """
                        insert into access_log (entry_id, at_ms, until_ms, times, person_id,
                            credential, grant_hash, address, method, path, parameters, filters,
                            system, status, caused)
                        values (:id, :at, :until, :times, :person, :credential, :grant, :address,
                            :method, :path, :parameters, :filters, :system, :status, :caused)
                        on conflict (entry_id) do update set
                            until_ms = excluded.until_ms, times = excluded.times
                        """)
                .bind("id", entry.id())
                .bind("at", asked.at().toEpochMilli())
                .bind("until", entry.until().toEpochMilli())
                .bind("times", entry.times())
                .bind("person", asked.person())
                .bind("credential", asked.credential())
                .bind("grant", asked.grant().map(Hash::hex).orElse(""))
                .bind("address", asked.address())
                .bind("method", asked.method().name())
                .bind("path", asked.path())
                .bind("parameters", Json.text(asked.parameters()))
                .bind("filters", Json.text(asked.filters()))
                .bind("system", entry.system())
                .bind("status", asked.status())
                .bind("caused", asked.events().size())
                .execute();
        if (asked.events().isEmpty()) {
            return;
        }
        var batch =
                handle(tx)
                        .prepareBatch(
                                """
                                insert into access_log_event (event_hash, entry_id)
                                values (:event, :id) on conflict (event_hash) do nothing
                                """);
        asked.events().forEach(e -> batch.bind("event", e.hex()).bind("id", entry.id()).add());
        batch.execute();
    }

    @Override
    public List<AccessEntry> find(Tx tx, Query query) {
        var sql = new StringBuilder("select * from access_log where entry_id < :before");
        if (query.looksOnly()) {
            sql.append(" and caused = 0");
        }
        query.person().ifPresent(_ -> sql.append(" and person_id = :person"));
        query.system().ifPresent(_ -> sql.append(" and system = :system"));
        query.since().ifPresent(_ -> sql.append(" and until_ms >= :since"));
        query.until().ifPresent(_ -> sql.append(" and at_ms <= :until"));
        sql.append(" order by entry_id desc limit :limit");
        var statement =
                handle(tx)
                        .createQuery(sql.toString())
                        .bind("before", query.before())
                        .bind("limit", query.limit());
        query.person().ifPresent(person -> statement.bind("person", person));
        query.system().ifPresent(system -> statement.bind("system", system));
        query.since().ifPresent(t -> statement.bind("since", t.toEpochMilli()));
        query.until().ifPresent(t -> statement.bind("until", t.toEpochMilli()));
        return statement.map((rs, _) -> entry(rs)).list();
    }

    @Override
    public Map<Hash, AccessEntry> causing(Tx tx, Collection<Hash> events) {
        var found = new HashMap<Hash, AccessEntry>();
        var hashes = events.stream().map(Hash::hex).toList();
        for (int from = 0; from < hashes.size(); from += HASHES) {
            handle(tx)
                    .createQuery(
                            """
                            select e.event_hash, a.* from access_log_event e
                            join access_log a on a.entry_id = e.entry_id
                            where e.event_hash in (<events>)
                            """)
                    .bindList(
                            "events", hashes.subList(from, Math.min(from + HASHES, hashes.size())))
                    .map((rs, _) -> Map.entry(new Hash(rs.getString("event_hash")), entry(rs)))
                    .forEach(e -> found.put(e.getKey(), e.getValue()));
        }
        return found;
    }

    @Override
    public List<Place> places(Tx tx, String person, int limit) {
        return handle(tx)
                .createQuery(
                        """
                        select address, credential, min(at_ms) as since_ms,
                            max(until_ms) as last_ms, sum(times) as total
                        from access_log where person_id = :person
                        group by address, credential
                        order by last_ms desc, address, credential limit :limit
                        """)
                .bind("person", person)
                .bind("limit", limit)
                .map(
                        (rs, _) ->
                                new Place(
                                        rs.getString("address"),
                                        rs.getString("credential"),
                                        Instant.ofEpochMilli(rs.getLong("since_ms")),
                                        Instant.ofEpochMilli(rs.getLong("last_ms")),
                                        rs.getLong("total")))
                .list();
    }

    @Override
    public int prune(Tx tx, Instant before, int limit) {
        var old =
                handle(tx)
                        .createQuery(
                                """
                                select entry_id from access_log where until_ms < :before
                                order by until_ms limit :limit
                                """)
                        .bind("before", before.toEpochMilli())
                        .bind("limit", limit)
                        .mapTo(Long.class)
                        .list();
        if (!old.isEmpty()) {
            for (String table : List.of("access_log_event", "access_log")) {
                handle(tx)
                        .createUpdate("delete from " + table + " where entry_id in (<ids>)")
                        .bindList("ids", old)
                        .execute();
            }
        }
        return old.size();
    }

    private static AccessEntry entry(ResultSet rs) throws SQLException {
        String grant = rs.getString("grant_hash");
        var asked =
                new Asked(
                        Instant.ofEpochMilli(rs.getLong("at_ms")),
                        rs.getString("person_id"),
                        rs.getString("credential"),
                        grant.isEmpty() ? Optional.empty() : Optional.of(new Hash(grant)),
                        rs.getString("address"),
                        Asked.Method.valueOf(rs.getString("method")),
                        rs.getString("path"),
                        new TreeMap<>(Columns.map(rs.getString("parameters"))),
                        Columns.strings(rs.getString("filters")),
                        rs.getInt("status"),
                        List.of());
        return new AccessEntry(
                rs.getLong("entry_id"),
                asked,
                Instant.ofEpochMilli(rs.getLong("until_ms")),
                rs.getInt("times"),
                rs.getString("system"));
    }
}
