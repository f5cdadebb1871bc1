package aramaki.model.timeline;

import java.util.Locale;

/// Who an event may be shown to. Each class of a system is a log of its own, so that a partial
/// reader verifies a gapless chain without learning of the rest.
public enum EventClass {
    PUBLIC,
    OPS,
    RESTRICTED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EventClass ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
