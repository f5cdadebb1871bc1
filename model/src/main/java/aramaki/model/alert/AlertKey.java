package aramaki.model.alert;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;

/// What a problem is about, the same for years: system, entity and check.
public record AlertKey(CheckKey about) implements Comparable<AlertKey> {

    public static AlertKey parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 3) {
            throw Refusal.invalid(
                    "bad-alert-key",
                    "\"" + text + "\" is not an alert key: write SYSTEM/ENTITY/CHECK");
        }
        return new AlertKey(CheckKey.of(parts[0], parts[1], parts[2]));
    }

    @Override
    public int compareTo(AlertKey other) {
        return about.compareTo(other.about);
    }

    @Override
    public String toString() {
        return about.toString();
    }
}
