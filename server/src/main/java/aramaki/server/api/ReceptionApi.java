package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.server.api.Answers.EventItem;
import aramaki.server.api.Answers.Items;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.timeline.Reception;
import aramaki.server.timeline.Timeline;
import aramaki.server.timeline.outside.CdEvents;
import aramaki.server.timeline.outside.CloudEvents;
import aramaki.server.timeline.outside.Outside;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `POST /api/v1/events`: what programs elsewhere tell, as CloudEvents or CDEvents.
public final class ReceptionApi {
    private static final String PREFIX = "ce-";

    private final Reception reception;
    private final Timeline timeline;

    public ReceptionApi(Reception reception, Timeline timeline) {
        this.reception = reception;
        this.timeline = timeline;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/api/v1/events",
                        Need.onNamed(Verb.NOTE),
                        "Takes CloudEvents 1.0 (structured, batch or binary) and CDEvents into the"
                                + " timeline of `system`: 201 when it is durable, 200 when it was"
                                + " there already.",
                        null,
                        EventItem.class,
                        this::receive));
    }

    private void receive(Exchange exchange) {
        byte[] body = body(exchange);
        var attributes = attributes(exchange);
        boolean batch = false;
        List<Outside> events;
        switch (mediaType(exchange)) {
            case "application/cloudevents+json" -> events = List.of(CloudEvents.structured(body));
            case "application/cloudevents-batch+json" -> {
                events = CloudEvents.batch(body);
                batch = true;
            }
            case String _ when !attributes.isEmpty() ->
                    events =
                            List.of(
                                    CloudEvents.binary(
                                            attributes,
                                            exchange.context().header("Content-Type"),
                                            body));
            case "application/json" -> events = List.of(CdEvents.read(body));
            default ->
                    throw Refusal.invalid(
                            "bad-content-type",
                            "send application/cloudevents+json,"
                                    + " application/cloudevents-batch+json, ce- headers with data"
                                    + " of any type, or a CDEvent as application/json");
        }
        answer(exchange, events, batch);
    }

    private void answer(Exchange exchange, List<Outside> events, boolean batch) {
        var received =
                reception.receive(
                        events,
                        exchange.query("system"),
                        system -> exchange.require(Verb.NOTE, system).by());
        var items =
                received.stream()
                        .map(r -> Answering.event(r.event(), timeline.systemOf(r.event())))
                        .toList();
        int status = received.stream().anyMatch(Reception.Received::added) ? 201 : 200;
        exchange.json(status, batch ? new Items<>(items, null) : items.getFirst());
    }

    /// Refused by its announced length already, before it is read.
    private static byte[] body(Exchange exchange) {
        if (exchange.context().contentLength() > CloudEvents.MAX_BATCH_BYTES) {
            throw Refusal.invalid(
                    "too-large",
                    "an event has at most "
                            + CloudEvents.MAX_EVENT
                            + " bytes, a batch "
                            + CloudEvents.MAX_BATCH_BYTES);
        }
        return exchange.context().bodyAsBytes();
    }

    private static String mediaType(Exchange exchange) {
        return Optional.ofNullable(exchange.context().header("Content-Type"))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /// The attributes of binary mode: header values are percent-encoded UTF-8.
    private static Map<String, String> attributes(Exchange exchange) {
        var attributes = new HashMap<String, String>();
        exchange.context()
                .headerMap()
                .forEach(
                        (name, value) -> {
                            String lower = name.toLowerCase(Locale.ROOT);
                            if (lower.startsWith(PREFIX)) {
                                attributes.put(lower.substring(PREFIX.length()), decoded(value));
                            }
                        });
        return attributes;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "bad-event", "a ce- header has a percent sign that encodes no byte: write %25");
        }
    }
}
