package aramaki.server.api;

import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.http.Streams;
import aramaki.server.presence.Opened;
import aramaki.server.presence.Presence;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Timeline;
import io.javalin.http.sse.SseHandler;
import java.util.List;
import java.util.function.Predicate;

/// Events as they happen, over server-sent events.
public final class StreamApi {
    private final Streams streams;
    private final Timeline timeline;
    private final Presence presence;

    public StreamApi(Streams streams, Timeline timeline, Presence presence) {
        this.streams = streams;
        this.timeline = timeline;
        this.presence = presence;
    }

    public List<Route> routes() {
        return List.of(
                Route.page(
                        "/api/v1/stream",
                        Need.SOMEONE,
                        "Events as they happen; `system` narrows to one.",
                        exchange -> open(exchange, false)),
                Route.page(
                        "/stream",
                        Need.SOMEONE,
                        "What pages listen to; each `at` is the address of one that is visible.",
                        exchange -> open(exchange, true)));
    }

    private void open(Exchange exchange, boolean page) {
        if (exchange.headOnly()) {
            exchange.context().contentType("text/event-stream");
            return;
        }
        var mayRead = exchange.watching();
        var only = exchange.query("system");
        Predicate<StoredEvent> passes =
                event ->
                        mayRead.test(event.header().log())
                                && only.map(timeline.systemOf(event)::equals).orElse(true);
        new SseHandler(
                        client -> {
                            streams.open(
                                    client,
                                    exchange.session().credential(),
                                    passes,
                                    exchange.sight(),
                                    page,
                                    page ? visit(exchange)::close : () -> {});
                            if (!exchange.stillSignedIn()) { // it ended before it was listed
                                client.close();
                            }
                        })
                .handle(exchange.context());
    }

    /// A browser that does not name itself shows nothing: others could not tell it from another.
    private Presence.Visit visit(Exchange exchange) {
        String browser = exchange.query("browser").orElse("");
        if (!browser.matches("[A-Za-z0-9-]{8,40}")) {
            return () -> {};
        }
        var pages =
                exchange.context().queryParams("at").stream()
                        .limit(Presence.PAGES)
                        .flatMap(address -> Opened.parse(address).stream())
                        .toList();
        return presence.open(exchange.caller(), browser, pages);
    }
}
