package aramaki.server.query;

import aramaki.model.Refusal;
import aramaki.server.system.files.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A filter as people type it: `system:shop -state:ok customer=muster since:6h varnish`. Several
/// words of one key mean any of them; free words must all be there; a word after `-` must not.
///
/// @param problems what was not understood, in words; it filters nothing
public record Query(String text, List<Term> terms, List<String> problems) {
    /// The key of free words.
    public static final String FREE = "";

    /// The key of `name=value`.
    public static final String LABEL = "=";

    private static final Pattern WORD =
            Pattern.compile("(-?)(?:([A-Za-z]+):(?!//))?(?:\"([^\"]*)\"?|(\\S+))?");

    /// One word of it.
    public record Term(boolean not, String key, String value) {}

    public Query {
        terms = List.copyOf(terms);
        problems = List.copyOf(problems);
    }

    /// Reads it with the keys that one list knows.
    public static Query parse(String text, Set<String> keys) {
        var terms = new ArrayList<Term>();
        var problems = new ArrayList<String>();
        var words = WORD.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            words.region(at, text.length());
            if (!words.lookingAt() || words.end() == at) {
                break;
            }
            at = words.end();
            boolean not = !words.group(1).isEmpty();
            String key = Optional.ofNullable(words.group(2)).orElse(FREE).toLowerCase(Locale.ROOT);
            String value =
                    Optional.ofNullable(words.group(3))
                            .or(() -> Optional.ofNullable(words.group(4)))
                            .orElse("");
            boolean label = key.equals(FREE) && keys.contains(LABEL) && value.indexOf('=') > 0;
            add(new Term(not, label ? LABEL : key, value), keys, terms, problems);
        }
        return new Query(text, terms, problems);
    }

    private static void add(Term term, Set<String> keys, List<Term> terms, List<String> problems) {
        if (!term.key().equals(FREE) && !keys.contains(term.key())) {
            problems.add("“" + term.key() + ":” is no filter here: there are " + words(keys));
        } else if (term.value().isEmpty()) {
            if (!term.key().equals(FREE)) {
                problems.add("“" + term.key() + ":” wants a value right after it");
            }
        } else {
            terms.add(term);
        }
    }

    private static String words(Set<String> keys) {
        var words = new ArrayList<String>();
        new TreeSet<>(keys).stream().filter(k -> !k.equals(LABEL)).forEach(k -> words.add(k + ":"));
        if (keys.contains(LABEL)) {
            words.add("label=value");
        }
        return String.join(" ", words);
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    public List<String> wanted(String key) {
        return values(key, false);
    }

    public List<String> unwanted(String key) {
        return values(key, true);
    }

    private List<String> values(String key, boolean not) {
        return terms.stream()
                .filter(t -> t.key().equals(key) && t.not() == not)
                .map(Term::value)
                .toList();
    }

    public boolean has(String key) {
        return terms.stream().anyMatch(t -> t.key().equals(key));
    }

    /// Whether something passes what was said about one key.
    public boolean passes(String key, Predicate<String> fits) {
        var any = wanted(key);
        return (any.isEmpty() || any.stream().anyMatch(fits))
                && unwanted(key).stream().noneMatch(fits);
    }

    /// Whether a text has every free word and none of those after `-`, in any case.
    public boolean passesText(String of) {
        String lower = of.toLowerCase(Locale.ROOT);
        Predicate<String> in = word -> lower.contains(word.toLowerCase(Locale.ROOT));
        return wanted(FREE).stream().allMatch(in) && unwanted(FREE).stream().noneMatch(in);
    }

    /// The moment that a key names: `6h` ago, a day, or an instant.
    public Optional<Instant> moment(String key, Instant now, ZoneId zone) {
        return wanted(key).stream().findFirst().map(text -> moment(key, text, now, zone));
    }

    /// The same of one word: `6h` ago, a day, or an instant.
    public static Instant moment(String key, String text, Instant now, ZoneId zone) {
        var ago = Durations.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "bad-instant",
                    key + ":" + text + " is no time: write 6h, 2026-11-22 or 2026-11-22T03:00:00Z");
        }
    }

    /// The same query, also complaining about values that one key does not have.
    public Query known(String key, Collection<String> values, Predicate<String> fits) {
        var more = new ArrayList<>(problems);
        terms.stream()
                .filter(t -> t.key().equals(key) && !fits.test(t.value()))
                .forEach(
                        t ->
                                more.add(
                                        "“"
                                                + key
                                                + ":"
                                                + t.value()
                                                + "” matches nothing: it can be "
                                                + String.join(", ", values)));
        return new Query(text, terms, more);
    }

    /// What is wrong with it, and then what came of it.
    public String says(String found) {
        var all = new ArrayList<>(problems);
        all.add(found);
        return String.join(" · ", all);
    }
}
