package aramaki.server.api;

import aramaki.server.access.Access;
import aramaki.server.api.Answers.Instance;
import aramaki.server.api.Answers.SignInLink;
import aramaki.server.api.Answers.WhoAmI;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.identity.Identity;
import aramaki.server.seen.Mark;
import aramaki.server.seen.Seen;
import aramaki.server.seen.Subject;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// This instance over HTTP: who it is, and who you are.
public final class InstanceApi {
    private final Identity identity;
    private final Access access;
    private final Seen seen;
    private final Supplier<URI> url;
    private final String version;
    private final Instant startedAt;
    private final InstantSource clock;

    public InstanceApi(
            Identity identity,
            Access access,
            Seen seen,
            Supplier<URI> url,
            String version,
            Instant startedAt,
            InstantSource clock) {
        this.identity = identity;
        this.access = access;
        this.seen = seen;
        this.url = url;
        this.version = version;
        this.startedAt = startedAt;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/whoami", "Who you are.", WhoAmI.class, this::whoAmI),
                Route.get("/api/v1/instance", "Who this is.", Instance.class, this::instance),
                Route.post(
                        "/api/v1/sign-in-links",
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
        var link = access.newLink(exchange.caller(), url.get());
        exchange.json(
                201, new SignInLink(link.toString(), clock.instant().plus(Access.LINK_VALID)));
    }

    private void instance(Exchange exchange) {
        exchange.json(
                new Instance(
                        identity.id(),
                        identity.document(),
                        identity.genesis().logKey(),
                        identity.genesis().createdAt(),
                        version,
                        startedAt));
    }
}
