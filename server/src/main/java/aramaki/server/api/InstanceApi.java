package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.KeyLogFault;
import aramaki.protocol.identity.Purpose;
import aramaki.server.access.Access;
import aramaki.server.api.Answers.Instance;
import aramaki.server.api.Answers.InstanceKey;
import aramaki.server.api.Answers.InstanceKeyLog;
import aramaki.server.api.Answers.KeyChanged;
import aramaki.server.api.Answers.KeyLogEnd;
import aramaki.server.api.Answers.RecoveryKeys;
import aramaki.server.api.Answers.SignInLink;
import aramaki.server.api.Answers.WhoAmI;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.identity.Identity;
import aramaki.server.identity.Keys;
import aramaki.server.seen.Mark;
import aramaki.server.seen.Seen;
import aramaki.server.seen.Subject;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// This instance over HTTP: who it is, and who you are.
public final class InstanceApi {
    private final Identity identity;
    private final Keys keys;
    private final Access access;
    private final Seen seen;
    private final Supplier<URI> url;
    private final String version;
    private final Instant startedAt;
    private final InstantSource clock;

    public InstanceApi(
            Identity identity,
            Keys keys,
            Access access,
            Seen seen,
            Supplier<URI> url,
            String version,
            Instant startedAt,
            InstantSource clock) {
        this.identity = identity;
        this.keys = keys;
        this.access = access;
        this.seen = seen;
        this.url = url;
        this.version = version;
        this.startedAt = startedAt;
        this.clock = clock;
    }

    /// What a new key is for.
    public record KeyRequest(String purpose) {}

    /// New recovery keys, signed by enough of the old and of the new ones.
    public record KeyLogRequest(Envelope entry) {}

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/whoami", Need.SOMEONE, "Who you are.", WhoAmI.class, this::whoAmI),
                Route.get(
                        "/api/v1/instance",
                        Need.SOMEONE,
                        "Who this is.",
                        Instance.class,
                        this::instance),
                Route.get(
                        "/api/v1/instance/key-log",
                        Need.SOMEONE,
                        "The key log: how this instance's keys came to be, from its genesis to now.",
                        InstanceKeyLog.class,
                        this::keyLog),
                Route.post(
                        "/api/v1/instance/keys",
                        Need.onInstance(Verb.ADMIN),
                        "Makes a new online key for a purpose, in the place of the one it has.",
                        KeyRequest.class,
                        KeyChanged.class,
                        this::renew),
                Route.post(
                        "/api/v1/instance/key-log",
                        Need.onInstance(Verb.ADMIN),
                        "Takes new recovery keys, signed where the old ones are kept.",
                        KeyLogRequest.class,
                        KeyChanged.class,
                        this::accept),
                Route.post(
                        "/api/v1/sign-in-links",
                        Need.ONESELF,
                        "Makes a link that signs you in at a browser, once, within 15 minutes.",
                        null,
                        SignInLink.class,
                        this::signInLink));
    }

    private void whoAmI(Exchange exchange) {
        var caller = exchange.caller();
        exchange.json(
                new WhoAmI(
                        caller.person(),
                        caller.name(),
                        caller.role(),
                        identity.id(),
                        version,
                        seen.marks(caller).find(new Subject.Home()).map(Mark::at).orElse(null)));
    }

    private void signInLink(Exchange exchange) {
        exchange.requireFresh(); // or any token could become a fresh session
        var link = access.newLink(exchange.caller(), url.get());
        exchange.json(
                201, new SignInLink(link.toString(), clock.instant().plus(Access.LINK_VALID)));
    }

    private void instance(Exchange exchange) {
        exchange.json(answer(identity.keyLog(), version, startedAt));
    }

    private void keyLog(Exchange exchange) {
        exchange.json(answer(identity.keyLog()));
    }

    private void renew(Exchange exchange) {
        var purpose = purpose(exchange.body(KeyRequest.class).purpose());
        exchange.json(201, answer(keys.renew(purpose, who(exchange))));
    }

    /// The purpose of this word.
    public static Purpose purpose(String word) {
        return Purpose.ofWord(word)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        KeyLogFault.PURPOSE.code(),
                                        "no key is for " + word + ", but for log, fed or oidc"));
    }

    private void accept(Exchange exchange) {
        var entry = exchange.body(KeyLogRequest.class).entry();
        exchange.json(201, answer(keys.accept(entry, who(exchange))));
    }

    private static Keys.Who who(Exchange exchange) {
        return new Keys.Who(exchange.caller().by(), exchange.caller().name());
    }

    /// @param version of the server; null when none runs
    public static Instance answer(
            KeyLog log, @Nullable String version, @Nullable Instant startedAt) {
        var recovery = log.recovery();
        return new Instance(
                log.instance(),
                log.document(),
                log.logKey().text(),
                log.genesis().createdAt(),
                log.keys().entrySet().stream()
                        .map(
                                k ->
                                        new InstanceKey(
                                                k.getKey().word(),
                                                k.getValue().key().text(),
                                                k.getValue().key().fingerprint(),
                                                k.getValue().since()))
                        .toList(),
                new RecoveryKeys(
                        recovery.threshold(),
                        recovery.keys().stream().map(PublicKey::fingerprint).toList(),
                        recovery.since()),
                new KeyLogEnd(log.entries().size(), log.head().hex()),
                version,
                startedAt);
    }

    public static InstanceKeyLog answer(KeyLog log) {
        return new InstanceKeyLog(log.document(), List.copyOf(log.envelopes()));
    }

    public static KeyChanged answer(KeyLog.Entry entry) {
        return new KeyChanged(
                entry.change().seq(),
                entry.hash().hex(),
                entry.byRecovery() ? "recovery" : "online",
                entry.change().at());
    }
}
