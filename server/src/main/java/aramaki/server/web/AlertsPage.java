package aramaki.server.web;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertState;
import aramaki.model.grant.Verb;
import aramaki.server.alert.AlertQuery;
import aramaki.server.alert.AlertStore;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.query.Query;
import aramaki.server.web.view.AlertsView;
import aramaki.server.web.view.Around;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/alerts`: those that fire, then those that ended.
final class AlertsPage {
    private static final int MARKED = 500;

    /// More rows than this nobody reads, and a browser takes its time for them.
    private static final int FIRING = 200;

    private static final int ENDED = 50;

    private final Services services;
    private final Views views;
    private final Trees trees;
    private final Pages pages;
    private final ActForm form;

    AlertsPage(Services services, Views views, Trees trees, Pages pages) {
        this.services = services;
        this.views = views;
        this.trees = trees;
        this.pages = pages;
        this.form = new ActForm(services);
    }

    List<Route> routes() {
        return List.of(
                Route.page("/alerts", Need.SOMEONE, "Alerts, firing ones first.", this::show),
                new Route(
                        Route.Method.POST,
                        "/alerts/acts",
                        Need.onNamed(Verb.ACK),
                        "Does something about the alerts that were chosen.",
                        null,
                        null,
                        form::act),
                new Route(
                        Route.Method.POST,
                        "/alerts/undo",
                        Need.onNamed(Verb.ACK),
                        "Undoes an act.",
                        null,
                        null,
                        form::undo));
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var asked = AlertQuery.parse(exchange.query("q").orElse(""));
        var query = asked.query();
        var fits = asked.in(services.inquiry().sight(moment.person(), moment.attention()::isNew));
        var before = before(exchange);
        int page = page(exchange);
        var ways = moment.ways(trees.anchors(moment));
        var open = views.alerts(AlertStore.Which.FIRING).stream().filter(fits).toList();
        var parts = open.stream().collect(Collectors.partitioningBy(a -> Views.needs(moment, a)));
        var firing = parts.getOrDefault(true, List.of());
        var kept = parts.getOrDefault(false, List.of());
        var ended =
                views.alerts(AlertStore.Which.RESOLVED).stream()
                        .filter(fits)
                        .filter(a -> endedAt(a).isBefore(before))
                        .limit(ENDED + 1)
                        .toList();
        var shown = ended.subList(0, Math.min(ENDED, ended.size()));
        String here = "/alerts?q=" + Views.parameter(query.text());
        String older =
                ended.size() > ENDED
                        ? here + "&before=" + endedAt(shown.getLast()).toEpochMilli()
                        : "";
        int from = Math.min(firing.size(), page * FIRING);
        int to = Math.min(firing.size(), from + FIRING);
        exchange.html(
                200,
                pages.alerts(
                        new AlertsView(
                                views.frame(moment, "Alerts", Frame.Section.ALERTS, command(query))
                                        .with(around(moment, query, open, shown)),
                                new Filter(
                                        query.text(),
                                        query.says(
                                                says(firing.size(), from, to)
                                                        + (kept.isEmpty()
                                                                ? ""
                                                                : kept.size()
                                                                        + " acknowledged or"
                                                                        + " silenced, ")
                                                        + shown.size()
                                                        + (older.isEmpty() ? "" : " of the")
                                                        + " resolved"),
                                        examples()),
                                views.rows(moment, firing.subList(from, to), ways),
                                views.rows(
                                        moment,
                                        kept.subList(0, Math.min(FIRING, kept.size())),
                                        ways),
                                views.rows(moment, shown, ways),
                                to < firing.size() ? here + "&page=" + (page + 1) : "",
                                older,
                                form.bar(exchange, query, open.size()))));
    }

    private static String says(int firing, int from, int to) {
        if (firing <= FIRING) {
            return firing + " firing, ";
        }
        return firing
                + (from == 0
                        ? " firing (the worst " + FIRING + " are shown), "
                        : " firing (" + (from + 1) + " to " + to + " are shown), ");
    }

    private static int page(Exchange exchange) {
        return exchange.query("page")
                .map(
                        text -> {
                            if (!text.matches("[0-9]{1,4}")) {
                                throw Refusal.invalid(
                                        "bad-page", "page must come from a link `Next`");
                            }
                            return Integer.parseInt(text);
                        })
                .orElse(0);
    }

    /// All may be marked as seen only where all are shown.
    private Around around(Moment moment, Query query, List<Alert> firing, List<Alert> ended) {
        return query.isEmpty() && firing.size() <= MARKED
                ? views.around(moment, Stream.of(firing, ended).flatMap(List::stream).toList())
                : Around.NOTHING;
    }

    private static Instant endedAt(Alert alert) {
        return alert.state() instanceof AlertState.Resolved(var at) ? at : Instant.MAX;
    }

    private static Instant before(Exchange exchange) {
        return exchange.query("before")
                .map(
                        text -> {
                            if (!text.matches("[0-9]{1,15}")) {
                                throw Refusal.invalid(
                                        "bad-cursor", "before must come from a link `Older`");
                            }
                            return Instant.ofEpochMilli(Long.parseLong(text));
                        })
                .orElse(Instant.MAX);
    }

    private static String command(Query query) {
        var systems = query.wanted("system");
        return "aramaki alert list"
                + (query.wanted("state").equals(List.of("resolved")) ? " --state resolved" : "")
                + (query.wanted("is").equals(List.of("new")) ? " --new" : "")
                + (systems.size() == 1 && Names.isShortName(systems.getFirst())
                        ? " --system " + systems.getFirst()
                        : "");
    }

    private List<Place> examples() {
        return Stream.of(
                        "is:new",
                        "severity:critical",
                        "owner:me",
                        "owner:nobody",
                        "is:silenced",
                        "-severity:stale since:24h")
                .map(q -> new Place(q, "/alerts?q=" + Views.parameter(q)))
                .toList();
    }
}
