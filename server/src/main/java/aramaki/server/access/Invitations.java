package aramaki.server.access;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// How people who are not here yet come to be: an owner invites by a link, they join once.
public final class Invitations {
    /// An invitation holds for so long at most.
    public static final Duration AT_MOST = Duration.ofDays(30);

    private static final int TITLE = 200;
    private static final int OPEN = 200;
    private static final int GRANTS = 50;
    private static final String ROLE = "member";

    private final Store store;
    private final AccessStore people;
    private final InvitationStore invitations;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final By instance;
    private final InstantSource clock;
    private final Secrets secrets = new Secrets();
    private final List<Joining> listeners = new CopyOnWriteArrayList<>();

    /// One just made; its secret is shown once.
    public record Made(String secret, Invitation invitation) {}

    /// Hears of somebody who joins, within the unit of work in which they do: it gives them what
    /// their invitation says, and may refuse.
    @FunctionalInterface
    public interface Joining {
        void accepted(Tx tx, Person person, Invitation invitation);
    }

    public Invitations(
            Store store,
            AccessStore people,
            InvitationStore invitations,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.people = people;
        this.invitations = invitations;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.instance = instance;
        this.clock = clock;
    }

    public void listen(Joining listener) {
        listeners.add(listener);
    }

    /// Those that can be used still.
    public List<Invitation> open() {
        var now = clock.instant();
        return store.read(invitations::all).stream().filter(i -> isOpen(i, now)).toList();
    }

    public Made invite(
            Caller by, String name, String title, List<JsonNode> grants, Duration valid) {
        Names.require("person", name);
        if (title.length() > TITLE || title.chars().anyMatch(c -> c < ' ')) {
            throw Refusal.invalid("bad-title", "a title has at most 200 characters in one line");
        }
        if (grants.size() > GRANTS) {
            throw Refusal.invalid("too-many-grants", "an invitation carries at most 50 grants");
        }
        if (valid.compareTo(Duration.ofMinutes(1)) < 0 || valid.compareTo(AT_MOST) > 0) {
            throw Refusal.invalid(
                    "bad-expiry", "an invitation holds for one minute to 30 days, such as 24h");
        }
        String secret = secrets.secret();
        String id = "n_" + secrets.word(10);
        var now = clock.instant();
        return store.write(
                tx -> {
                    refuseTaken(tx, name);
                    if (invitations.all(tx).stream().filter(i -> isOpen(i, now)).count() >= OPEN) {
                        throw Refusal.conflict(
                                "too-many-invitations", OPEN + " invitations are open already");
                    }
                    var said =
                            new Payload.PersonInvited(
                                    id, name, title.strip(), grants, now.plus(valid));
                    var event = log.append(tx, instanceSystem.get(), said, now, by.by());
                    var invitation =
                            new Invitation(
                                    id,
                                    Secrets.hash(secret),
                                    name,
                                    title.strip(),
                                    grants,
                                    by.person(),
                                    said.expiresAt(),
                                    false,
                                    event.hash());
                    invitations.add(tx, invitation);
                    return new Made(secret, invitation);
                });
    }

    /// Takes an invitation back, so that its link lets nobody in.
    public Invitation withdraw(Caller by, String id) {
        var now = clock.instant();
        return store.write(
                tx -> {
                    var invitation =
                            invitations.all(tx).stream()
                                    .filter(i -> i.id().equals(id) && isOpen(i, now))
                                    .findFirst()
                                    .orElseThrow(() -> Refusal.notFound("open invitation", id));
                    invitations.use(tx, id);
                    var said = new Payload.PersonUninvited(id, invitation.name());
                    log.append(tx, instanceSystem.get(), said, now, by.by());
                    return invitation;
                });
    }

    /// What a link is for; refused when it is good no longer.
    public Invitation require(String secret) {
        return store.read(tx -> require(tx, secret));
    }

    private Invitation require(Tx tx, String secret) {
        var now = clock.instant();
        return invitations
                .bySecret(tx, Secrets.hash(secret))
                .filter(i -> isOpen(i, now))
                .filter(i -> isHere(tx, i.by()))
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.UNAUTHENTICATED,
                                        "invitation-unusable",
                                        "this invitation was used already or is too old: ask"
                                                + " whoever sent it for another"));
    }

    private boolean isHere(Tx tx, String inviter) {
        return people.people(tx).stream().anyMatch(p -> p.id().equals(inviter) && !p.disabled());
    }

    private static boolean isOpen(Invitation invitation, Instant now) {
        return !invitation.used() && invitation.expiresAt().isAfter(now);
    }

    /// An id for somebody who is about to join.
    public String newPersonId() {
        return "p_" + secrets.word(16);
    }

    /// Uses an invitation up: the person is here, with everything that `proving` does in the same
    /// unit of work.
    public <T> T accept(String secret, String id, BiFunction<Tx, Person, T> proving) {
        return store.write(
                tx -> {
                    var invitation = require(tx, secret);
                    refuseTaken(tx, invitation.name());
                    var now = clock.instant();
                    var said =
                            new Payload.PersonJoined(
                                    id,
                                    invitation.name(),
                                    invitation.title(),
                                    ROLE,
                                    invitation.id());
                    var event = log.append(tx, instanceSystem.get(), said, now, instance);
                    var person =
                            new Person(
                                    id,
                                    invitation.name(),
                                    invitation.title(),
                                    ROLE,
                                    event.hash(),
                                    false,
                                    now,
                                    now);
                    people.addPerson(tx, person);
                    invitations.use(tx, invitation.id());
                    listeners.forEach(l -> l.accepted(tx, person, invitation));
                    return proving.apply(tx, person);
                });
    }

    private void refuseTaken(Tx tx, String name) {
        if (people.people(tx).stream().anyMatch(p -> p.name().equals(name))) {
            throw Refusal.conflict(
                    "name-taken", "there is a person " + name + " already: take another name");
        }
    }
}
