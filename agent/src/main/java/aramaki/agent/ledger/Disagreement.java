package aramaki.agent.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// One point in which a server and a ledger say different things.
///
/// @param about which result, check or agent
public record Disagreement(Kind kind, String about, String what) {
    /// How they disagree.
    public enum Kind {
        /// Made, and not there.
        MISSING,
        /// There more than once.
        DOUBLE,
        /// Committed behind one that was made later.
        ORDER,
        /// There, but not as it was made.
        CHANGED,
        /// There, and never made.
        INVENTED,
        /// Bad without an alert, or an alert without a cause.
        ALERT;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return kind.word() + ": " + about + ": " + what;
    }
}
