package aramaki.server.grant;

import aramaki.model.Refusal;
import aramaki.model.grant.Act;
import aramaki.model.grant.Grant;
import aramaki.model.grant.Lack;
import aramaki.model.grant.Reach;
import aramaki.model.grant.Terms;
import aramaki.model.grant.Verb;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Gives grants, passes them on and takes them away, and keeps what they cover in step with the
/// systems.
public final class Grants implements Systems.Listener {
    /// No grant lasts longer.
    public static final Duration LONGEST = Duration.ofDays(366);

    /// An emergency grant is awake for so long.
    public static final Duration AWAKE = Duration.ofHours(1);

    private static final int MAX_REASON = 300;
    private static final String TOKEN = "t_";

    private final Store store;
    private final GrantStore grants;
    private final Systems systems;
    private final EventLog log;
    private final By instance;
    private final InstantSource clock;
    private final Permissions permissions;
    private final Coverage coverage;
    private volatile GrantBook book = GrantBook.EMPTY;
    private volatile Runnable whenChanged = () -> {};

    public Grants(
            Store store,
            GrantStore grants,
            Systems systems,
            EventLog log,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.grants = grants;
        this.systems = systems;
        this.log = log;
        this.instance = instance;
        this.clock = clock;
        this.coverage = new Coverage(grants, systems, log, clock);
        this.permissions =
                new Permissions(
                        () -> book,
                        systems::nameOf,
                        new Explanations(
                                () -> book,
                                this::nameOf,
                                id -> systems.nameOf(id).map(SystemName::value).orElse(id.value())),
                        clock);
    }

    /// What somebody asks to give.
    ///
    /// @param parent the grant it is passed on from; empty to find one, or for an owner
    public record Wish(
            String holder,
            Reach reach,
            Terms terms,
            String reason,
            Optional<Hash> parent,
            boolean emergency) {}

    /// Reads what there is, and has it cover what is there now.
    public void start() {
        book = store.read(this::load);
        changed();
    }

    /// To be run when somebody may do more or less than before, but not when time alone ends it.
    public void whenChanged(Runnable then) {
        whenChanged = then;
    }

    public Permissions permissions() {
        return permissions;
    }

    private GrantBook load(Tx tx) {
        return GrantBook.of(grants.all(tx), grants.covers(tx));
    }

    /// Newest first, ended ones included.
    public List<Grant> all() {
        return book.all().stream()
                .sorted(
                        Comparator.comparing(Grant::givenAt)
                                .reversed()
                                .thenComparing(g -> g.id().hex()))
                .toList();
    }

    /// By its id or an unambiguous beginning of it of at least eight digits.
    public Grant require(String id) {
        var found =
                book.all().stream()
                        .filter(g -> id.length() >= 8 && g.id().hex().startsWith(id))
                        .toList();
        if (found.size() != 1) {
            throw Refusal.notFound("grant", id);
        }
        return found.getFirst();
    }

    /// The systems it covers now.
    public Set<SystemId> covers(Grant grant) {
        return book.covers(grant.id()).keySet();
    }

    /// What people call a holder.
    public String nameOf(String holder) {
        return store.read(tx -> grants.nameOf(tx, holder));
    }

    /// Emergency grants that somebody woke.
    public List<Grant> awake(Instant now) {
        return book.all().stream()
                .filter(g -> g.emergency() && g.state(now) == Grant.State.ACTIVE)
                .toList();
    }

    /// What people call each of these holders.
    public Map<String, String> namesOf(Set<String> holders) {
        return store.read(
                tx ->
                        holders.stream()
                                .collect(Collectors.toMap(h -> h, h -> grants.nameOf(tx, h))));
    }

    public Grant give(Asker giver, Wish wish) {
        return store.write(tx -> give(tx, giver, wish));
    }

    /// The same within a unit of work in which the holder comes to be.
    public Grant give(Tx tx, Asker giver, Wish wish) {
        var now = clock.instant();
        refuseNonsense(wish, now);
        var current = load(tx);
        boolean own =
                token(tx, wish).filter(giver.actor()::equals).isPresent()
                        && giver.holder().equals(giver.actor());
        var parent = parent(current, giver, wish, own, now);
        var by = By.admitted(giver.actor(), giver.root().or(() -> parent).orElseThrow());
        var document =
                GrantDocument.of(
                        wish.holder(),
                        wish.reach(),
                        wish.terms(),
                        wish.reason().strip(),
                        parent,
                        wish.emergency());
        var event = log.append(tx, systems.instance().id(), document, now, by);
        var grant = GrantDocument.read(event.hash(), document, giver.actor(), now);
        grants.add(tx, grant);
        coverage.follow(tx, load(tx), by);
        follow(tx);
        return grant;
    }

    /// The person whose token is to hold it; it passes nothing on, or its person could by it.
    private Optional<String> token(Tx tx, Wish wish) {
        if (!wish.holder().startsWith(TOKEN)) {
            return Optional.empty();
        }
        if (wish.terms().depth() > 0) {
            throw Refusal.invalid("bad-depth", "a token passes nothing on: depth must be 0");
        }
        var person = grants.personOfToken(tx, wish.holder());
        if (person.isEmpty()) {
            throw Refusal.notFound("token with grants of its own", wish.holder());
        }
        return person;
    }

    /// Refuses what this giver could not give now to somebody who is yet to come.
    public void refuse(Asker giver, Wish wish) {
        var now = clock.instant();
        refuseNonsense(wish, now);
        parent(book, giver, wish, false, now);
    }

    private void refuseNonsense(Wish wish, Instant now) {
        reason(wish.reason());
        if (wish.terms().expiresAt().isAfter(now.plus(LONGEST))) {
            throw Refusal.invalid(
                    "bad-expiry", "a grant lasts at most " + LONGEST.toDays() + " days");
        }
        if (!wish.terms().expiresAt().isAfter(now)) {
            throw Refusal.invalid("bad-expiry", "expiresAt has gone by already");
        }
        wish.reach().systems().stream()
                .filter(id -> systems.byId(id).isEmpty())
                .findFirst()
                .ifPresent(
                        id -> {
                            throw Refusal.notFound("system", id.value());
                        });
    }

    private static String reason(String text) {
        String reason = text.strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw Refusal.invalid("bad-reason", "say why, in 1 to " + MAX_REASON + " characters");
        }
        return reason;
    }

    /// The grant that this one is passed on from; it must be the giver's, and no narrower.
    ///
    /// @param own whether it is for a token of the giver, who passes nothing on by it
    private Optional<Hash> parent(
            GrantBook current, Asker giver, Wish wish, boolean own, Instant now) {
        if (giver.root().isPresent() && wish.parent().isEmpty()) {
            return Optional.empty();
        }
        var wanted = coverage.of(wish.reach());
        if (wish.parent().isPresent()) {
            var named =
                    current.find(wish.parent().get())
                            .filter(g -> g.holder().equals(giver.holder()))
                            .orElseThrow(
                                    () ->
                                            Refusal.notFound(
                                                    "grant of yours", wish.parent().get().hex()));
            unfit(current, named, giver, wish, own, wanted, now)
                    .ifPresent(
                            why -> {
                                throw wider(why);
                            });
            return Optional.of(named.id());
        }
        String why = "you hold no grant that may be passed on";
        for (var held : current.all()) {
            if (held.holder().equals(giver.holder()) && (own || held.terms().depth() > 0)) {
                var unfit = unfit(current, held, giver, wish, own, wanted, now);
                if (unfit.isEmpty()) {
                    return Optional.of(held.id());
                }
                why = unfit.get();
            }
        }
        throw wider(why);
    }

    private static Optional<String> unfit(
            GrantBook current,
            Grant parent,
            Asker giver,
            Wish wish,
            boolean own,
            Set<SystemId> wanted,
            Instant now) {
        if (!parent.alive(now)
                || parent.emergency() && parent.awakeUntil().filter(now::isBefore).isEmpty()) {
            return Optional.of("the grant it comes from is not in force");
        }
        if (parent.emergency() && !wish.emergency()) {
            return Optional.of("the grant it comes from is for an emergency");
        }
        if (!fulfils(parent, giver, now)) {
            return Optional.of(
                    "you do not fulfil what the grant it comes from wants of its holder");
        }
        if (!current.covers(parent.id()).keySet().containsAll(wanted)) {
            return Optional.of("the grant it comes from covers fewer systems");
        }
        return own ? wish.terms().beyond(parent.terms()) : wish.terms().widerThan(parent.terms());
    }

    /// Whether who asks came as the grant wants it, with a passkey and from its networks.
    private static boolean fulfils(Grant grant, Asker asker, Instant now) {
        var verb = grant.terms().verbs().iterator().next();
        return grant.terms()
                .lacks(new Act(verb, now, asker.passkey(), asker.from()))
                .filter(lack -> lack == Lack.PASSKEY || lack == Lack.NETWORK)
                .isEmpty();
    }

    private static Refusal wider(String why) {
        return new Refusal(
                Refusal.Reason.FORBIDDEN,
                "wider-than-yours",
                "nobody can give more than they have: " + why);
    }

    /// Takes a grant and everything that was passed on from it away.
    public List<Grant> revoke(Asker asker, Grant grant, String reason) {
        String why = reason(reason);
        return store.write(
                tx -> {
                    var current = load(tx);
                    var by = mayRevoke(current, asker, current.find(grant.id()).orElse(grant));
                    var ending =
                            current.withChildren(grant.id()).stream()
                                    .filter(g -> g.ended().isEmpty())
                                    .toList();
                    if (ending.isEmpty()) {
                        throw Refusal.conflict("ended", "this grant was revoked already");
                    }
                    end(
                            tx,
                            current,
                            ending,
                            one ->
                                    one.id().equals(grant.id())
                                            ? why
                                            : "what it was passed on from was revoked: " + why,
                            by);
                    follow(tx);
                    return ending;
                });
    }

    /// Takes away what a token held that ends, and what came of it.
    public void tokenEnded(Tx tx, String holder, By by) {
        var current = load(tx);
        var ending =
                current.all().stream()
                        .filter(g -> g.holder().equals(holder))
                        .flatMap(g -> current.withChildren(g.id()).stream())
                        .filter(g -> g.ended().isEmpty())
                        .distinct()
                        .toList();
        end(tx, current, ending, _ -> "the token that held it ended", by);
        follow(tx);
    }

    /// All is written before any of it ends: it may be what its author acts under.
    private void end(
            Tx tx, GrantBook current, List<Grant> ending, Function<Grant, String> why, By by) {
        var now = clock.instant();
        for (var grant : ending) {
            var said = new Payload.GrantRevoked(grant.id().hex(), why.apply(grant));
            log.append(tx, systems.instance().id(), said, now, by);
            coverage.tellWithdrawn(tx, grant, current.covers(grant.id()), why.apply(grant), by);
        }
        for (var grant : ending) {
            grants.end(tx, grant.id(), now);
            current.covers(grant.id()).values().forEach(event -> grants.uncover(tx, event));
        }
    }

    /// Who gave it or any it came from, who holds it, and who has the verb on all it covers.
    private By mayRevoke(GrantBook current, Asker asker, Grant grant) {
        if (asker.root().isPresent()) {
            return By.admitted(asker.actor(), asker.root().get());
        }
        var covered = current.covers(grant.id());
        boolean involved =
                grant.holder().equals(asker.holder())
                        || current.chain(grant).stream()
                                .anyMatch(g -> g.giver().equals(asker.holder()));
        var verb =
                covered.keySet().stream()
                        .map(system -> permissions.decide(asker, Verb.GRANT, system))
                        .toList();
        boolean allowed =
                !verb.isEmpty() && verb.stream().allMatch(Decision.Allowed.class::isInstance);
        if (!involved && !allowed) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "not-granted",
                    "only who gave it, who holds it, or who has the verb grant on every system it"
                            + " covers can revoke it");
        }
        var named =
                allowed && verb.getFirst() instanceof Decision.Allowed(var event, _)
                        ? event
                        : current.chain(grant).stream()
                                .filter(g -> g.holder().equals(asker.holder()))
                                .map(Grant::id)
                                .findFirst()
                                .orElse(grant.id());
        return By.admitted(asker.actor(), named);
    }

    /// Wakes an emergency grant of one's own for an hour, for everybody to see.
    public Grant invoke(Asker asker, Grant grant, String reason) {
        String why = reason(reason);
        var now = clock.instant();
        var until = now.plus(AWAKE);
        return store.write(
                tx -> {
                    var current = load(tx);
                    var own =
                            current.find(grant.id())
                                    .filter(g -> g.holder().equals(asker.holder()))
                                    .filter(Grant::emergency)
                                    .filter(g -> g.alive(now) && fulfils(g, asker, now))
                                    .orElseThrow(
                                            () ->
                                                    Refusal.conflict(
                                                            "no-emergency",
                                                            "this is no emergency grant of yours"
                                                                    + " that is in force"));
                    var by = By.admitted(asker.actor(), own.id());
                    var payload =
                            new Payload.GrantInvoked(
                                    own.id().hex(), asker.holder(), asker.name(), why, until);
                    log.append(tx, systems.instance().id(), payload, now, by);
                    for (var system : current.covers(own.id()).keySet()) {
                        log.append(tx, system, payload, now, by);
                    }
                    grants.wake(tx, own.id(), until);
                    follow(tx);
                    return own.invoked(until);
                });
    }

    private void follow(Tx tx) {
        var next = load(tx);
        tx.afterCommit(
                () -> {
                    book = next;
                    whenChanged.run();
                });
    }

    @Override
    public void changing(Tx tx, ManagedSystem before, Optional<ManagedSystem> after, By by) {}

    /// Systems changed, so that grants may cover others.
    @Override
    public void changed() {
        if (book.all().isEmpty()) {
            return;
        }
        store.write(
                tx -> {
                    coverage.follow(tx, load(tx), instance);
                    follow(tx);
                    return 0;
                });
    }

    /// Whether a change of this label may change whom a grant reaches.
    public boolean selectsBy(String label) {
        var now = clock.instant();
        return book.all().stream().anyMatch(g -> g.alive(now) && g.reach().selectsBy(label));
    }
}
