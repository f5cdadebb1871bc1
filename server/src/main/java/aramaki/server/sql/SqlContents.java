package aramaki.server.sql;

import aramaki.server.backup.Contents;
import aramaki.server.backup.Filling;
import aramaki.server.backup.Snapshot;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The whole store over connections of its own, so that a long reading takes none of the pool's.
final class SqlContents implements Contents {
    private final Jdbi jdbi;
    private final Runnable closing;

    SqlContents(Jdbi jdbi, Runnable closing) {
        this.jdbi = jdbi;
        this.closing = closing;
    }

    @Override
    public Snapshot snapshot() {
        return opened(SqlSnapshot::new);
    }

    @Override
    public Filling fill() {
        return opened(SqlFilling::new);
    }

    private <T> T opened(java.util.function.Function<Handle, T> use) {
        var handle = jdbi.open();
        try {
            return use.apply(handle);
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
