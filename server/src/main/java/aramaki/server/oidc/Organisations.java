package aramaki.server.oidc;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.access.Caller;
import aramaki.server.access.LinkedIdentity;
import aramaki.server.access.LinkedIdentityStore;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventLog;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How people sign in at the organisation they belong to. That somebody is known there lets nobody
/// in here: who they are has to be linked to a person, by an invitation or by that person.
public final class Organisations implements AutoCloseable {
    /// Where providers send browsers back to.
    public static final String CALLBACK = "/sign-in/oidc/callback";

    /// How long a browser keeps what a sign-in is bound to it by.
    public static final Duration VALID = Ceremonies.VALID;

    /// How far a provider's clock may be behind ours when it says when somebody proved it.
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final int MOST = 20;

    private final Store store;
    private final LinkedIdentityStore identities;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final Supplier<URI> url;
    private final InstantSource clock;
    private final Ceremonies ceremonies;
    private final Asking asking = new Asking();
    private final List<Provider> providers;

    /// Where a browser goes, and the secret it keeps meanwhile.
    public record Begun(URI provider, String browser) {}

    /// What came back with a browser.
    ///
    /// @param error why there is no code; null where there is one
    /// @param issuer who answers; null where the answer does not say
    public record Answer(
            String state, @Nullable String code, @Nullable String error, @Nullable String issuer) {}

    /// Somebody who is back, for what they went; what they bring is not looked at yet.
    public final class Back {
        private final Ceremonies.Begun begun;
        private final Answer answer;

        private Back(Ceremonies.Begun begun, Answer answer) {
            this.begun = begun;
            this.answer = answer;
        }

        public Purpose purpose() {
            return begun.purpose();
        }

        /// Who they are.
        public Proven prove() {
            return Organisations.this.prove(begun, answer);
        }
    }

    /// @param url how browsers reach this server
    public Organisations(
            Store store,
            LinkedIdentityStore identities,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            List<Organisation> organisations,
            Supplier<URI> url,
            InstantSource clock) {
        this.store = store;
        this.identities = identities;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.url = url;
        this.clock = clock;
        this.ceremonies = new Ceremonies(clock);
        this.providers = organisations.stream().map(o -> new Provider(o, asking, clock)).toList();
    }

    /// Refuses secrets that cannot be read, before anybody needs them.
    public void check() {
        providers.forEach(p -> p.organisation().secret().read());
    }

    /// What stands on the buttons.
    public List<String> names() {
        return providers.stream().map(p -> p.organisation().name()).toList();
    }

    /// Begins to ask an organisation who somebody is.
    ///
    /// @param reached the name under which the browser reached us
    public Begun begin(String organisation, String reached, Purpose purpose) {
        var provider = provider(organisation);
        if (!reached.equals(url.get().getRawAuthority())) {
            throw Refusal.invalid(
                    "organisation-elsewhere",
                    organisation
                            + " sends people back to "
                            + url.get()
                            + " only: open this server there");
        }
        requireUnmistakable(provider);
        var begun = ceremonies.begin(provider.organisation(), purpose);
        return new Begun(provider.ask(begun, redirect()), begun.browser());
    }

    /// Of several organisations one could pass its people on to another, and come by the answer
    /// that is meant for that one (RFC 9207); the answer has to say whose it is.
    private void requireUnmistakable(Provider provider) {
        if (providers.size() > 1 && !provider.namesItself()) {
            throw Refusal.unavailable(
                    "organisation-unusable",
                    "the sign-in of "
                            + provider.organisation().name()
                            + " cannot be used beside others, since its answers do not say whose"
                            + " they are (RFC 9207): it has to be the only one");
        }
    }

    private Provider provider(String organisation) {
        return providers.stream()
                .filter(p -> p.organisation().name().equals(organisation))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("organisation", organisation));
    }

    private URI redirect() {
        return url.get().resolve(CALLBACK);
    }

    /// Uses up what a browser has begun.
    public Back back(Answer answer, String browser) {
        return new Back(ceremonies.take(answer.state(), browser), answer);
    }

    private Proven prove(Ceremonies.Begun begun, Answer answer) {
        var provider = provider(begun.organisation().name());
        boolean theirs =
                answer.issuer() == null
                        ? !provider.namesItself()
                        : answer.issuer().equals(begun.organisation().issuer().toString());
        if (!theirs) {
            throw refused(
                    "organisation-mixed-up",
                    "that is no answer of " + begun.organisation().name() + ", which you asked");
        }
        if (answer.code() == null) {
            throw refused(
                    "organisation-refused",
                    begun.organisation().name() + " did not say who you are" + why(answer));
        }
        var proven = provider.prove(begun, new AuthorizationCode(answer.code()), redirect());
        if (begun.purpose() instanceof Purpose.Prove
                && proven.provedAt().isBefore(begun.at().minus(SKEW))) {
            throw refused(
                    "organisation-not-fresh",
                    begun.organisation().name()
                            + " did not ask you again: prove it in another way");
        }
        return proven;
    }

    private static String why(Answer answer) {
        String error = answer.error();
        return error != null && error.matches("[a-z_]{1,60}") ? ": " + error : "";
    }

    private static Refusal refused(String code, String words) {
        return new Refusal(Refusal.Reason.UNAUTHENTICATED, code, words);
    }

    public List<LinkedIdentity> of(String person) {
        return store.read(tx -> identities.of(tx, person));
    }

    /// The person somebody is here.
    public String person(Proven proven) {
        return store.write(
                tx -> {
                    var found =
                            identities
                                    .find(tx, proven.issuer(), proven.subject())
                                    .orElseThrow(
                                            () ->
                                                    refused(
                                                            "organisation-unknown",
                                                            proven.organisation().name()
                                                                    + " knows you, but nobody here"
                                                                    + " is linked with you there:"
                                                                    + " ask for an invitation, or"
                                                                    + " sign in another way and"
                                                                    + " link it in your account"));
                    identities.used(tx, found.issuer(), found.subject(), clock.instant());
                    return found.person();
                });
    }

    public void link(Tx tx, Caller person, Proven proven) {
        var known = identities.find(tx, proven.issuer(), proven.subject());
        if (known.isPresent()) {
            throw Refusal.conflict(
                    "identity-known",
                    known.get().person().equals(person.person())
                            ? "this is linked with you already"
                            : "this is linked with somebody else here");
        }
        if (identities.of(tx, person.person()).size() >= MOST) {
            throw Refusal.conflict(
                    "too-many-identities", "20 are linked with you: unlink one of them first");
        }
        var identity =
                new LinkedIdentity(
                        proven.issuer(),
                        proven.subject(),
                        person.person(),
                        proven.organisation().name(),
                        clock.instant(),
                        Instant.EPOCH);
        identities.add(tx, identity);
        var said =
                new Payload.IdentityLinked(
                        person.person(),
                        person.name(),
                        identity.issuer(),
                        identity.subject(),
                        identity.organisation());
        log.append(tx, instanceSystem.get(), said, identity.linkedAt(), person.by());
    }

    public void link(Caller person, Proven proven) {
        store.write(
                tx -> {
                    link(tx, person, proven);
                    return true;
                });
    }

    public void unlink(Caller by, Caller person, String issuer, String subject) {
        store.write(
                tx -> {
                    var identity =
                            identities
                                    .find(tx, issuer, subject)
                                    .filter(i -> i.person().equals(person.person()))
                                    .orElseThrow(() -> Refusal.notFound("identity", subject));
                    identities.remove(tx, issuer, subject);
                    var said =
                            new Payload.IdentityUnlinked(
                                    person.person(),
                                    person.name(),
                                    issuer,
                                    subject,
                                    identity.organisation());
                    log.append(tx, instanceSystem.get(), said, clock.instant(), by.by());
                    return true;
                });
    }

    /// The organisations that can ask this person again.
    public List<String> namesFor(String person) {
        var linked = of(person).stream().map(LinkedIdentity::issuer).toList();
        return providers.stream()
                .map(Provider::organisation)
                .filter(o -> linked.contains(o.issuer().toString()))
                .map(Organisation::name)
                .toList();
    }

    @Override
    public void close() {
        asking.close();
    }
}
