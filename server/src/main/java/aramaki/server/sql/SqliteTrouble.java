package aramaki.server.sql;

import aramaki.model.Refusal;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What goes wrong between us and the disk under the embedded store, as callers are told.
final class SqliteTrouble {
    static final String FULL = "store-full";
    static final String FAILED = "store-disk-failed";
    static final String READ_ONLY = "store-read-only";

    private SqliteTrouble() {}

    /// The same failure as a refusal where it is the disk's, unchanged where it is ours.
    static RuntimeException told(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                var refusal = refusal(sqlite.getResultCode());
                refusal.ifPresent(r -> r.addSuppressed(failure));
                return refusal.map(RuntimeException.class::cast).orElse(failure);
            }
        }
        return failure;
    }

    private static Optional<Refusal> refusal(SQLiteErrorCode code) {
        int primary = code.code & 0xff; // the rest says in which call
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return Optional.of(
                    Refusal.unavailable(
                            FULL,
                            "the disk of this server's data is full: nothing is kept until there is"
                                    + " room"));
        }
        if (primary == SQLiteErrorCode.SQLITE_IOERR.code
                || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return Optional.of(
                    Refusal.unavailable(
                            FAILED,
                            "the disk of this server's data does not do what it is asked; it may be"
                                    + " full or broken"));
        }
        return primary == SQLiteErrorCode.SQLITE_READONLY.code
                ? Optional.of(
                        Refusal.unavailable(
                                READ_ONLY, "the disk of this server's data takes no writes now"))
                : Optional.empty();
    }
}
