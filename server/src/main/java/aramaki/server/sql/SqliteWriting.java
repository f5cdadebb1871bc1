package aramaki.server.sql;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The connection that writes to the embedded store. It is never lost, and the file is ours: the
/// data directory is locked.
final class SqliteWriting implements Writing {
    private final Jdbi jdbi;
    private @Nullable Handle handle;

    SqliteWriting(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Handle ready() {
        var opened = handle;
        if (opened == null) {
            opened = jdbi.open();
            handle = opened;
        }
        return opened;
    }

    @Override
    public void mark(Handle handle) {}

    @Override
    public void committed() {}

    /// A commit that fails, for want of space for instance, was not made.
    @Override
    public boolean lost(Handle handle) {
        return false;
    }

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public RuntimeException told(RuntimeException failure) {
        return SqliteTrouble.told(failure);
    }

    @Override
    public void tend() {}

    @Override
    public void close() {
        if (handle != null) {
            handle.close();
        }
    }
}
