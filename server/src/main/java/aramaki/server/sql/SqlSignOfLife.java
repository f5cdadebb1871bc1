package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.server.store.Tx;
import java.time.Instant;

/// One row that is written to show that writing works.
public final class SqlSignOfLife {
    private SqlSignOfLife() {}

    public static void write(Tx tx, Instant now) {
        handle(tx)
                .createUpdate(
                        """
                        insert into sign_of_life (id, at_ms) values (1, :at)
                        on conflict (id) do update set at_ms = excluded.at_ms
                        """)
                .bind("at", now.toEpochMilli())
                .execute();
    }
}
