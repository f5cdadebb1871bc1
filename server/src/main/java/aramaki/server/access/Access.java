package aramaki.server.access;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.access.AccessStore.Credential;
import aramaki.server.access.AccessStore.Kind;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Who is asking: one-time links, sessions of browsers, and the tokens of programs.
public final class Access {
    /// How long a sign-in link waits to be used.
    public static final Duration LINK_VALID = Duration.ofMinutes(15);

    /// Who needs no grant.
    public static final String OWNER = "owner";

    /// How long a proof is good for what is dangerous.
    public static final Duration FRESH = Duration.ofMinutes(5);

    /// A session ends when nobody used it for so long.
    public static final Duration SESSION_IDLE = Duration.ofHours(8);

    /// A token is valid for so long at most.
    public static final Duration TOKEN_AT_MOST = Duration.ofDays(365);

    /// How long a browser is remembered.
    public static final Duration DEVICE_VALID = Duration.ofDays(180);

    private static final Duration SESSION_AT_MOST = Duration.ofHours(24);
    private static final Duration TOUCH = Duration.ofMinutes(1);
    private static final int TOKENS = 200;
    private static final int DEVICES = 20;

    private final Store store;
    private final AccessStore access;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final By instance;
    private final InstantSource clock;
    private final Endings endings = new Endings();
    private final Secrets secrets = new Secrets();
    private NarrowTokens whenNarrowEnds = (_, _, _) -> {};

    /// Hears of the end of a token with grants of its own, within the unit of work that ends it.
    @FunctionalInterface
    public interface NarrowTokens {
        void ended(Tx tx, String holder, By by);
    }

    /// A token just made; its secret is shown once.
    public record NewToken(String secret, Credential token) {}

    public Access(
            Store store,
            AccessStore access,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.access = access;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.instance = instance;
        this.clock = clock;
    }

    public Endings endings() {
        return endings;
    }

    /// To be called before anything is asked.
    public void whenNarrowTokenEnds(NarrowTokens listener) {
        whenNarrowEnds = listener;
    }

    /// The owner; admitted by the instance itself on first start.
    public Caller owner(String name) {
        var known = store.read(access::people);
        if (!known.isEmpty()) {
            return firstOwner(known).caller();
        }
        return admit(name, OWNER, instance);
    }

    /// Lets somebody in. What they may do is for grants to say, but for an owner.
    public Caller admit(String name, String role, By by) {
        String id = "p_" + secrets.word(16);
        return store.write(
                tx -> {
                    var payload = new Payload.PersonAdmitted(id, name, role);
                    var now = clock.instant();
                    var event = log.append(tx, instanceSystem.get(), payload, now, by);
                    var person =
                            new Person(id, name, "", role, event.hash(), false, now, Instant.EPOCH);
                    access.addPerson(tx, person);
                    return person.caller();
                });
    }

    /// Who was an owner first, and is one still.
    private static Person firstOwner(List<Person> known) {
        return known.stream()
                .filter(Person::owner)
                .filter(p -> !p.disabled())
                .min(Comparator.comparing(Person::since))
                .orElse(known.getFirst());
    }

    /// Everybody who was ever let in.
    public List<Caller> people() {
        return store.read(access::people).stream().map(Person::caller).toList();
    }

    /// A code that signs in once, within 15 minutes.
    public String newLink(Caller person) {
        return add(person.person(), Kind.LINK, Proof.LINK, "one-time link", LINK_VALID).secret();
    }

    /// The same as a link to the server at this address.
    public URI newLink(Caller person, URI server) {
        return server.resolve("/sign-in?code=" + newLink(person));
    }

    /// A token for programs of this person, valid for a year.
    public String newToken(Caller person, String label) {
        return newToken(person, label, TOKEN_AT_MOST).secret();
    }

    public NewToken newToken(Caller person, String label, Duration valid) {
        return store.write(
                tx -> newToken(tx, person, label, valid, false, Proof.TOKEN, person.by()));
    }

    /// A token that may do only what grants of its own say.
    ///
    /// @param giving gives them to the holder it is told, within the same unit of work
    public NewToken newNarrowToken(
            Caller person, String label, Duration valid, BiConsumer<Tx, String> giving) {
        return store.write(
                tx -> {
                    var made = newToken(tx, person, label, valid, true, Proof.TOKEN, person.by());
                    giving.accept(tx, made.token().holder());
                    return made;
                });
    }

    /// The token of the local profile: who can read it is at this machine, and that is proof.
    public String newLocalToken(Caller person) {
        return store.write(
                        tx ->
                                newToken(
                                        tx,
                                        person,
                                        "local command line",
                                        TOKEN_AT_MOST,
                                        false,
                                        Proof.LOCAL,
                                        instance))
                .secret();
    }

    private NewToken newToken(
            Tx tx,
            Caller person,
            String label,
            Duration valid,
            boolean ownGrants,
            Proof proof,
            By by) {
        requireLabel("token", label);
        if (valid.compareTo(Duration.ofMinutes(1)) < 0 || valid.compareTo(TOKEN_AT_MOST) > 0) {
            throw Refusal.invalid(
                    "bad-expiry", "a token is valid for one minute to 365 days, such as 90d");
        }
        String secret = secrets.secret();
        var token = credential(secret, Kind.TOKEN, person.person(), label, proof, valid, ownGrants);
        requireEnabled(tx, person.person());
        if (of(tx, person.person(), Kind.TOKEN).size() >= TOKENS) {
            throw Refusal.conflict(
                    "too-many-tokens",
                    person.name() + " has " + TOKENS + " tokens: revoke one first");
        }
        access.add(tx, token);
        var payload =
                new Payload.TokenAdded(
                        person.person(), person.name(), token.id(), label, token.expiresAt());
        log.append(tx, instanceSystem.get(), payload, clock.instant(), by);
        return new NewToken(secret, token);
    }

    /// What people call a thing of theirs.
    public static void requireLabel(String what, String label) {
        if (label.isBlank() || label.length() > 100 || label.chars().anyMatch(c -> c < ' ')) {
            throw Refusal.invalid(
                    "bad-label", "a " + what + " has a name of 1 to 100 characters in one line");
        }
    }

    public List<Credential> tokens(String person) {
        return current(person, Kind.TOKEN);
    }

    /// Those that let somebody in now.
    public List<Credential> sessions(String person) {
        var idleSince = clock.instant().minus(SESSION_IDLE);
        return current(person, Kind.SESSION).stream()
                .filter(c -> c.usedAt().isAfter(idleSince))
                .toList();
    }

    private List<Credential> current(String person, Kind kind) {
        var now = clock.instant();
        return store.read(tx -> of(tx, person, kind)).stream()
                .filter(c -> c.expiresAt().isAfter(now))
                .toList();
    }

    private List<Credential> of(Tx tx, String person, Kind kind) {
        return access.of(tx, person).stream().filter(c -> c.kind() == kind).toList();
    }

    public void revokeToken(Caller by, Caller person, String id) {
        store.write(
                tx -> {
                    var token =
                            of(tx, person.person(), Kind.TOKEN).stream()
                                    .filter(c -> c.id().equals(id))
                                    .findFirst()
                                    .orElseThrow(() -> Refusal.notFound("token", id));
                    end(tx, List.of(token), by.by());
                    var payload =
                            new Payload.TokenRevoked(
                                    person.person(), person.name(), id, token.label());
                    log.append(tx, instanceSystem.get(), payload, clock.instant(), by.by());
                    return true;
                });
    }

    /// Uses up a one-time code; returns the secret of a new session.
    public String signIn(String code) {
        return signIn(code, "a browser", Optional.empty());
    }

    /// @param label of the browser
    /// @param before the session this browser had, which ends
    public String signIn(String code, String label, Optional<String> before) {
        var now = clock.instant();
        return store.write(
                tx -> {
                    var link =
                            access.find(tx, Secrets.hash(code))
                                    .filter(c -> c.kind() == Kind.LINK)
                                    .filter(c -> c.expiresAt().isAfter(now))
                                    .orElseThrow(
                                            () ->
                                                    new Refusal(
                                                            Refusal.Reason.UNAUTHENTICATED,
                                                            "link-unusable",
                                                            "this sign-in link was used already or"
                                                                    + " is too old"));
                    access.remove(tx, link.secretHash());
                    return open(tx, link.person(), Proof.LINK, label, before);
                });
    }

    /// A new session for somebody who proved who they are.
    public String open(String person, Proof proof, String label, Optional<String> before) {
        return store.write(tx -> open(tx, person, proof, label, before));
    }

    /// The same, where the proof may be older than the session.
    ///
    /// @param provedAt when the person was seen to be there; the epoch where nobody says
    public String open(
            String person, Proof proof, Instant provedAt, String label, Optional<String> before) {
        return store.write(tx -> open(tx, person, proof, provedAt, label, before));
    }

    String open(Tx tx, String person, Proof proof, String label, Optional<String> before) {
        return open(tx, person, proof, clock.instant(), label, before);
    }

    private String open(
            Tx tx,
            String person,
            Proof proof,
            Instant provedAt,
            String label,
            Optional<String> before) {
        requireEnabled(tx, person);
        before.flatMap(b -> access.find(tx, Secrets.hash(b)))
                .filter(c -> c.kind() == Kind.SESSION)
                .ifPresent(c -> endings.remove(tx, access, List.of(c)));
        String secret = secrets.secret();
        var session = credential(secret, Kind.SESSION, person, label, proof, SESSION_AT_MOST);
        access.add(tx, session.proved(proof, clock.instant(), provedAt));
        access.saw(tx, person, clock.instant());
        return secret;
    }

    /// The person of a session proved again to be there: it goes on under a new secret.
    public String prove(String secret, Proof proof) {
        return prove(secret, proof, clock.instant());
    }

    /// The same, where the proof may be older.
    public String prove(String secret, Proof proof, Instant provedAt) {
        var now = clock.instant();
        return store.write(
                tx -> {
                    var session =
                            access.find(tx, Secrets.hash(secret))
                                    .filter(c -> isGood(c, Kind.SESSION, now))
                                    .orElseThrow(Access::signInFirst);
                    String next = secrets.secret();
                    var after = session.withHash(Secrets.hash(next)).proved(proof, now, provedAt);
                    endings.replace(tx, access, session, after);
                    return next;
                });
    }

    private static Refusal signInFirst() {
        return new Refusal(Refusal.Reason.UNAUTHENTICATED, "sign-in-first", "sign in first");
    }

    /// Remembers a browser, so that guesses of others do not make its person wait.
    public String remember(String person, String label) {
        String secret = secrets.secret();
        store.write(
                tx -> {
                    of(tx, person, Kind.DEVICE).stream()
                            .skip(DEVICES - 1L)
                            .forEach(c -> access.remove(tx, c.secretHash()));
                    access.add(
                            tx,
                            credential(
                                    secret, Kind.DEVICE, person, label, Proof.LINK, DEVICE_VALID));
                    return true;
                });
        return secret;
    }

    /// Whether this person signed in before with the browser that has this secret.
    public boolean remembers(String person, String secret) {
        var now = clock.instant();
        return store.read(tx -> access.find(tx, Secrets.hash(secret)))
                .filter(c -> c.kind() == Kind.DEVICE && c.person().equals(person))
                .filter(c -> c.expiresAt().isAfter(now))
                .isPresent();
    }

    public void signOut(String secret) {
        store.write(
                tx -> {
                    access.find(tx, Secrets.hash(secret))
                            .filter(c -> c.kind() == Kind.SESSION)
                            .ifPresent(c -> endings.remove(tx, access, List.of(c)));
                    return true;
                });
    }

    /// Ends those sessions of a person that are meant; says how many.
    public int endSessions(String person, Predicate<Credential> which) {
        return store.write(
                tx -> {
                    var ended = of(tx, person, Kind.SESSION).stream().filter(which).toList();
                    endings.remove(tx, access, ended);
                    return ended.size();
                });
    }

    /// Everything by which this person can come in or has come in, but passkeys and a password.
    void endAll(Tx tx, String person, By by) {
        end(tx, access.of(tx, person), by);
    }

    private void end(Tx tx, List<Credential> ended, By by) {
        ended.stream()
                .filter(Credential::ownGrants)
                .forEach(token -> whenNarrowEnds.ended(tx, token.holder(), by));
        endings.remove(tx, access, ended);
    }

    /// Forgets what has expired, and tells whoever holds something open for it.
    public void sweep(Instant now) {
        var idleSince = now.minus(SESSION_IDLE);
        if (!store.read(tx -> access.over(tx, now, idleSince)).isEmpty()) {
            store.write(
                    tx -> {
                        end(tx, access.over(tx, now, idleSince), instance);
                        return true;
                    });
        }
    }

    public Optional<Caller> bySession(String secret) {
        return session(secret, true).map(SignedIn::caller);
    }

    public Optional<Caller> byToken(String secret) {
        return token(secret).map(SignedIn::caller);
    }

    /// @param used whether a person asks, rather than a page by itself
    public Optional<SignedIn> session(String secret, boolean used) {
        return by(Kind.SESSION, secret, used);
    }

    public Optional<SignedIn> token(String secret) {
        return by(Kind.TOKEN, secret, true);
    }

    private Optional<SignedIn> by(Kind kind, String secret, boolean used) {
        var now = clock.instant();
        String hash = Secrets.hash(secret);
        record Found(Credential credential, Person person) {}
        var found =
                store.read(
                        tx ->
                                access.find(tx, hash)
                                        .filter(c -> isGood(c, kind, now))
                                        .flatMap(
                                                c ->
                                                        enabled(tx, c.person())
                                                                .map(p -> new Found(c, p))));
        if (used) {
            found.ifPresent(f -> touch(f.credential(), now));
        }
        return found.map(
                f ->
                        new SignedIn(
                                caller(f.person(), f.credential()),
                                f.credential().id(),
                                isFresh(f.credential(), now)));
    }

    private static Caller caller(Person person, Credential credential) {
        var caller = person.caller();
        if (credential.ownGrants()) {
            return caller.byToken(credential.holder());
        }
        return credential.proof() == Proof.PASSKEY ? caller.withPasskey() : caller;
    }

    private static boolean isGood(Credential credential, Kind kind, Instant now) {
        return credential.kind() == kind
                && credential.expiresAt().isAfter(now)
                && (kind != Kind.SESSION || credential.usedAt().plus(SESSION_IDLE).isAfter(now));
    }

    private static boolean isFresh(Credential credential, Instant now) {
        return switch (credential.proof()) {
            case LOCAL -> true;
            case TOKEN -> false;
            case LINK, PASSKEY, PASSWORD, CODE, OIDC ->
                    credential.provedAt().plus(FRESH).isAfter(now);
        };
    }

    private Optional<Person> enabled(Tx tx, String id) {
        return access.people(tx).stream()
                .filter(p -> p.id().equals(id) && !p.disabled())
                .findFirst();
    }

    private void requireEnabled(Tx tx, String id) {
        if (enabled(tx, id).isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.UNAUTHENTICATED,
                    "person-disabled",
                    "you were shut out of this instance: ask an owner of it");
        }
    }

    private void touch(Credential credential, Instant now) {
        if (credential.usedAt().plus(TOUCH).isBefore(now)) {
            try {
                store.write(
                        tx -> {
                            access.touch(tx, credential.secretHash(), now);
                            access.saw(tx, credential.person(), now);
                            return true;
                        });
            } catch (Refusal e) { // who only looks needs no store that takes writes
                if (e.reason() != Refusal.Reason.UNAVAILABLE) {
                    throw e;
                }
            }
        }
    }

    private NewToken add(String person, Kind kind, Proof proof, String label, Duration valid) {
        String secret = secrets.secret();
        var credential = credential(secret, kind, person, label, proof, valid);
        store.write(
                tx -> {
                    requireEnabled(tx, person);
                    access.add(tx, credential);
                    return true;
                });
        return new NewToken(secret, credential);
    }

    private Credential credential(
            String secret, Kind kind, String person, String label, Proof proof, Duration valid) {
        return credential(secret, kind, person, label, proof, valid, false);
    }

    private Credential credential(
            String secret,
            Kind kind,
            String person,
            String label,
            Proof proof,
            Duration valid,
            boolean ownGrants) {
        var now = clock.instant();
        return new Credential(
                Secrets.hash(secret),
                kind,
                person,
                label,
                proof,
                now,
                now,
                now,
                now.plus(valid),
                ownGrants);
    }
}
