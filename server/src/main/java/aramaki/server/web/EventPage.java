package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.timeline.Notes;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.web.view.EventView;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/events/{event}`: one event in full, for ever at the same address.
final class EventPage {
    private final Services services;
    private final Notes notes;
    private final Views views;
    private final EventRows rows;
    private final Pages pages;

    EventPage(Services services, Notes notes, Views views, EventRows rows, Pages pages) {
        this.services = services;
        this.notes = notes;
        this.views = views;
        this.rows = rows;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/events/{event}",
                        Need.on(Verb.READ, "event"),
                        "One event in full.",
                        this::show),
                new Route(
                        Route.Method.POST,
                        "/events/{event}/notes",
                        Need.on(Verb.NOTE, "event"),
                        "Attaches a note to an event.",
                        null,
                        null,
                        this::note));
    }

    private void note(Exchange exchange) {
        var event = services.timeline().require(exchange.path("event"));
        var system =
                services.systems()
                        .byId(event.header().log().system())
                        .orElseThrow(
                                () ->
                                        Refusal.conflict(
                                                "system-gone",
                                                "the system of this event is gone: its log takes"
                                                        + " no notes"));
        String text =
                Optional.ofNullable(exchange.context().formParam("text"))
                        .orElse("")
                        .replace("\r\n", "\n"); // which forms send whatever was typed
        notes.add(system, Notes.Note.about(event, text), exchange.caller().by());
        exchange.context()
                .redirect("/events/" + event.hash().hex() + "#notes-h", HttpStatus.SEE_OTHER);
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
                                about(event),
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

    private EventView.About about(StoredEvent event) {
        var told =
                event.data().orElse(null) instanceof Payload.NoteAdded note
                        ? Optional.ofNullable(note.about())
                                .flatMap(id -> services.timeline().find(new Hash(id)))
                        : Optional.<StoredEvent>empty();
        boolean here = services.systems().byId(event.header().log().system()).isPresent();
        var right = event.header().grant().flatMap(services.timeline()::find);
        return new EventView.About(
                rows.rows(right.stream().toList()),
                rows.rows(told.stream().toList()),
                rows.rows(services.timeline().notesAbout(event.hash())),
                rows.rows(services.timeline().linkingTo(event.hash())),
                here ? "/events/" + event.hash().hex() + "/notes" : "");
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
        if (event.data().orElse(null) instanceof Payload.EventReceived received
                && received.at() != null
                && !header.at().equals(received.at())) {
            facts.add(Fact.code("claimed", received.at() + ", which was not believed"));
        }
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
