package aramaki.server.system.files;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What somebody probably meant by a word we do not know.
final class Nearest {
    /// No word we know is nearly as long, and the work grows with the length.
    private static final int LONGEST = 50;

    private Nearest() {}

    /// `; did you mean x?` where one known word is near, otherwise `; known are a, b`.
    static String hint(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "; none is known here";
        }
        return to(word, known)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(
                        () ->
                                "; known are "
                                        + new TreeSet<>(known)
                                                .stream().collect(Collectors.joining(", ")));
    }

    static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        int reach = word.length() <= 4 ? 1 : 2;
        return known.stream()
                .filter(k -> distance(word, k) <= reach)
                .min(
                        Comparator.comparingInt((String k) -> distance(word, k))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Edits to get from one word to the other; two neighbours swapped are one edit.
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1);
        best = Math.min(best, edits[i - 1][j - 1] + same);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
