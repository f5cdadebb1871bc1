package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.system.SystemName;
import aramaki.server.api.Answers.EventItem;
import aramaki.server.api.Answers.Items;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.timeline.Timeline;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Events over HTTP.
public final class TimelineApi {
    private final Timeline timeline;

    public TimelineApi(Timeline timeline) {
        this.timeline = timeline;
    }

    public List<Route> routes() {
        return List.of(
                Route.list("/api/v1/events", "Events, newest first.", EventItem.class, this::list),
                Route.get("/api/v1/events/{event}", "One event.", EventItem.class, this::show));
    }

    private void list(Exchange exchange) {
        int limit = exchange.limit();
        var found =
                timeline.find(
                        new Timeline.Filter(
                                exchange.query("system")
                                        .map(s -> Set.of(new SystemName(s)))
                                        .orElse(Set.of()),
                                exchange.query("layers").isPresent(),
                                exchange.query("class").map(Set::of).orElse(Set.of()),
                                exchange.query("type").map(Set::of).orElse(Set.of()),
                                exchange.query("text").orElse(""),
                                instant(exchange, "since"),
                                instant(exchange, "until"),
                                exchange.before(),
                                limit));
        String next = found.size() < limit ? null : Long.toString(found.getLast().position());
        exchange.json(
                new Items<>(
                        found.stream().map(e -> Answering.event(e, timeline.systemOf(e))).toList(),
                        next));
    }

    private void show(Exchange exchange) {
        var event = timeline.require(exchange.path("event"));
        exchange.json(Answering.event(event, timeline.systemOf(event)));
    }

    private static Optional<Instant> instant(Exchange exchange, String name) {
        return exchange.query(name)
                .map(
                        text -> {
                            try {
                                return Instant.parse(text);
                            } catch (DateTimeException e) {
                                throw Refusal.invalid(
                                        "bad-instant",
                                        name + " must be an instant like 2026-11-22T03:00:00Z");
                            }
                        });
    }
}
