package aramaki.server.sql;

import aramaki.server.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A unit of work over one Jdbi handle.
final class SqlTx implements Tx {
    private static final Logger log = LoggerFactory.getLogger(SqlTx.class);
    private final Handle handle;
    private final List<Runnable> afterCommit = new ArrayList<>();

    SqlTx(Handle handle) {
        this.handle = handle;
    }

    static Handle handle(Tx tx) {
        return ((SqlTx) tx).handle;
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /// It is durable, whatever a listener makes of it: one that throws must not keep the caller
    /// waiting, nor end the writer.
    void committed() {
        for (var action : afterCommit) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                log.atError().setCause(e).log("after a commit");
            }
        }
    }
}
