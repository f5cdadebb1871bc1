package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.server.backup.Restoration;
import aramaki.server.backup.RestorationStore;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.Optional;

/// The restores of this instance, a row each.
public final class SqlRestorationStore implements RestorationStore {
    @Override
    public void save(Tx tx, Restoration restoration) {
        handle(tx)
                .createUpdate(
                        """
                        insert into restoration (epoch, backup, taken_ms, restored_ms, confirmed_ms)
                        values (:epoch, :backup, :taken, :restored, 0)
                        """)
                .bind("epoch", restoration.epoch())
                .bind("backup", restoration.backup())
                .bind("taken", restoration.takenAt().toEpochMilli())
                .bind("restored", restoration.restoredAt().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Restoration> newest(Tx tx) {
        return handle(tx)
                .createQuery("select * from restoration order by epoch desc limit 1")
                .map(
                        (rs, _) ->
                                new Restoration(
                                        rs.getLong("epoch"),
                                        rs.getString("backup"),
                                        Instant.ofEpochMilli(rs.getLong("taken_ms")),
                                        Instant.ofEpochMilli(rs.getLong("restored_ms")),
                                        Columns.instant(rs.getLong("confirmed_ms"))))
                .findOne();
    }

    @Override
    public void confirm(Tx tx, long epoch, Instant now) {
        handle(tx)
                .createUpdate("update restoration set confirmed_ms = :now where epoch = :epoch")
                .bind("now", now.toEpochMilli())
                .bind("epoch", epoch)
                .execute();
    }

    @Override
    public void endSessions(Tx tx) {
        handle(tx)
                .createUpdate("delete from credential where kind <> :token")
                .bind("token", "token")
                .execute();
    }
}
