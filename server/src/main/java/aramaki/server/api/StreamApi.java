package aramaki.server.api;

import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.http.Streams;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Timeline;
import io.javalin.http.sse.SseHandler;
import java.util.List;
import java.util.function.Predicate;

/// Events as they happen, over server-sent events.
public final class StreamApi {
    private final Streams streams;
    private final Timeline timeline;

    public StreamApi(Streams streams, Timeline timeline) {
        this.streams = streams;
        this.timeline = timeline;
    }

    public List<Route> routes() {
        return List.of(
                Route.page(
                        "/api/v1/stream",
                        "Events as they happen; `system` narrows to one.",
                        exchange -> open(exchange, false)),
                Route.page("/stream", "What pages listen to.", exchange -> open(exchange, true)));
    }

    private void open(Exchange exchange, boolean page) {
        if (exchange.headOnly()) {
            exchange.context().contentType("text/event-stream");
            return;
        }
        Predicate<StoredEvent> passes =
                exchange.query("system")
                        .<Predicate<StoredEvent>>map(
                                name -> event -> timeline.systemOf(event).equals(name))
                        .orElse(event -> true);
        new SseHandler(client -> streams.open(client, passes, page)).handle(exchange.context());
    }
}
