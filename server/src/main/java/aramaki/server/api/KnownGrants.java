package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Grant;
import aramaki.model.grant.Network;
import aramaki.model.grant.Role;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.Hash;
import aramaki.server.access.Access;
import aramaki.server.api.GrantAnswers.Explained;
import aramaki.server.api.GrantAnswers.GrantItem;
import aramaki.server.grant.Asker;
import aramaki.server.grant.Decision;
import aramaki.server.grant.Grants;
import aramaki.server.http.Exchange;
import aramaki.server.sight.Sight;
import aramaki.server.system.Systems;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Grants as who asks may know them.
public final class KnownGrants {
    private final Grants grants;
    private final Systems systems;
    private final Access access;
    private final Wishes wishes;
    private final InstantSource clock;

    public KnownGrants(
            Grants grants, Systems systems, Access access, Wishes wishes, InstantSource clock) {
        this.grants = grants;
        this.systems = systems;
        this.access = access;
        this.wishes = wishes;
        this.clock = clock;
    }

    /// Those that somebody holds, gave, or may take away.
    ///
    /// @param holder only what this person or other holder has
    /// @param system only what covers it
    public Stream<Grant> visible(
            Exchange exchange, Optional<String> holder, Optional<SystemName> system) {
        var asker = asker(exchange);
        var id = holder.map(wishes::holder);
        system.filter(name -> !Sight.current().sees(name))
                .ifPresent(
                        name -> {
                            throw Refusal.notFound("system", name.value());
                        });
        var on = system.map(name -> systems.require(name).id());
        return grants.all().stream()
                .filter(g -> mayKnow(asker, g))
                .filter(g -> id.map(g.holder()::equals).orElse(true))
                .filter(g -> on.map(grants.covers(g)::contains).orElse(true));
    }

    private boolean mayKnow(Asker asker, Grant grant) {
        return asker.root().isPresent()
                || grant.holder().equals(asker.holder())
                || grant.giver().equals(asker.holder())
                || grants.covers(grant).stream()
                        .anyMatch(s -> grants.permissions().may(asker, Verb.GRANT, s));
    }

    /// The one that the path names.
    public Grant require(Exchange exchange) {
        String id = exchange.path("grant");
        var asker = asker(exchange);
        return Optional.of(grants.require(id))
                .filter(g -> mayKnow(asker, g))
                .orElseThrow(() -> Refusal.notFound("grant", id));
    }

    /// Whether and why somebody may do this, for who may know.
    ///
    /// @param person who it is asked about; who asks when empty
    public Explained explain(Exchange exchange, Optional<String> person, Verb verb, String name) {
        var asker = asker(exchange);
        var system =
                systems.find(new SystemName(name))
                        .orElseThrow(() -> Refusal.notFound("system", name))
                        .id();
        var about = person.map(said -> other(exchange, said)).orElse(asker);
        boolean own = about.holder().equals(asker.holder());
        boolean mayAsk =
                own
                        ? grants.permissions().may(asker, Verb.READ, system)
                                || name.equals(Systems.INSTANCE.value())
                        : grants.permissions().may(asker, Verb.GRANT, system);
        if (!mayAsk) {
            throw Refusal.notFound("system", name);
        }
        var decision = grants.permissions().decide(about, verb, system);
        return new Explained(
                decision instanceof Decision.Allowed,
                grants.permissions().explain(about, verb, system),
                decision instanceof Decision.Allowed(_, var grant)
                        ? grant.map(Grant::id).map(Hash::hex).orElse(null)
                        : null);
    }

    /// Somebody else, as if they asked from where one is oneself, with a passkey.
    private Asker other(Exchange exchange, String said) {
        String id = wishes.holder(said);
        return access.people().stream()
                .filter(p -> p.person().equals(id))
                .findFirst()
                .map(p -> Door.asker(p.withPasskey(), exchange.from()))
                .orElseGet(
                        () ->
                                new Asker(
                                        id,
                                        id,
                                        grants.nameOf(id),
                                        Optional.empty(),
                                        true,
                                        Optional.of(exchange.from())));
    }

    /// Who asks, under no grant in particular.
    public static Asker asker(Exchange exchange) {
        return Door.asker(exchange.signedIn(), exchange.from());
    }

    /// As who asks may know it.
    public GrantItem item(Exchange exchange, Grant grant) {
        return items(exchange, List.of(grant)).getFirst();
    }

    /// The same for many, whose names are read once.
    public List<GrantItem> items(Exchange exchange, List<Grant> all) {
        var asker = asker(exchange);
        var names =
                grants.namesOf(
                        all.stream()
                                .flatMap(g -> Stream.of(g.holder(), g.giver()))
                                .collect(Collectors.toSet()));
        return all.stream().map(g -> item(asker, g, names)).toList();
    }

    private GrantItem item(Asker asker, Grant grant, Map<String, String> names) {
        var terms = grant.terms();
        return new GrantItem(
                grant.id().hex(),
                grant.holder(),
                names.getOrDefault(grant.holder(), grant.holder()),
                Role.of(terms.verbs()).map(Role::word).orElse(null),
                terms.verbs().stream().sorted().map(Verb::word).toList(),
                grant.reach().everything(),
                names(asker, grant, grant.reach().systems()),
                grant.reach().labels().values(),
                names(asker, grant, grants.covers(grant)),
                terms.classes().stream().sorted().map(EventClass::word).toList(),
                terms.passkey(),
                terms.networks().stream().map(Network::toString).toList(),
                terms.notBefore(),
                terms.expiresAt(),
                terms.depth(),
                grant.reason(),
                grant.state(clock.instant()).word(),
                names.getOrDefault(grant.giver(), grant.giver()),
                grant.givenAt(),
                grant.parent().map(Hash::hex).orElse(null),
                grant.emergency(),
                grant.awakeUntil().orElse(null),
                sentence(grant, names));
    }

    /// Whoever holds or gave it knows what it names; others see what they may see.
    private List<String> names(Asker asker, Grant grant, Set<SystemId> ids) {
        boolean involved =
                grant.holder().equals(asker.holder()) || grant.giver().equals(asker.holder());
        return ids.stream()
                .filter(id -> involved || grants.permissions().may(asker, Verb.READ, id))
                .flatMap(id -> systems.nameOf(id).stream())
                .map(SystemName::value)
                .sorted()
                .toList();
    }

    private String sentence(Grant grant, Map<String, String> names) {
        return names.getOrDefault(grant.holder(), grant.holder())
                + (grant.state(clock.instant()) == Grant.State.ACTIVE ? " may " : " might ")
                + Verb.words(grant.terms().verbs())
                + " until "
                + grant.terms().expiresAt()
                + ", given by "
                + names.getOrDefault(grant.giver(), grant.giver())
                + ": "
                + grant.reason();
    }
}
