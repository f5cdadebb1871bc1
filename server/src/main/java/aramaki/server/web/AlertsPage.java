package aramaki.server.web;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertState;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.server.alert.AlertStore;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.web.view.AlertsView;
import aramaki.server.web.view.Around;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// `/alerts`: those that fire, then those that ended.
final class AlertsPage {
    private static final Set<String> KEYS =
            Set.of("system", "state", "severity", "entity", "check", "since", "until", "is");
    private static final List<String> STATES = List.of("firing", "resolved");
    private static final List<String> SEVERITIES =
            Arrays.stream(State.values()).filter(State::bad).map(State::word).toList();
    private static final List<String> IS = List.of("new");

    /// More rows than this nobody reads, and a browser takes its time for them.
    private static final int FIRING = 200;

    private static final int ENDED = 50;

    private final Services services;
    private final Views views;
    private final Trees trees;
    private final Pages pages;

    AlertsPage(Services services, Views views, Trees trees, Pages pages) {
        this.services = services;
        this.views = views;
        this.trees = trees;
        this.pages = pages;
    }

    Route route() {
        return Route.page("/alerts", "Alerts, firing ones first.", this::show);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var query =
                Query.parse(exchange.query("q").orElse(""), KEYS)
                        .known("state", STATES, STATES::contains)
                        .known("severity", SEVERITIES, SEVERITIES::contains)
                        .known("is", IS, IS::contains);
        var before = before(exchange);
        var ways = moment.ways(trees.anchors(moment));
        var firing = matching(moment, query, AlertStore.Which.FIRING).toList();
        var ended =
                matching(moment, query, AlertStore.Which.RESOLVED)
                        .filter(a -> endedAt(a).isBefore(before))
                        .limit(ENDED + 1)
                        .toList();
        var shown = ended.subList(0, Math.min(ENDED, ended.size()));
        String older =
                ended.size() > ENDED
                        ? "/alerts?q="
                                + Views.parameter(query.text())
                                + "&before="
                                + endedAt(shown.getLast()).toEpochMilli()
                        : "";
        exchange.html(
                200,
                pages.alerts(
                        new AlertsView(
                                views.frame(moment, "Alerts", Frame.Section.ALERTS, command(query))
                                        .with(around(moment, query, firing, shown)),
                                new Filter(
                                        query.text(),
                                        query.says(
                                                says(firing.size())
                                                        + shown.size()
                                                        + (older.isEmpty() ? "" : " of the")
                                                        + " resolved"),
                                        examples()),
                                views.rows(
                                        moment,
                                        firing.subList(0, Math.min(FIRING, firing.size())),
                                        ways),
                                views.rows(moment, shown, ways),
                                older)));
    }

    private static String says(int firing) {
        return firing <= FIRING
                ? firing + " firing, "
                : firing + " firing (the worst " + FIRING + " are shown; filter for the others), ";
    }

    /// All may be marked as seen only where all are shown.
    private Around around(Moment moment, Query query, List<Alert> firing, List<Alert> ended) {
        return query.isEmpty()
                ? views.around(moment, Stream.of(firing, ended).flatMap(List::stream).toList())
                : Around.NOTHING;
    }

    private Stream<Alert> matching(Moment moment, Query query, AlertStore.Which which) {
        var since = query.moment("since", moment.now(), services.zone()).orElse(Instant.MIN);
        var until = query.moment("until", moment.now(), services.zone()).orElse(Instant.MAX);
        String state = which == AlertStore.Which.FIRING ? "firing" : "resolved";
        if (!query.passes("state", state::equals)) {
            return Stream.of();
        }
        return views.alerts(which).stream()
                .filter(a -> !a.since().isBefore(since) && !a.since().isAfter(until))
                .filter(a -> matches(moment, query, a));
    }

    private static boolean matches(Moment moment, Query query, Alert alert) {
        var about = alert.key().about();
        return query.passes("system", word -> isOrBelow(moment, word, about.system()))
                && query.passes("severity", alert.severity().word()::equals)
                && query.passes("entity", about.entity().value()::equals)
                && query.passes("check", about.check().value()::equals)
                && query.passes("is", _ -> moment.attention().isNew(alert))
                && query.passesText(alert.key() + " " + alert.output());
    }

    /// A system means its layers too, as everywhere.
    private static boolean isOrBelow(Moment moment, String word, SystemName system) {
        return system.value().equals(word)
                || Names.isShortName(word)
                        && moment.graph().below(new SystemName(word)).contains(system);
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
                + (query.wanted("is").equals(IS) ? " --new" : "")
                + (systems.size() == 1 && Names.isShortName(systems.getFirst())
                        ? " --system " + systems.getFirst()
                        : "");
    }

    private List<Place> examples() {
        return Stream.of(
                        "is:new",
                        "severity:critical",
                        "severity:stale",
                        "-severity:stale since:24h")
                .map(q -> new Place(q, "/alerts?q=" + Views.parameter(q)))
                .toList();
    }
}
