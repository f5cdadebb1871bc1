package aramaki.server.web;

import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.web.view.EventView;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import java.util.ArrayList;
import java.util.List;

/// `/events/{event}`: one event in full, for ever at the same address.
final class EventPage {
    private final Services services;
    private final Views views;
    private final EventRows rows;
    private final Pages pages;

    EventPage(Services services, Views views, EventRows rows, Pages pages) {
        this.services = services;
        this.views = views;
        this.rows = rows;
        this.pages = pages;
    }

    Route route() {
        return Route.page("/events/{event}", "One event in full.", this::show);
    }

    private void show(Exchange exchange) {
        var event = services.timeline().require(exchange.path("event"));
        var moment = views.moment(exchange);
        var header = event.header();
        String system = services.timeline().systemOf(event);
        exchange.html(
                200,
                pages.event(
                        new EventView(
                                views.frame(
                                        moment,
                                        "Event " + header.type(),
                                        Frame.Section.TIMELINE,
                                        "aramaki timeline list --system "
                                                + system
                                                + " --type "
                                                + header.type()
                                                + " --json"),
                                rows.row(event),
                                facts(event),
                                payload(event),
                                header.prev().equals(Hash.NONE)
                                        ? ""
                                        : "/events/" + header.prev().hex(),
                                services.timeline()
                                        .next(event)
                                        .map(e -> "/events/" + e.hash().hex())
                                        .orElse(""))));
    }

    private static List<Fact> facts(StoredEvent event) {
        EventHeader header = event.header();
        var facts = new ArrayList<Fact>();
        facts.add(Fact.code("hash", event.hash().hex()));
        facts.add(Fact.code("prev", header.prev().hex()));
        facts.add(
                Fact.code(
                        "log",
                        header.log() + ", epoch " + header.epoch() + ", seq " + header.seq()));
        facts.add(Fact.code("type", header.type()));
        facts.add(Fact.code("at", header.at().toString()));
        facts.add(
                Fact.code(
                        "recorded",
                        header.recordedAt().wall() + ", counter " + header.recordedAt().counter()));
        facts.add(Fact.code("actor", header.actor()));
        header.grant().ifPresent(g -> facts.add(Fact.code("grant", g.hex())));
        header.origin().ifPresent(o -> facts.add(Fact.code("origin", o)));
        facts.add(Fact.code("payload hash", header.payloadHash().hex()));
        return facts;
    }

    private static String payload(StoredEvent event) {
        byte[] bytes = event.payload();
        return bytes == null ? "" : Json.pretty(Json.tree(bytes));
    }
}
