package aramaki.server.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What somebody typed, as lower-case words.
record Terms(List<String> words) {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{N}]+");

    /// More words find nothing better.
    private static final int WORDS = 8;

    static Terms of(String text) {
        return new Terms(
                SPACE.splitAsStream(lower(text))
                        .filter(word -> !word.isEmpty())
                        .limit(WORDS)
                        .toList());
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// The words of a name: `shop-production` has two.
    static String[] parts(String text) {
        return Arrays.stream(APART.split(lower(text)))
                .filter(part -> !part.isEmpty())
                .toArray(String[]::new);
    }
}
