package aramaki.server.api;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.grant.Grant;
import aramaki.model.grant.Network;
import aramaki.model.grant.Reach;
import aramaki.model.grant.Role;
import aramaki.model.grant.Terms;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.Hash;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.GrantAnswers.Explained;
import aramaki.server.api.GrantAnswers.GrantItem;
import aramaki.server.api.GrantAnswers.NewGrant;
import aramaki.server.grant.Asker;
import aramaki.server.grant.Decision;
import aramaki.server.grant.Grants;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.Systems;
import aramaki.server.system.files.Durations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Grants over HTTP: who may do what, until when, why, and taking it away.
public final class GrantApi {
    private static final Set<EventClass> USUAL = EnumSet.of(EventClass.PUBLIC, EventClass.OPS);

    private final Grants grants;
    private final Systems systems;
    private final Access access;
    private final InstantSource clock;

    public GrantApi(Grants grants, Systems systems, Access access, InstantSource clock) {
        this.grants = grants;
        this.systems = systems;
        this.access = access;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/grants",
                        Need.SOMEONE,
                        "Grants that you hold, gave, or may take away; `all=true` with those that"
                                + " ended.",
                        GrantItem.class,
                        this::list),
                Route.post(
                        "/api/v1/grants",
                        Need.SOMEONE,
                        "Gives a grant, within what you hold yourself.",
                        NewGrant.class,
                        GrantItem.class,
                        this::give),
                Route.get(
                        "/api/v1/grants/{grant}",
                        Need.SOMEONE,
                        "One grant.",
                        GrantItem.class,
                        this::show),
                Route.post(
                        "/api/v1/grants/{grant}/revoke",
                        Need.SOMEONE,
                        "Takes a grant away, and everything that was passed on from it.",
                        GrantAnswers.Reason.class,
                        GrantItem[].class,
                        this::revoke),
                Route.post(
                        "/api/v1/grants/{grant}/invoke",
                        Need.SOMEONE,
                        "Wakes an emergency grant of yours for an hour, for everybody to see.",
                        GrantAnswers.Reason.class,
                        GrantItem.class,
                        this::invoke),
                Route.get(
                        "/api/v1/permissions",
                        Need.SOMEONE,
                        "Why `person` (you) may or may not do `verb` to `system`, in one sentence.",
                        Explained.class,
                        this::explain));
    }

    private void list(Exchange exchange) {
        boolean ended = exchange.query("all").filter("true"::equals).isPresent();
        var holder = exchange.query("holder").map(this::holder);
        var system = exchange.query("system").map(SystemName::new).map(this::id);
        exchange.json(
                new Items<>(
                        visible(exchange).stream()
                                .filter(g -> ended || g.alive(clock.instant()))
                                .filter(g -> holder.map(g.holder()::equals).orElse(true))
                                .filter(g -> system.map(grants.covers(g)::contains).orElse(true))
                                .limit(exchange.limit())
                                .map(g -> item(exchange, g))
                                .toList(),
                        null));
    }

    /// Those that somebody holds, gave, or may take away.
    public List<Grant> visible(Exchange exchange) {
        var asker = asker(exchange);
        return grants.all().stream().filter(g -> mayKnow(asker, g)).toList();
    }

    private boolean mayKnow(Asker asker, Grant grant) {
        return asker.root().isPresent()
                || grant.holder().equals(asker.holder())
                || grant.giver().equals(asker.holder())
                || grants.covers(grant).stream()
                        .anyMatch(s -> grants.permissions().may(asker, Verb.GRANT, s));
    }

    private Grant require(Exchange exchange) {
        String id = exchange.path("grant");
        var asker = asker(exchange);
        return Optional.of(grants.require(id))
                .filter(g -> mayKnow(asker, g))
                .orElseThrow(() -> Refusal.notFound("grant", id));
    }

    private void show(Exchange exchange) {
        exchange.json(item(exchange, require(exchange)));
    }

    private void give(Exchange exchange) {
        var wish = wish(exchange.body(NewGrant.class));
        var given = grants.give(asker(exchange), wish);
        exchange.json(201, item(exchange, given));
    }

    private Grants.Wish wish(NewGrant said) {
        var now = clock.instant();
        var from = Optional.ofNullable(said.notBefore()).orElse(now);
        var verbs =
                Optional.ofNullable(said.role())
                        .map(Role::ofWord)
                        .map(Role::verbs)
                        .orElseGet(
                                () ->
                                        Verb.ofWords(
                                                Optional.ofNullable(said.verbs())
                                                        .orElse(List.of())));
        return new Grants.Wish(
                holder(said.holder()),
                new Reach(
                        Boolean.TRUE.equals(said.everything()),
                        Optional.ofNullable(said.systems()).orElse(List.of()).stream()
                                .map(SystemName::new)
                                .map(this::id)
                                .collect(Collectors.toSet()),
                        Labels.of(Optional.ofNullable(said.labels()).orElse(Map.of()))),
                new Terms(
                        verbs,
                        Optional.ofNullable(said.classes()).map(GrantApi::classes).orElse(USUAL),
                        Boolean.TRUE.equals(said.passkey()),
                        Optional.ofNullable(said.networks()).orElse(List.of()).stream()
                                .map(Network::parse)
                                .toList(),
                        from,
                        expiry(said, from),
                        Optional.ofNullable(said.depth()).orElse(0)),
                said.reason(),
                Optional.ofNullable(said.from()).map(grants::require).map(Grant::id),
                Boolean.TRUE.equals(said.emergency()));
    }

    private static Instant expiry(NewGrant said, Instant from) {
        if (said.expiresAt() != null) {
            return said.expiresAt();
        }
        return Optional.ofNullable(said.expiresIn())
                .flatMap(Durations::parse)
                .map(from::plus)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "no-expiry",
                                        "a grant ends: say expiresIn, such as 8h or 90d, or"
                                                + " expiresAt"));
    }

    private static Set<EventClass> classes(List<String> words) {
        return words.stream()
                .map(
                        word ->
                                Arrays.stream(EventClass.values())
                                        .filter(c -> c.word().equals(word))
                                        .findFirst()
                                        .orElseThrow(
                                                () ->
                                                        Refusal.invalid(
                                                                "bad-class",
                                                                "classes are public, ops and"
                                                                        + " restricted")))
                .collect(Collectors.toSet());
    }

    /// A person's name or id, or the id of another holder.
    private String holder(String said) {
        return access.people().stream()
                .filter(p -> p.name().equals(said) || p.person().equals(said))
                .map(Caller::person)
                .findFirst()
                .or(() -> Optional.of(said).filter(s -> s.matches("[tai]_[a-z2-7]{16,60}")))
                .orElseThrow(() -> Refusal.notFound("person", said));
    }

    private SystemId id(SystemName name) {
        return systems.require(name).id();
    }

    private void revoke(Exchange exchange) {
        var grant = require(exchange);
        String reason = exchange.body(GrantAnswers.Reason.class).reason();
        var ended = grants.revoke(asker(exchange), grant, reason);
        exchange.json(
                new Items<>(
                        ended.stream().map(g -> item(exchange, g.ended(clock.instant()))).toList(),
                        null));
    }

    private void invoke(Exchange exchange) {
        var grant = require(exchange);
        String reason = exchange.body(GrantAnswers.Reason.class).reason();
        exchange.json(item(exchange, grants.invoke(asker(exchange), grant, reason)));
    }

    private void explain(Exchange exchange) {
        var asker = asker(exchange);
        var verb = Verb.ofWord(exchange.query("verb").orElse(Verb.READ.word()));
        String name = exchange.query("system").orElse(Systems.INSTANCE.value());
        var system =
                systems.find(new SystemName(name))
                        .orElseThrow(() -> Refusal.notFound("system", name))
                        .id();
        var about = exchange.query("person").map(said -> other(exchange, said)).orElse(asker);
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
        exchange.json(
                new Explained(
                        decision instanceof Decision.Allowed,
                        grants.permissions().explain(about, verb, system),
                        decision instanceof Decision.Allowed(_, var grant)
                                ? grant.map(Grant::id).map(Hash::hex).orElse(null)
                                : null));
    }

    /// Somebody else, as if they asked from where one is oneself, with a passkey.
    private Asker other(Exchange exchange, String said) {
        String id = holder(said);
        return access.people().stream()
                .filter(p -> p.person().equals(id))
                .findFirst()
                .map(p -> Door.asker(p, exchange.from()))
                .orElseGet(
                        () ->
                                new Asker(
                                        id,
                                        said,
                                        Optional.empty(),
                                        true,
                                        Optional.of(exchange.from())));
    }

    private static Asker asker(Exchange exchange) {
        return Door.asker(exchange.signedIn(), exchange.from());
    }

    private String name(String holder) {
        return access.people().stream()
                .filter(p -> p.person().equals(holder))
                .map(Caller::name)
                .findFirst()
                .orElse(holder);
    }

    /// As who asks may know it.
    public GrantItem item(Exchange exchange, Grant grant) {
        var asker = asker(exchange);
        var terms = grant.terms();
        return new GrantItem(
                grant.id().hex(),
                grant.holder(),
                name(grant.holder()),
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
                name(grant.giver()),
                grant.givenAt(),
                grant.parent().map(Hash::hex).orElse(null),
                grant.emergency(),
                grant.awakeUntil().orElse(null),
                sentence(grant));
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

    private String sentence(Grant grant) {
        return name(grant.holder())
                + (grant.state(clock.instant()) == Grant.State.ACTIVE ? " may " : " might ")
                + Verb.words(grant.terms().verbs())
                + " until "
                + grant.terms().expiresAt()
                + ", given by "
                + name(grant.giver())
                + ": "
                + grant.reason();
    }
}
