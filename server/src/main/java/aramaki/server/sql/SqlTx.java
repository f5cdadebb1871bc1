package aramaki.server.sql;

import aramaki.server.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// A unit of work over one Jdbi handle.
final class SqlTx implements Tx {
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

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
