package aramaki.model.grant;

import aramaki.model.Refusal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A named bundle of verbs, so that people need not spell them.
public enum Role {
    VIEWER(EnumSet.of(Verb.READ)),
    OPERATOR(EnumSet.of(Verb.READ, Verb.NOTE, Verb.ACK, Verb.SILENCE, Verb.RUN)),
    MAINTAINER(
            EnumSet.of(
                    Verb.READ, Verb.NOTE, Verb.ACK, Verb.SILENCE, Verb.RUN, Verb.EDIT, Verb.AGENT)),
    OWNER(EnumSet.allOf(Verb.class));

    private final Set<Verb> verbs;

    Role(Set<Verb> verbs) {
        this.verbs = Collections.unmodifiableSet(verbs);
    }

    public Set<Verb> verbs() {
        return verbs;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role ofWord(String word) {
        return Stream.of(values())
                .filter(r -> r.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-role",
                                        "there is no role \""
                                                + word
                                                + "\"; there are "
                                                + Stream.of(values())
                                                        .map(Role::word)
                                                        .collect(Collectors.joining(", "))));
    }

    /// The role whose verbs are exactly these.
    public static Optional<Role> of(Set<Verb> verbs) {
        return Stream.of(values()).filter(r -> r.verbs.equals(verbs)).findFirst();
    }
}
