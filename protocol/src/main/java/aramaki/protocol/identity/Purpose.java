package aramaki.protocol.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What an online key of an instance is for. No key serves two: who steals one has that one.
public enum Purpose {
    /// Signs heads of logs and answers agents.
    LOG("signs the logs of this Aramaki instance, and answers its agents"),
    /// Answers other instances.
    FED("answers other instances"),
    /// Signs people in elsewhere.
    OIDC("signs people in at other instances");

    private final String meaning;

    Purpose(String meaning) {
        this.meaning = meaning;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a key of it does, after "the key that".
    public String meaning() {
        return meaning;
    }

    public static Optional<Purpose> ofWord(String word) {
        return Stream.of(values()).filter(p -> p.word().equals(word)).findFirst();
    }
}
