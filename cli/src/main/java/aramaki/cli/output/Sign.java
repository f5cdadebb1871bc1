package aramaki.cli.output;

import java.util.Optional;

/// How a state looks besides its word: a sign that is clear without colour, and a colour.
public enum Sign {
    GOOD("✔", "\u001b[32m"),
    CAREFUL("▲", "\u001b[33m"),
    BAD("✖", "\u001b[31m"),
    UNSURE("?", "\u001b[35m"),
    OLD("◌", "\u001b[36m"),
    WAITING("…", "\u001b[2m");

    private static final String RESET = "\u001b[0m";

    private final String sign;
    private final String colour;

    Sign(String sign, String colour) {
        this.sign = sign;
        this.colour = colour;
    }

    /// The sign of a state's word; a word that we do not know has none.
    public static Optional<Sign> of(String word) {
        return switch (word) {
            case "ok", "resolved", "connected", "succeeded" -> Optional.of(GOOD);
            case "warning", "acknowledged", "advice" -> Optional.of(CAREFUL);
            case "critical", "firing", "revoked", "failed", "refused", "broken" -> Optional.of(BAD);
            case "unknown" -> Optional.of(UNSURE);
            case "stale", "silent" -> Optional.of(OLD);
            case "pending", "stopped", "waiting" -> Optional.of(WAITING);
            default -> Optional.empty();
        };
    }

    public String sign() {
        return sign;
    }

    /// What a terminal is sent to begin the colour.
    public String colour() {
        return colour;
    }

    String coloured(String text) {
        return colour + text + RESET;
    }
}
