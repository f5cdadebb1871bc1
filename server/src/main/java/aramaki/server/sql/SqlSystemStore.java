package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.server.store.Tx;
import aramaki.server.system.SystemStore;
import java.util.List;

/// Systems in one table.
public final class SqlSystemStore implements SystemStore {
    @Override
    public List<Row> systems(Tx tx) {
        return handle(tx)
                .createQuery(
                        """
                        select name, system_id, folder, files, anchored, deleted
                        from managed_system order by name
                        """)
                .map(
                        (rs, _) ->
                                new Row(
                                        new SystemName(rs.getString("name")),
                                        new SystemId(rs.getString("system_id")),
                                        rs.getString("folder"),
                                        Columns.map(rs.getString("files")),
                                        rs.getInt("anchored") == 1,
                                        rs.getInt("deleted") == 1))
                .list();
    }

    @Override
    public void save(Tx tx, Row row) {
        handle(tx)
                .createUpdate(
                        """
                        insert into managed_system (name, system_id, folder, files, anchored, deleted)
                        values (:name, :id, :folder, :files, :anchored, :deleted)
                        on conflict (name) do update set
                            folder = excluded.folder, files = excluded.files,
                            anchored = excluded.anchored, deleted = excluded.deleted
                        """)
                .bind("name", row.name().value())
                .bind("id", row.id().value())
                .bind("folder", row.folder())
                .bind("files", Json.text(row.files()))
                .bind("anchored", row.anchored() ? 1 : 0)
                .bind("deleted", row.deleted() ? 1 : 0)
                .execute();
    }
}
