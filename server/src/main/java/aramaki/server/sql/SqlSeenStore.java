package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemName;
import aramaki.server.seen.Mark;
import aramaki.server.seen.SeenStore;
import aramaki.server.seen.Subject;
import aramaki.server.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/// The marks of people, one row each.
public final class SqlSeenStore implements SeenStore {
    private static final String HOME = "home";
    private static final String SYSTEM = "system";
    private static final String ALERT = "alert";

    @Override
    public List<Mark> marks(Tx tx, String person) {
        return handle(tx)
                .createQuery(
                        """
                        select kind, name, position, at_ms from seen_mark
                        where person_id = :person order by position desc, kind, name
                        """)
                .bind("person", person)
                .map(SqlSeenStore::mark)
                .list();
    }

    @Override
    public void save(Tx tx, String person, Mark mark) {
        handle(tx)
                .createUpdate(
                        """
                        insert into seen_mark (person_id, kind, name, position, at_ms)
                        values (:person, :kind, :name, :position, :at)
                        on conflict (person_id, kind, name) do update set
                            position = excluded.position, at_ms = excluded.at_ms
                        """)
                .bind("person", person)
                .bind("kind", kind(mark.subject()))
                .bind("name", name(mark.subject()))
                .bind("position", mark.position())
                .bind("at", mark.at().toEpochMilli())
                .execute();
    }

    @Override
    public void removeUpTo(Tx tx, String person, long position) {
        handle(tx)
                .createUpdate(
                        """
                        delete from seen_mark
                        where person_id = :person and position <= :position
                        """)
                .bind("person", person)
                .bind("position", position)
                .execute();
    }

    @Override
    public void keepNewest(Tx tx, String person, int count) {
        handle(tx)
                .createUpdate(
                        """
                        delete from seen_mark
                        where person_id = :person and kind <> 'home'
                            and kind || ':' || name not in (
                                select kind || ':' || name from seen_mark
                                where person_id = :person and kind <> 'home'
                                order by position desc, at_ms desc, kind, name limit :count)
                        """)
                .bind("person", person)
                .bind("count", count)
                .execute();
    }

    private static String kind(Subject subject) {
        return switch (subject) {
            case Subject.Home() -> HOME;
            case Subject.OfSystem _ -> SYSTEM;
            case Subject.OfAlert _ -> ALERT;
        };
    }

    private static String name(Subject subject) {
        return switch (subject) {
            case Subject.Home() -> "";
            case Subject.OfSystem(var system) -> system.value();
            case Subject.OfAlert(var key) -> key.toString();
        };
    }

    private static Mark mark(ResultSet rs, StatementContext context) throws SQLException {
        String name = rs.getString("name");
        var subject =
                switch (rs.getString("kind")) {
                    case SYSTEM -> new Subject.OfSystem(new SystemName(name));
                    case ALERT -> new Subject.OfAlert(AlertKey.parse(name));
                    default -> new Subject.Home();
                };
        return new Mark(subject, rs.getLong("position"), Instant.ofEpochMilli(rs.getLong("at_ms")));
    }
}
