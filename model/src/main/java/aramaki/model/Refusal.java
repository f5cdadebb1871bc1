package aramaki.model;

/// A request we do not carry out, with the reason a caller can act on. Everything else that flies
/// is an outage or a bug.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Why, in the closed set that each edge maps once: to an HTTP status, a page, an exit code.
    public enum Reason {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        LIMITED,
        UNAVAILABLE
    }

    private final Reason reason;
    private final String code;

    /// `code` is stable and for programs (`invite-used`); `message` is for people: what is wrong,
    /// where, and what would be right.
    public Refusal(Reason reason, String code, String message) {
        super(message);
        this.reason = reason;
        this.code = code;
    }

    public static Refusal invalid(String code, String message) {
        return new Refusal(Reason.INVALID, code, message);
    }

    public static Refusal notFound(String what, String name) {
        return new Refusal(Reason.NOT_FOUND, "not-found", "there is no " + what + " " + name);
    }

    public static Refusal conflict(String code, String message) {
        return new Refusal(Reason.CONFLICT, code, message);
    }

    public static Refusal unavailable(String code, String message) {
        return new Refusal(Reason.UNAVAILABLE, code, message);
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return code;
    }

    public String text() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
