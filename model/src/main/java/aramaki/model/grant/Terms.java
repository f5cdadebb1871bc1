package aramaki.model.grant;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventClass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a grant lets its holder do, whatever the systems: a closed set of fields, each of which can
/// only become narrower when the grant is passed on.
///
/// @param classes which events the holder may read
/// @param passkey whether the holder must have signed in with a passkey
/// @param networks where the holder must come from; empty for anywhere
/// @param expiresAt not included
/// @param depth how often it may be passed on; 0 for never
public record Terms(
        Set<Verb> verbs,
        Set<EventClass> classes,
        boolean passkey,
        List<Network> networks,
        Instant notBefore,
        Instant expiresAt,
        int depth) {
    /// No chain is longer.
    public static final int MAX_DEPTH = 4;

    private static final int MAX_NETWORKS = 16;

    public Terms {
        verbs = Set.copyOf(verbs);
        classes = Set.copyOf(classes);
        networks = List.copyOf(networks);
        if (verbs.isEmpty()) {
            throw Refusal.invalid("no-verbs", "a grant needs at least one verb or a role");
        }
        if (depth < 0 || depth > MAX_DEPTH) {
            throw Refusal.invalid("bad-depth", "depth must be 0 to " + MAX_DEPTH);
        }
        if (!notBefore.isBefore(expiresAt)) {
            throw Refusal.invalid("bad-expiry", "a grant must expire after it begins");
        }
        if (networks.size() > MAX_NETWORKS) {
            throw Refusal.invalid("too-many-networks", "at most " + MAX_NETWORKS + " networks");
        }
    }

    /// Why these are wider than those they come from; empty when they are not. The sentence names
    /// the field.
    public Optional<String> widerThan(Terms parent) {
        if (depth >= parent.depth) {
            return Optional.of(
                    parent.depth == 0
                            ? "the grant it comes from may not be passed on"
                            : "depth must be less than " + parent.depth);
        }
        return beyond(parent);
    }

    /// The same where nobody else comes to hold them, so that their depth does not count.
    public Optional<String> beyond(Terms parent) {
        if (!parent.verbs.containsAll(verbs)) {
            return Optional.of(
                    "the grant it comes from has no "
                            + Verb.words(
                                    verbs.stream()
                                            .filter(v -> !parent.verbs.contains(v))
                                            .toList()));
        }
        if (!parent.classes.containsAll(classes)) {
            return Optional.of("the grant it comes from reads fewer classes of events");
        }
        if (parent.passkey && !passkey) {
            return Optional.of("the grant it comes from wants a passkey");
        }
        if (!networksWithin(parent)) {
            return Optional.of(
                    "the grant it comes from is for "
                            + parent.networks.stream()
                                    .map(Network::toString)
                                    .collect(Collectors.joining(", "))
                            + " only");
        }
        if (notBefore.isBefore(parent.notBefore)) {
            return Optional.of("the grant it comes from begins at " + parent.notBefore);
        }
        if (expiresAt.isAfter(parent.expiresAt)) {
            return Optional.of("the grant it comes from ends at " + parent.expiresAt);
        }
        return Optional.empty();
    }

    private boolean networksWithin(Terms parent) {
        return parent.networks.isEmpty()
                || !networks.isEmpty()
                        && networks.stream()
                                .allMatch(
                                        n -> parent.networks.stream().anyMatch(p -> p.contains(n)));
    }

    /// Why they do not cover an act; empty when they do.
    public Optional<Lack> lacks(Act act) {
        if (!verbs.contains(act.verb())) {
            return Optional.of(Lack.VERB);
        }
        if (act.at().isBefore(notBefore)) {
            return Optional.of(Lack.NOT_YET);
        }
        if (!act.at().isBefore(expiresAt)) {
            return Optional.of(Lack.EXPIRED);
        }
        if (passkey && !act.passkey()) {
            return Optional.of(Lack.PASSKEY);
        }
        if (!networks.isEmpty()
                && act.from()
                        .filter(a -> networks.stream().anyMatch(n -> n.contains(a)))
                        .isEmpty()) {
            return Optional.of(Lack.NETWORK);
        }
        return Optional.empty();
    }
}
