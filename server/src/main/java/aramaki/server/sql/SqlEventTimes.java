package aramaki.server.sql;

import aramaki.server.timeline.EventStore.Happened;
import aramaki.server.timeline.EventStore.Slot;
import aramaki.server.timeline.EventStore.SlotCount;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The statements that ask for events by the time at which they happened.
final class SqlEventTimes {
    private SqlEventTimes() {}

    /// Goes along `event_by_time`; rows are read only for what passes.
    static Query happened(Handle handle, Happened query) {
        var sql =
                new StringBuilder(
                        """
                        select position, header, salt, payload from event
                        where at_ms >= :from and at_ms < :to
                        """);
        String past = query.backwards() ? "<" : ">";
        if (query.beyond() > 0) {
            // The range comes first, for the index; the row value only decides among equals.
            sql.append(" and at_ms ")
                    .append(past)
                    .append("= (select at_ms from event where position = :beyond)")
                    .append(" and (at_ms, position) ")
                    .append(past)
                    .append(" (select at_ms, position from event where position = :beyond)");
        }
        if (!query.systems().isEmpty()) {
            sql.append(" and system_id in (<systems>)");
        }
        if (!query.types().isEmpty()) {
            sql.append(" and event_type in (<types>)");
        }
        if (!query.text().isEmpty()) {
            sql.append(" and lower(<payload_text>) like :text escape '\\'");
        }
        sql.append(
                query.backwards()
                        ? " order by at_ms desc, position desc limit :limit"
                        : " order by at_ms, position limit :limit");
        var statement =
                handle.createQuery(sql.toString())
                        .bind("from", query.from().toEpochMilli())
                        .bind("to", query.to().toEpochMilli())
                        .bind("limit", query.limit());
        if (query.beyond() > 0) {
            statement.bind("beyond", query.beyond());
        }
        if (!query.systems().isEmpty()) {
            statement.bindList("systems", List.copyOf(query.systems()));
        }
        if (!query.types().isEmpty()) {
            statement.bindList("types", List.copyOf(query.types()));
        }
        if (!query.text().isEmpty()) {
            statement.bind("text", "%" + SqlEventStore.likeLiteral(query.text()) + "%");
        }
        return statement;
    }

    /// One walk along `event_by_type_and_time` per type and slot: grouping a million rows instead
    /// would have to sort them, which took six times as long.
    static List<SlotCount> count(
            Handle handle, Set<String> systems, List<String> types, List<Slot> slots) {
        if (types.isEmpty() || slots.isEmpty()) {
            return List.of();
        }
        String values =
                IntStream.range(0, slots.size())
                        .mapToObj(
                                i ->
                                        "(%d, %d, %d)"
                                                .formatted(
                                                        i,
                                                        slots.get(i).from().toEpochMilli(),
                                                        slots.get(i).to().toEpochMilli()))
                        .collect(Collectors.joining(", "));
        String kinds = types.stream().distinct().map(t -> "(?)").collect(Collectors.joining(", "));
        String narrowed =
                systems.isEmpty()
                        ? ""
                        : " and event.system_id in ("
                                + systems.stream().map(s -> "?").collect(Collectors.joining(", "))
                                + ")";
        var statement =
                handle.createQuery(
                        "with slot (slot, from_ms, to_ms) as (values "
                                + values
                                + "), kind (event_type) as (values "
                                + kinds
                                + ") select kind.event_type, slot.slot, (select count(*) from event"
                                + " where event.event_type = kind.event_type"
                                + " and event.at_ms >= slot.from_ms and event.at_ms < slot.to_ms"
                                + narrowed
                                + ") as events from kind cross join slot");
        int at = 0;
        for (String type : types.stream().distinct().toList()) {
            statement.bind(at++, type);
        }
        for (String system : systems) {
            statement.bind(at++, system);
        }
        return statement
                .map(
                        (rs, _) ->
                                new SlotCount(
                                        rs.getString("event_type"),
                                        rs.getInt("slot"),
                                        rs.getLong("events")))
                .list()
                .stream()
                .filter(count -> count.events() > 0)
                .toList();
    }
}
