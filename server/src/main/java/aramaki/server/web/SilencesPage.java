package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.server.alert.Silences;
import aramaki.server.api.Handling;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.files.Durations;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.SilencesView;
import aramaki.server.web.view.SilencesView.Form;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/silences`: which there are, and a form for another.
final class SilencesPage {
    private static final int ENDED = 20;
    private static final int SAMPLES = 10;

    private final Services services;
    private final Views views;
    private final Pages pages;

    SilencesPage(Services services, Views views, Pages pages) {
        this.services = services;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/silences", Need.SOMEONE, "Silences, the first to end first.", this::show),
                new Route(
                        Route.Method.POST,
                        "/silences",
                        Need.onNamed(Verb.SILENCE),
                        "Adds a silence, or says what it would hide.",
                        null,
                        null,
                        this::add),
                new Route(
                        Route.Method.POST,
                        "/silences/{silence}/expire",
                        Need.onNamed(Verb.SILENCE),
                        "Ends a silence.",
                        null,
                        null,
                        this::expire));
    }

    private void show(Exchange exchange) {
        page(exchange, Form.EMPTY, null);
    }

    private void page(Exchange exchange, Form form, SilencesView.@Nullable Preview preview) {
        var moment = views.moment(exchange);
        exchange.html(
                200,
                pages.silences(
                        new SilencesView(
                                views.frame(
                                        moment,
                                        "Silences",
                                        Frame.Section.ALERTS,
                                        "aramaki silence list"),
                                services.silences().open().stream()
                                        .filter(s -> Handling.visible(exchange, s))
                                        .map(s -> row(moment, s))
                                        .toList(),
                                services.silences().ended(ENDED).stream()
                                        .filter(s -> Handling.visible(exchange, s))
                                        .map(s -> row(moment, s))
                                        .toList(),
                                form,
                                preview)));
    }

    private SilencesView.Row row(Moment moment, Silence s) {
        String hides =
                s.matchers().stream().map(Matcher::toString).collect(Collectors.joining(" "));
        boolean all = hides.isEmpty() && s.about().isEmpty() && !s.mine();
        String own = s.mine() ? "what " + s.name() + " has " : "";
        String state = s.word(moment.now());
        return new SilencesView.Row(
                s.id(),
                state,
                s.title(),
                s.about().map(Views::system).orElse(Place.nowhere("")),
                all ? "everything" : (own + hides).strip(),
                s.name() + (s.reason().equals(s.title()) ? "" : ": " + Views.line(s.reason())),
                views.ago(moment, Optional.of(s.ended().orElse(s.expires()))),
                s.warned() && state.equals("active"),
                s.ended().isPresent() ? Views.count(s.hid(), "alert", "alerts") : "");
    }

    private void add(Exchange exchange) {
        var form =
                new Form(
                        text(exchange, "system"),
                        text(exchange, "matchers"),
                        exchange.context().formParam("mine") != null,
                        text(exchange, "length"),
                        text(exchange, "name"),
                        text(exchange, "reason"));
        boolean preview = exchange.context().formParam("preview") != null;
        boolean everything = exchange.context().formParam("everything") != null;
        var wanted = wanted(form, preview, everything, services.clock().instant());
        var caller = Handling.silencer(exchange, text(exchange, "system"), form.mine());
        if (preview) {
            var would = services.silences().preview(wanted, caller);
            page(exchange, form, preview(would));
            return;
        }
        services.silences().add(wanted, caller);
        exchange.context().redirect("/silences", HttpStatus.SEE_OTHER);
    }

    private static SilencesView.Preview preview(Silences.Preview would) {
        return new SilencesView.Preview(
                would.now().size(),
                would.now().stream()
                        .map(Alert::key)
                        .sorted()
                        .limit(SAMPLES)
                        .map(Object::toString)
                        .toList(),
                would.future().size(),
                would.future().stream().limit(SAMPLES).map(Object::toString).toList());
    }

    private static Silences.Wanted wanted(
            Form form, boolean preview, boolean everything, Instant now) {
        var matchers =
                form.matchers().lines().filter(l -> !l.isBlank()).map(Matcher::parse).toList();
        if (form.system().isEmpty() && matchers.isEmpty() && !form.mine() && !everything) {
            throw Refusal.invalid(
                    "silence-of-everything",
                    "this would hide every alert: name a system, conditions or your own alerts, or"
                            + " tick that everything is meant");
        }
        var length =
                Durations.parse(form.length())
                        .filter(l -> l.compareTo(Silence.LONGEST) <= 0)
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "bad-expiry",
                                                "\""
                                                        + form.length()
                                                        + "\" is no length of at most 90 days:"
                                                        + " write 30m, 2h or 7d"));
        return new Silences.Wanted(
                form.system().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SystemName(form.system())),
                matchers,
                form.mine(),
                form.name(),
                Optional.empty(),
                now.plus(length),
                preview && form.reason().isEmpty() ? "preview" : form.reason());
    }

    private void expire(Exchange exchange) {
        String id = exchange.path("silence");
        var caller = Handling.ending(exchange, services.silences().open(), id);
        services.silences().expire(id, caller);
        exchange.context().redirect("/silences", HttpStatus.SEE_OTHER);
    }

    private static String text(Exchange exchange, String name) {
        return Optional.ofNullable(exchange.context().formParam(name)).orElse("").strip();
    }
}
