package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.HybridTime;
import aramaki.model.timeline.LogId;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs in two tables: the events, and where each log ends.
public final class SqlEventStore implements EventStore {
    private static final Logger log = LoggerFactory.getLogger(SqlEventStore.class);
    private static final String COLUMNS = "position, header, salt, payload";

    @Override
    public End end(Tx tx, LogId log) {
        return handle(tx)
                .createQuery(
                        """
                        select epoch, seq, hash from log_end
                        where system_id = :system and event_class = :class
                        """)
                .bind("system", log.system().value())
                .bind("class", log.eventClass().word())
                .map(
                        (rs, _) ->
                                new End(
                                        rs.getLong("epoch"),
                                        rs.getLong("seq"),
                                        new Hash(rs.getString("hash"))))
                .findOne()
                .orElse(End.NOTHING);
    }

    @Override
    public long epoch(Tx tx) {
        return handle(tx)
                .createQuery("select coalesce(max(epoch), 0) from restoration")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long append(Tx tx, StoredEvent event) {
        var header = event.header();
        long position =
                handle(tx)
                        .createUpdate(
                                """
                                insert into event (system_id, event_class, epoch, seq, hash,
                                    event_type, at_ms, wall_ms, wall_counter, header, salt, payload)
                                values (:system, :class, :epoch, :seq, :hash,
                                    :type, :at, :wall, :counter, :header, :salt, :payload)
                                """)
                        .bind("system", header.log().system().value())
                        .bind("class", header.log().eventClass().word())
                        .bind("epoch", header.epoch())
                        .bind("seq", header.seq())
                        .bind("hash", event.hash().hex())
                        .bind("type", header.type())
                        .bind("at", header.at().toEpochMilli())
                        .bind("wall", header.recordedAt().wallMillis())
                        .bind("counter", header.recordedAt().counter())
                        .bind("header", event.headerBytes())
                        .bind("salt", event.salt())
                        .bind("payload", event.payload())
                        .executeAndReturnGeneratedKeys("position")
                        .mapTo(Long.class)
                        .one();
        handle(tx)
                .createUpdate(
                        """
                        insert into log_end (system_id, event_class, epoch, seq, hash,
                            wall_ms, wall_counter)
                        values (:system, :class, :epoch, :seq, :hash, :wall, :counter)
                        on conflict (system_id, event_class) do update set
                            head_seq = case when log_end.epoch = excluded.epoch
                                then log_end.head_seq else 0 end,
                            epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash,
                            wall_ms = excluded.wall_ms, wall_counter = excluded.wall_counter
                        """)
                .bind("system", header.log().system().value())
                .bind("class", header.log().eventClass().word())
                .bind("epoch", header.epoch())
                .bind("seq", header.seq())
                .bind("hash", event.hash().hex())
                .bind("wall", header.recordedAt().wallMillis())
                .bind("counter", header.recordedAt().counter())
                .execute();
        return position;
    }

    @Override
    public List<LogId> logs(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select system_id, event_class from log_end
                        order by system_id, event_class
                        """)
                .map(SqlEventStore::logId)
                .list();
    }

    @Override
    public List<StoredEvent> after(Tx tx, long position, int limit) {
        return handle(tx)
                .createQuery(
                        "select "
                                + COLUMNS
                                + " from event where position > :position order by position limit :limit")
                .bind("position", position)
                .bind("limit", limit)
                .map(SqlEventStore::event)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<StoredEvent> ofTypes(Tx tx, Set<String> types, long position, int limit) {
        return handle(tx)
                .createQuery(
                        "select "
                                + COLUMNS
                                + """
                                 from event where position > :position and event_type in (<types>)
                                order by position limit :limit
                                """)
                .bind("position", position)
                .bindList("types", List.copyOf(types))
                .bind("limit", limit)
                .map(SqlEventStore::event)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<StoredEvent> ofLog(Tx tx, LogId log, long epoch, long afterSeq, int limit) {
        return handle(tx)
                .createQuery(
                        "select "
                                + COLUMNS
                                + """
                                 from event
                                where system_id = :system and event_class = :class
                                    and epoch = :epoch and seq > :seq
                                order by seq limit :limit
                                """)
                .bind("system", log.system().value())
                .bind("class", log.eventClass().word())
                .bind("epoch", epoch)
                .bind("seq", afterSeq)
                .bind("limit", limit)
                .map(SqlEventStore::event)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<StoredEvent> find(Tx tx, Hash hash) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from event where hash = :hash")
                .bind("hash", hash.hex())
                .map(SqlEventStore::event)
                .findOne()
                .flatMap(Function.identity());
    }

    @Override
    public List<StoredEvent> search(Tx tx, Query query) {
        var sql = new StringBuilder("select " + COLUMNS + " from event where position < :before");
        if (!query.systems().isEmpty()) {
            sql.append(" and system_id in (<systems>)");
        }
        if (!query.classes().isEmpty()) {
            sql.append(" and event_class in (<classes>)");
        }
        if (!query.types().isEmpty()) {
            sql.append(" and event_type in (<types>)");
        }
        if (!query.text().isEmpty()) {
            sql.append(" and lower(<payload_text>) like :text escape '\\'");
        }
        query.since().ifPresent(_ -> sql.append(" and at_ms >= :since"));
        query.until().ifPresent(_ -> sql.append(" and at_ms <= :until"));
        sql.append(" order by position desc limit :limit");
        var statement =
                handle(tx)
                        .createQuery(sql.toString())
                        .bind("before", query.before())
                        .bind("limit", query.limit());
        if (!query.systems().isEmpty()) {
            statement.bindList("systems", List.copyOf(query.systems()));
        }
        if (!query.classes().isEmpty()) {
            statement.bindList("classes", List.copyOf(query.classes()));
        }
        if (!query.types().isEmpty()) {
            statement.bindList("types", List.copyOf(query.types()));
        }
        if (!query.text().isEmpty()) {
            statement.bind("text", "%" + likeLiteral(query.text()) + "%");
        }
        query.since().ifPresent(t -> statement.bind("since", t.toEpochMilli()));
        query.until().ifPresent(t -> statement.bind("until", t.toEpochMilli()));
        return statement.map(SqlEventStore::event).stream().flatMap(Optional::stream).toList();
    }

    @Override
    public List<StoredEvent> happened(Tx tx, Happened query) {
        return SqlEventTimes.happened(handle(tx), query).map(SqlEventStore::event).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<SlotCount> count(Tx tx, Set<String> systems, List<String> types, List<Slot> slots) {
        return SqlEventTimes.count(handle(tx), systems, types, slots);
    }

    @Override
    public void dropPayload(Tx tx, Hash event) {
        handle(tx)
                .createUpdate("update event set payload = null, salt = :none where hash = :hash")
                .bind("none", new byte[0])
                .bind("hash", event.hex())
                .execute();
    }

    @Override
    public void refer(Tx tx, Hash target, Hash event, Relation relation) {
        handle(tx)
                .createUpdate(
                        """
                        insert into event_reference (target, event_hash, relation)
                        values (:target, :event, :relation)
                        on conflict (target, event_hash, relation) do nothing
                        """)
                .bind("target", target.hex())
                .bind("event", event.hex())
                .bind("relation", word(relation))
                .execute();
    }

    @Override
    public List<StoredEvent> referring(Tx tx, Hash target, Relation relation, int limit) {
        return handle(tx)
                .createQuery(
                        """
                        select position, header, salt, payload from event
                        where hash in (select event_hash from event_reference
                            where target = :target and relation = :relation)
                        order by position limit :limit
                        """)
                .bind("target", target.hex())
                .bind("relation", word(relation))
                .bind("limit", limit)
                .map(SqlEventStore::event)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static String word(Relation relation) {
        return relation.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Hash> received(Tx tx, Hash identity) {
        return handle(tx)
                .createQuery("select event_hash from received_event where identity = :identity")
                .bind("identity", identity.hex())
                .map((rs, _) -> new Hash(rs.getString("event_hash")))
                .findOne();
    }

    @Override
    public void saveReceived(Tx tx, Hash identity, Hash event) {
        handle(tx)
                .createUpdate(
                        """
                        insert into received_event (identity, event_hash)
                        values (:identity, :event)
                        """)
                .bind("identity", identity.hex())
                .bind("event", event.hex())
                .execute();
    }

    @Override
    public long lastPosition(Tx tx) {
        return handle(tx)
                .createQuery("select coalesce(max(position), 0) from event")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public HybridTime lastRecorded(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select wall_ms, wall_counter from log_end
                        order by wall_ms desc, wall_counter desc limit 1
                        """)
                .map((rs, _) -> new HybridTime(rs.getLong("wall_ms"), rs.getInt("wall_counter")))
                .findOne()
                .orElse(HybridTime.ZERO);
    }

    @Override
    public void saveHead(Tx tx, LogId log, long epoch, long seq, byte[] envelope) {
        handle(tx)
                .createUpdate(
                        """
                        update log_end set head_seq = :seq, head = :head
                        where system_id = :system and event_class = :class and epoch = :epoch
                        """)
                .bind("seq", seq)
                .bind("head", envelope)
                .bind("system", log.system().value())
                .bind("class", log.eventClass().word())
                .bind("epoch", epoch)
                .execute();
    }

    @Override
    public Optional<byte[]> head(Tx tx, LogId log) {
        return handle(tx)
                .createQuery(
                        """
                        select head from log_end
                        where system_id = :system and event_class = :class and head is not null
                        """)
                .bind("system", log.system().value())
                .bind("class", log.eventClass().word())
                .map((rs, _) -> rs.getBytes("head"))
                .findOne();
    }

    @Override
    public List<LogId> withoutHead(Tx tx) {
        return handle(tx)
                .createQuery("select system_id, event_class from log_end where head_seq < seq")
                .map(SqlEventStore::logId)
                .list();
    }

    /// Empty for one whose header is damaged: it must not keep people from all the others.
    private static Optional<StoredEvent> event(ResultSet rs, StatementContext context)
            throws SQLException {
        long position = rs.getLong("position");
        try {
            return Optional.of(
                    StoredEvent.of(
                            position,
                            rs.getBytes("header"),
                            rs.getBytes("salt"),
                            rs.getBytes("payload")));
        } catch (Refusal e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("position", position)
                    .log("an event cannot be read, `admin verify` says more");
            return Optional.empty();
        }
    }

    @Override
    public List<RawLog> rawLogs(Tx tx) {
        return SqlDamage.reading("the list of the logs", () -> readLogs(tx));
    }

    private static List<RawLog> readLogs(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select named.system_id, named.event_class, coalesce(epoch, 0) as epoch,
                            coalesce(seq, 0) as seq, coalesce(hash, '') as hash,
                            coalesce(head_seq, 0) as head_seq, head
                        from (select system_id, event_class from log_end
                            union select system_id, event_class from event) named
                        left join log_end on log_end.system_id = named.system_id
                            and log_end.event_class = named.event_class
                        order by named.system_id, named.event_class
                        """)
                .map(
                        (rs, _) ->
                                new RawLog(
                                        rs.getString("system_id"),
                                        rs.getString("event_class"),
                                        rs.getLong("epoch"),
                                        rs.getLong("seq"),
                                        rs.getString("hash"),
                                        rs.getLong("head_seq"),
                                        Optional.ofNullable(rs.getBytes("head"))))
                .list();
    }

    @Override
    public List<RawEvent> rawEvents(Tx tx, RawLog log, long epoch, long afterSeq, int limit) {
        return SqlDamage.reading(
                "the table event", () -> readEvents(tx, log, epoch, afterSeq, limit));
    }

    private static List<RawEvent> readEvents(
            Tx tx, RawLog log, long epoch, long afterSeq, int limit) {
        return handle(tx)
                .createQuery(
                        """
                        select position, epoch, seq, hash, header, salt, payload from event
                        where system_id = :system and event_class = :class
                            and (epoch > :epoch or (epoch = :epoch and seq > :seq))
                        order by epoch, seq limit :limit
                        """)
                .bind("system", log.system())
                .bind("class", log.eventClass())
                .bind("epoch", epoch)
                .bind("seq", afterSeq)
                .bind("limit", limit)
                .map(
                        (rs, _) ->
                                new RawEvent(
                                        rs.getLong("position"),
                                        rs.getLong("epoch"),
                                        rs.getLong("seq"),
                                        rs.getString("hash"),
                                        rs.getBytes("header"),
                                        rs.getBytes("salt"),
                                        rs.getBytes("payload")))
                .list();
    }

    private static LogId logId(ResultSet rs, StatementContext context) throws SQLException {
        return new LogId(
                new SystemId(rs.getString("system_id")),
                EventClass.ofWord(rs.getString("event_class")));
    }

    static String likeLiteral(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }
}
