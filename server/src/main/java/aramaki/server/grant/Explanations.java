package aramaki.server.grant;

import aramaki.model.grant.Grant;
import aramaki.model.grant.Lack;
import aramaki.model.grant.Network;
import aramaki.model.grant.Role;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Why somebody may or may not, in one sentence.
final class Explanations {
    private final Supplier<GrantBook> book;
    private final Function<String, String> nameOfHolder;
    private final Function<SystemId, String> nameOfSystem;

    /// @param nameOfHolder for people; the id where there is none
    Explanations(
            Supplier<GrantBook> book,
            Function<String, String> nameOfHolder,
            Function<SystemId, String> nameOfSystem) {
        this.book = book;
        this.nameOfHolder = nameOfHolder;
        this.nameOfSystem = nameOfSystem;
    }

    String sentence(Asker asker, Verb verb, SystemId system, Decision decision, Instant now) {
        String on = nameOfSystem.apply(system);
        return switch (decision) {
            case Decision.Allowed(_, var grant) ->
                    asker.name()
                            + " may "
                            + verb.word()
                            + " "
                            + on
                            + grant.map(
                                            g ->
                                                    " until "
                                                            + at(g.terms().expiresAt())
                                                            + ": "
                                                            + given(g))
                                    .orElse(": an owner of this instance needs no grant");
            case Decision.Denied(var nearest) ->
                    asker.name()
                            + " may not "
                            + verb.word()
                            + " "
                            + on
                            + ": "
                            + nearest.or(() -> revoked(asker, system))
                                    .map(n -> lacking(n, now))
                                    .orElse("no grant of theirs covers it")
                            + "; "
                            + whoMayGive(verb, system, now);
        };
    }

    /// What covers nothing any more is not found by system.
    private Optional<Decision.Near> revoked(Asker asker, SystemId system) {
        return book.get().all().stream()
                .filter(g -> g.holder().equals(asker.holder()) && g.ended().isPresent())
                .filter(g -> g.reach().everything() || g.reach().systems().contains(system))
                .max(Comparator.comparing(g -> g.ended().orElseThrow()))
                .map(g -> new Decision.Near(g, Lack.REVOKED));
    }

    private String given(Grant grant) {
        return nameOfHolder.apply(grant.giver())
                + " gave "
                + bundle(grant)
                + book.get()
                        .find(grant.id())
                        .map(g -> book.get().chain(g))
                        .filter(chain -> chain.size() > 1)
                        .map(
                                chain ->
                                        ", passed on from "
                                                + nameOfHolder.apply(chain.getLast().giver()))
                        .orElse("")
                + " ("
                + grant.reason()
                + ")";
    }

    static String bundle(Grant grant) {
        return Role.of(grant.terms().verbs())
                .map(r -> "the role " + r.word())
                .orElse(Verb.words(grant.terms().verbs()));
    }

    private String lacking(Decision.Near near, Instant now) {
        var terms = near.grant().terms();
        String theirs = "the grant by " + nameOfHolder.apply(near.grant().giver());
        return switch (near.lack()) {
            case VERB -> theirs + " covers " + Verb.words(terms.verbs()) + " only";
            case EXPIRED -> theirs + " ended at " + at(terms.expiresAt());
            case REVOKED -> theirs + " was revoked at " + at(near.grant().ended().orElse(now));
            case NOT_YET -> theirs + " begins at " + at(terms.notBefore());
            case PASSKEY -> theirs + " wants a sign-in with a passkey";
            case NETWORK ->
                    theirs
                            + " is for "
                            + terms.networks().stream()
                                    .map(Network::toString)
                                    .collect(Collectors.joining(", "))
                            + " only";
            case ASLEEP ->
                    theirs
                            + " is for an emergency: invoke it with a reason (grant "
                            + near.grant().id().hex().substring(0, 12)
                            + ")";
        };
    }

    private String whoMayGive(Verb verb, SystemId system, Instant now) {
        var givers =
                book.get().all().stream()
                        .filter(g -> g.alive(now) && g.terms().depth() > 0)
                        .filter(g -> g.terms().verbs().contains(verb))
                        .filter(g -> book.get().covers(g.id()).containsKey(system))
                        .map(g -> nameOfHolder.apply(g.holder()))
                        .distinct()
                        .sorted()
                        .limit(3)
                        .collect(Collectors.joining(", "));
        return "ask an owner"
                + Optional.of(givers).filter(g -> !g.isEmpty()).map(g -> " or " + g).orElse("");
    }

    private static String at(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
