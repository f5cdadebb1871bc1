package aramaki.cli.alert;

import java.util.Locale;

/// Which alerts are asked for, by where they stand.
enum Wanted {
    /// Not resolved, whoever has them.
    OPEN,
    /// Nobody has them.
    FIRING,
    ACKNOWLEDGED,
    RESOLVED,
    ALL;

    /// The word as people type it, and as help shows it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
