package aramaki.server.web;

import aramaki.model.grant.Verb;
import aramaki.model.observation.Probing;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.server.api.ProposalApi;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.proposal.Offer;
import aramaki.server.proposal.Proposals;
import aramaki.server.sight.Sight;
import aramaki.server.web.view.FoundLine;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.OfferRow;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.ProposalsView;
import aramaki.server.web.view.StateBadge;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `/proposals`: what agents found and nobody watches yet; accepted or left with one key.
final class ProposalsPage {
    private static final int MOST = Proposals.MAX_AT_ONCE;
    private static final int TITLES = 4;
    private static final int HOSTS = 5;
    private static final String ALL = "all";

    private final Services services;
    private final Views views;
    private final Pages pages;
    private final Runnable lookAround;

    ProposalsPage(Services services, Views views, Pages pages, Runnable lookAround) {
        this.services = services;
        this.views = views;
        this.pages = pages;
        this.lookAround = lookAround;
    }

    List<Route> routes() {
        return List.of(
                Route.page("/proposals", Need.SOMEONE, "Checks that agents propose.", this::show),
                form(
                        "/proposals/accept",
                        Need.onNamed(Verb.EDIT),
                        "Accepts proposed checks.",
                        this::accept),
                form(
                        "/proposals/leave",
                        Need.onNamed(Verb.EDIT),
                        "Leaves proposed checks.",
                        this::leave),
                form(
                        "/proposals/look-around",
                        Need.onInstance(Verb.AGENT),
                        "Asks every agent to look at its host again.",
                        this::lookAround));
    }

    private static Route form(String path, Need need, String summary, Route.Handler handler) {
        return new Route(Route.Method.POST, path, need, summary, null, null, handler);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var system = exchange.query("system").map(SystemName::new);
        var offers = system.map(this::of).orElseGet(this::open);
        exchange.html(
                200,
                pages.proposals(
                        new ProposalsView(
                                views.frame(
                                        moment,
                                        "Found, and not watched yet",
                                        Frame.Section.SYSTEMS,
                                        "aramaki check proposals"
                                                + system.map(s -> " --system " + s).orElse("")),
                                system.map(Views::system).orElse(Place.nowhere("")),
                                system.map(SystemName::value).orElse(ALL),
                                offers.stream().limit(MOST).map(o -> row(moment, o)).toList())));
    }

    private List<Offer> of(SystemName system) {
        services.systems().require(system);
        return open().stream().filter(o -> o.system().equals(system)).toList();
    }

    private void accept(Exchange exchange) {
        var names = chosen(exchange);
        services.proposals().accept(names, ProposalApi.choosing(exchange, names).by());
        back(exchange);
    }

    private void leave(Exchange exchange) {
        var names = chosen(exchange);
        services.proposals().leave(names, ProposalApi.choosing(exchange, names).by());
        back(exchange);
    }

    private void lookAround(Exchange exchange) {
        lookAround.run();
        back(exchange);
    }

    private static List<String> chosen(Exchange exchange) {
        return exchange.context().formParams("proposal");
    }

    /// Back to where the button was: all proposals, those of a system, or the system's own page.
    private static void back(Exchange exchange) {
        String from = Optional.ofNullable(exchange.context().formParam("from")).orElse(ALL);
        String to;
        if (from.startsWith("s:")) {
            to = "/s/" + new SystemName(from.substring(2)) + "#proposals";
        } else {
            to = from.equals(ALL) ? "/proposals" : "/proposals?system=" + new SystemName(from);
        }
        exchange.context().redirect(to, HttpStatus.SEE_OTHER);
    }

    OfferRow row(Moment moment, Offer offer) {
        return new OfferRow(
                offer.id(),
                new Place(
                        offer.words().title(),
                        "/proposals?system=" + offer.system() + "#o-" + offer.id()),
                Views.system(offer.system()),
                offer.name(),
                how(offer.probing()),
                new OfferRow.Words(
                        offer.words().why(),
                        offer.words().evidence(),
                        offer.hosts().stream().limit(HOSTS).map(Object::toString).toList()),
                offer.tried()
                        .map(
                                t ->
                                        new OfferRow.Tried(
                                                StateBadge.of(State.ofWord(t.state())),
                                                t.output())),
                views.ago(moment, Optional.of(offer.foundAt())),
                new OfferRow.Document(offer.path(), offer.yaml(), offer.folder()));
    }

    private static String how(Probing probing) {
        return switch (probing) {
            case Probing.Command(var argv) -> String.join(" ", argv);
            case Probing.Probe(var kind, var parameters) ->
                    kind
                            + new TreeMap<>(parameters)
                                    .entrySet().stream()
                                            .map(e -> " " + e.getKey() + "=" + e.getValue())
                                            .collect(Collectors.joining());
        };
    }

    private List<Offer> open() {
        var sight = Sight.current();
        return services.proposals().open().stream().filter(o -> sight.sees(o.system())).toList();
    }

    /// One line per host, for the first page.
    List<FoundLine> lines() {
        var byHost = new TreeMap<String, Map<String, List<Offer>>>();
        for (var offer : open()) {
            byHost.computeIfAbsent(
                            String.join(
                                    ", ", offer.hosts().stream().map(Object::toString).toList()),
                            _ -> new TreeMap<>())
                    .computeIfAbsent(offer.system().value(), _ -> new java.util.ArrayList<>())
                    .add(offer);
        }
        return byHost.entrySet().stream()
                .flatMap(
                        host ->
                                host.getValue().entrySet().stream()
                                        .map(s -> line(host.getKey(), s.getKey(), s.getValue())))
                .limit(HOSTS)
                .toList();
    }

    private static FoundLine line(String host, String system, List<Offer> offers) {
        String titles =
                offers.stream()
                        .limit(TITLES)
                        .map(o -> o.words().title())
                        .collect(Collectors.joining(", "));
        int more = offers.size() - TITLES;
        return new FoundLine(
                host,
                titles + (more > 0 ? " and " + more + " more:" : ":"),
                new Place(
                        Views.count(offers.size(), "check", "checks") + " proposed",
                        "/proposals?system=" + system));
    }
}
