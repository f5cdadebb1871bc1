package aramaki.server.doctor;

import java.util.Locale;

/// Something that is wrong: what, why it matters, and what puts it right.
///
/// @param cure the exact command or setting, where there is one
public record Complaint(Gravity gravity, String what, String why, String cure) {
    /// How bad it is.
    public enum Gravity {
        /// Works, and could be better.
        ADVICE,
        BROKEN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Complaint broken(String what, String why, String cure) {
        return new Complaint(Gravity.BROKEN, what, why, cure);
    }

    static Complaint advice(String what, String why, String cure) {
        return new Complaint(Gravity.ADVICE, what, why, cure);
    }

    public boolean isBroken() {
        return gravity == Gravity.BROKEN;
    }
}
