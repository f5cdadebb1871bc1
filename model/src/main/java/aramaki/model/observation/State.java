package aramaki.model.observation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// How a check stands. Declared best first, so that a later state is a worse one.
public enum State {
    OK,
    /// Never seen yet.
    PENDING,
    WARNING,
    /// The plugin could not tell.
    UNKNOWN,
    /// Nobody has told us for too long.
    STALE,
    CRITICAL;

    /// The lower-case word, as in the contract.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static State ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Exit codes of the Nagios plugin protocol; every other code says that the plugin could not
    /// tell.
    public static State ofExitCode(int code) {
        return switch (code) {
            case 0 -> OK;
            case 1 -> WARNING;
            case 2 -> CRITICAL;
            default -> UNKNOWN;
        };
    }

    /// Whether this raises an alert.
    public boolean bad() {
        return this != OK && this != PENDING;
    }

    /// The worst of some; of none, pending.
    public static State worst(Collection<State> states) {
        return states.stream().max(Comparator.naturalOrder()).orElse(PENDING);
    }
}
