package aramaki.server.access;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.Base32;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.log.Payload;
import aramaki.server.access.AccessStore.Credential;
import aramaki.server.access.AccessStore.Kind;
import aramaki.server.store.Store;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Who is asking. One owner so far, who signs in by a one-time link and gives programs tokens.
public final class Access {
    /// How long a sign-in link waits to be used.
    public static final Duration LINK_VALID = Duration.ofMinutes(15);
    private static final Duration SESSION_IDLE = Duration.ofHours(8);
    private static final Duration SESSION_AT_MOST = Duration.ofHours(24);
    private static final Duration TOKEN_VALID = Duration.ofDays(365);
    private static final Duration TOUCH = Duration.ofMinutes(1);
    private static final int SECRET_BYTES = 32;

    private final Store store;
    private final AccessStore access;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final By instance;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

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

    /// The owner; admitted by the instance itself on first start.
    public Caller owner(String name) {
        var known = store.read(access::people);
        if (!known.isEmpty()) {
            return known.getFirst();
        }
        byte[] idBytes = new byte[16];
        random.nextBytes(idBytes);
        String id = "p_" + Base32.encode(idBytes);
        return store.write(
                tx -> {
                    var payload = new Payload.PersonAdmitted(id, name, "owner");
                    var event =
                            log.append(
                                    tx, instanceSystem.get(), payload, clock.instant(), instance);
                    var person = new Caller(id, name, "owner", event.hash());
                    access.addPerson(tx, person);
                    return person;
                });
    }

    /// Everybody who was let in.
    public List<Caller> people() {
        return store.read(access::people);
    }

    /// A code that signs in once, within 15 minutes.
    public String newLink(Caller person) {
        return issue(person, Kind.LINK, "one-time link", LINK_VALID);
    }

    /// The same as a link to the server at this address.
    public URI newLink(Caller person, URI server) {
        return server.resolve("/sign-in?code=" + newLink(person));
    }

    /// A token for programs of this person.
    public String newToken(Caller person, String label) {
        return issue(person, Kind.TOKEN, label, TOKEN_VALID);
    }

    /// Uses up a one-time code; returns the secret of a new session.
    public String signIn(String code) {
        var now = clock.instant();
        String hash = hash(code);
        return store.write(
                tx -> {
                    var link =
                            access.find(tx, hash)
                                    .filter(c -> c.kind() == Kind.LINK)
                                    .filter(c -> c.expiresAt().isAfter(now))
                                    .orElseThrow(
                                            () ->
                                                    new Refusal(
                                                            Refusal.Reason.UNAUTHENTICATED,
                                                            "link-unusable",
                                                            "this sign-in link was used already or"
                                                                    + " is too old"));
                    access.remove(tx, hash);
                    access.removeExpired(tx, now);
                    String secret = secret();
                    access.add(
                            tx,
                            new Credential(
                                    hash(secret),
                                    Kind.SESSION,
                                    link.person(),
                                    "browser",
                                    now,
                                    now,
                                    now.plus(SESSION_AT_MOST)));
                    return secret;
                });
    }

    public void signOut(String secret) {
        store.write(
                tx -> {
                    access.remove(tx, hash(secret));
                    return true;
                });
    }

    public Optional<Caller> bySession(String secret) {
        return by(Kind.SESSION, secret);
    }

    public Optional<Caller> byToken(String secret) {
        return by(Kind.TOKEN, secret);
    }

    private Optional<Caller> by(Kind kind, String secret) {
        var now = clock.instant();
        var credential =
                store.read(tx -> access.find(tx, hash(secret)))
                        .filter(c -> c.kind() == kind)
                        .filter(c -> c.expiresAt().isAfter(now))
                        .filter(
                                c ->
                                        kind != Kind.SESSION
                                                || c.usedAt().plus(SESSION_IDLE).isAfter(now));
        credential.ifPresent(c -> touch(c, now));
        return credential.flatMap(
                c ->
                        store.read(access::people).stream()
                                .filter(p -> p.person().equals(c.person()))
                                .findFirst());
    }

    private void touch(Credential credential, Instant now) {
        if (credential.usedAt().plus(TOUCH).isBefore(now)) {
            try {
                store.write(
                        tx -> {
                            access.touch(tx, credential.secretHash(), now);
                            return true;
                        });
            } catch (Refusal e) { // who only looks needs no store that takes writes
                if (e.reason() != Refusal.Reason.UNAVAILABLE) {
                    throw e;
                }
            }
        }
    }

    private String issue(Caller person, Kind kind, String label, Duration valid) {
        String secret = secret();
        var now = clock.instant();
        store.write(
                tx -> {
                    access.add(
                            tx,
                            new Credential(
                                    hash(secret),
                                    kind,
                                    person.person(),
                                    label,
                                    now,
                                    now,
                                    now.plus(valid)));
                    return true;
                });
        return secret;
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    private static String hash(String secret) {
        return HexFormat.of().formatHex(Digests.sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
