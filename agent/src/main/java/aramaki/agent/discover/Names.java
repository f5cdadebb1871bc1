package aramaki.agent.discover;

import java.util.Locale;

/// Makes names of checks out of names of other things.
final class Names {
    private static final int LONGEST = 60;

    private Names() {}

    static String of(String text) {
        String name =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.]+", "-")
                        .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        String whole = name.isEmpty() ? "found" : name;
        return whole.substring(0, Math.min(LONGEST, whole.length()));
    }
}
