package aramaki.server.search;

import aramaki.server.sight.Sight;
import java.util.function.Predicate;

/// Something that can be found, made ready to be compared with many terms.
final class Entry {
    private static final int WHOLE = 100;
    private static final int WORD = 90;
    private static final int BEGINS = 80;
    private static final int WORD_BEGINS = 70;
    private static final int INITIALS = 55;
    private static final int INSIDE = 40;
    private static final int PLACE = 30;
    private static final int PLACE_INSIDE = 20;
    private static final int SCATTERED = 5;

    private final Predicate<Sight> visible;
    private final Hit hit;
    private final String title;
    private final String[] words;
    private final String initials;
    private final String place;
    private final String[] placeWords;

    Entry(Hit hit) {
        this(hit, "");
    }

    /// @param also further words that lead to it
    Entry(Hit hit, String also) {
        this(hit, also, _ -> true);
    }

    /// @param visible who may find it
    Entry(Hit hit, String also, Predicate<Sight> visible) {
        this.visible = visible;
        this.hit = hit;
        this.title = Terms.lower(hit.title());
        this.words = Terms.parts(hit.title());
        this.initials = initials(words);
        this.place = Terms.lower(hit.place() + " " + also);
        this.placeWords = Terms.parts(place);
    }

    private static String initials(String[] words) {
        var initials = new StringBuilder();
        for (String word : words) {
            initials.append(word.charAt(0));
        }
        return initials.toString();
    }

    Hit hit() {
        return hit;
    }

    boolean visible(Sight sight) {
        return visible.test(sight);
    }

    /// How well it fits, 0 for not at all: every term must be found somewhere.
    int fit(Terms terms) {
        int sum = 0;
        for (String term : terms.words()) {
            int best = fit(term);
            if (best == 0) {
                return 0;
            }
            sum += best;
        }
        int all = sum * 10 / Math.max(1, terms.words().size());
        return all - Math.min(9, title.length() / 10); // of two that fit alike the shorter one
    }

    private int fit(String term) {
        if (title.equals(term)) {
            return WHOLE;
        }
        int best = title.startsWith(term) ? BEGINS : 0;
        for (String word : words) {
            if (word.equals(term)) {
                return WORD;
            }
            if (best < WORD_BEGINS && word.startsWith(term)) {
                best = WORD_BEGINS;
            }
        }
        if (best > 0) {
            return best;
        }
        if (term.length() > 1 && initials.startsWith(term)) {
            return INITIALS;
        }
        if (title.contains(term)) {
            return INSIDE;
        }
        for (String word : placeWords) {
            if (word.startsWith(term)) {
                return PLACE;
            }
        }
        if (place.contains(term)) {
            return PLACE_INSIDE;
        }
        return term.length() > 2 && scattered(term) ? SCATTERED : 0;
    }

    /// Whether the letters stand in the title in this order, the first at the start of a word.
    private boolean scattered(String term) {
        for (String word : words) {
            if (word.charAt(0) == term.charAt(0)) {
                int at = title.indexOf(word);
                for (int i = 0; i < term.length() && at >= 0; i++) {
                    at = title.indexOf(term.charAt(i), at);
                    at = at < 0 ? at : at + 1;
                }
                if (at >= 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
