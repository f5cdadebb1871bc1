package aramaki.model.grant;

import aramaki.model.Refusal;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What a grant lets its holder do to a system. The set is closed: what is not here cannot be
/// granted.
public enum Verb {
    READ("see it: its state, its alerts, its timeline"),
    NOTE("write notes and comments into its timeline"),
    ACK("take, hand over and end its alerts"),
    SILENCE("keep its alerts quiet for a while"),
    RUN("run its checks and hand in results"),
    EDIT("change its checks and its document"),
    AGENT("invite, pause and shut out its agents"),
    GRANT("take grants on it away, and change labels that grants select by"),
    ADMIN("run the instance: people, keys, backups");

    private final String meaning;

    Verb(String meaning) {
        this.meaning = meaning;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it allows, to be read after "may".
    public String meaning() {
        return meaning;
    }

    public static Verb ofWord(String word) {
        return Stream.of(values())
                .filter(v -> v.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-verb",
                                        "there is no verb \""
                                                + word
                                                + "\"; there are "
                                                + words(EnumSet.allOf(Verb.class))));
    }

    public static Set<Verb> ofWords(Collection<String> words) {
        var verbs = EnumSet.noneOf(Verb.class);
        words.forEach(word -> verbs.add(ofWord(word)));
        return verbs;
    }

    /// `read, note and ack`.
    public static String words(Collection<Verb> verbs) {
        var words = verbs.stream().sorted().map(Verb::word).toList();
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
