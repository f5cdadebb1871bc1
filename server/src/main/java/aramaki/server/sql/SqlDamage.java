package aramaki.server.sql;

import aramaki.model.Refusal;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteException;

/// Told apart from other faults: the file of the store is not what was written.
final class SqlDamage {
    /// The primary result codes of SQLite for a damaged file, one that is none, and a failing disk.
    private static final Set<Integer> CODES = Set.of(11, 26, 10);

    private static final int PRIMARY = 0xff;

    /// The class of states in which PostgreSQL tells of damaged data.
    private static final String POSTGRES = "XX0";

    private SqlDamage() {}

    /// Reads something; what cannot be read because the file is damaged is refused.
    ///
    /// @param what is read, for people
    static <T> T reading(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            throw cause(e).<RuntimeException>map(
                            damage ->
                                    Refusal.unavailable(
                                            "store-damaged",
                                            what + " cannot be read: " + damage.getMessage()))
                    .orElse(e);
        }
    }

    /// The damage behind this failure, where it is one.
    static Optional<SQLException> cause(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLiteException e
                    && CODES.contains(e.getResultCode().code & PRIMARY)) {
                return Optional.of(e);
            }
            if (t instanceof SQLException e
                    && e.getSQLState() != null
                    && e.getSQLState().startsWith(POSTGRES)) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }
}
