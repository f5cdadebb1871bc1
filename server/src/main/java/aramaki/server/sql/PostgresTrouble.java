package aramaki.server.sql;

import aramaki.model.Refusal;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/// What goes wrong between us and PostgreSQL, as callers are told: codes that stay, and words
/// without a statement in them.
final class PostgresTrouble {
    static final String GONE = "store-gone";
    static final String IN_DOUBT = "store-in-doubt";
    static final String READ_ONLY = "store-read-only";
    static final String SLOW = "store-slow";
    static final String TAKEN = "store-taken";

    private PostgresTrouble() {}

    /// The same failure as a refusal where it is the database's, unchanged where it is ours.
    static RuntimeException told(RuntimeException failure) {
        if (failure instanceof Refusal) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var refusal = refusal(sql);
                if (refusal != null) {
                    refusal.addSuppressed(failure);
                    return refusal;
                }
            }
        }
        return failure;
    }

    private static @Nullable Refusal refusal(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "25006" ->
                    Refusal.unavailable(
                            READ_ONLY,
                            "the database takes no writes, it is read-only now; try again later");
            case "57014", "55P03", "25P03" ->
                    Refusal.unavailable(
                            SLOW, "the database took too long to answer; try again later");
            case "22021" ->
                    Refusal.invalid(
                            "bad-text",
                            "a text holds a character that cannot be kept, such as NUL");
            default -> gone(state) || e instanceof SQLTransientConnectionException ? gone() : null;
        };
    }

    /// Why a server does not start; here the database's own words help most.
    static Refusal atStart(RuntimeException failure, String place) {
        if (told(failure) instanceof Refusal refusal && !refusal.code().equals(GONE)) {
            return refusal;
        }
        Throwable last = failure;
        while (last.getCause() != null && !(last instanceof SQLException)) {
            last = last.getCause();
        }
        String reason = String.valueOf(last.getMessage()).lines().findFirst().orElse("?");
        var refusal =
                Refusal.conflict(GONE, "the store " + place + " cannot be used: " + reason.strip());
        refusal.addSuppressed(failure);
        return refusal;
    }

    static Refusal gone() {
        return Refusal.unavailable(GONE, "the database cannot be reached now; try again later");
    }

    static Refusal inDoubt() {
        return Refusal.unavailable(
                IN_DOUBT,
                "the connection to the database broke while this was being kept: look whether it"
                        + " was, before you try again");
    }

    static Refusal slow() {
        return Refusal.unavailable(SLOW, "the database has not answered for a while");
    }

    /// Connections that fail or are ended, and servers that start, stop, or have no room for one
    /// more, or no room at all.
    private static boolean gone(String state) {
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("58");
    }
}
