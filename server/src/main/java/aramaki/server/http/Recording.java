package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.server.access.Caller;
import aramaki.server.access.SignedIn;
import aramaki.server.audit.Asked;
import aramaki.server.timeline.Caused;
import io.javalin.http.HttpResponseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Tells of each request of somebody we know, once it is answered; of strangers only where they
/// caused an event. What everybody gets, such as static files, is nothing to tell of.
public final class Recording {
    private final Consumer<Asked> told;
    private final InstantSource clock;

    public Recording(Consumer<Asked> told, InstantSource clock) {
        this.told = told;
        this.clock = clock;
    }

    void answer(Route route, Exchange exchange, Runnable answering) {
        var caused = new Caused();
        var at = clock.instant();
        int status = 500;
        try {
            caused.during(answering);
            status = exchange.context().statusCode();
        } catch (Refusal e) {
            status = HttpServer.status(e);
            throw e;
        } catch (HttpResponseException e) {
            status = e.getStatus();
            throw e;
        } finally {
            if (!(route.need() instanceof Need.Nobody) || !caused.events().isEmpty()) {
                told.accept(asked(route, exchange, at, status, caused.events()));
            }
        }
    }

    private static Asked asked(
            Route route, Exchange exchange, Instant at, int status, List<Hash> events) {
        var context = exchange.context();
        var caller = exchange.maybeCaller();
        return new Asked(
                at,
                caller.map(Caller::person).orElse(""),
                exchange.maybeSession().map(SignedIn::credential).orElse(""),
                caller.map(Caller::admitted),
                exchange.from().getHostAddress(),
                method(route.method()),
                route.path(),
                new TreeMap<>(context.pathParamMap()),
                List.copyOf(context.queryParamMap().keySet()),
                status,
                events);
    }

    private static Asked.Method method(Route.Method method) {
        return switch (method) {
            case GET -> Asked.Method.GET;
            case POST -> Asked.Method.POST;
            case PUT -> Asked.Method.PUT;
            case DELETE -> Asked.Method.DELETE;
        };
    }
}
