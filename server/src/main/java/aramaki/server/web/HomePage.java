package aramaki.server.web;

import aramaki.model.system.SystemName;
import aramaki.server.alert.AlertStore;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.system.Systems;
import aramaki.server.timeline.Timeline;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.HomeView;
import aramaki.server.web.view.Pages;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/`: what needs somebody, how everything stands, what happened last.
final class HomePage {
    /// What to do while there is nothing to look at.
    static final String HINT =
            "Write one as a folder with a system.yaml below the folder that --systems names, or"
                    + " make one with: aramaki system create NAME --title TITLE";

    private static final int ALERTS = 25;
    private static final int EVENTS = 15;

    private final Services services;
    private final Views views;
    private final Trees trees;
    private final EventRows events;
    private final Pages pages;

    HomePage(Services services, Views views, Trees trees, EventRows events, Pages pages) {
        this.services = services;
        this.views = views;
        this.trees = trees;
        this.events = events;
        this.pages = pages;
    }

    Route route() {
        return Route.page("/", "Home.", this::show);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var anchors = trees.anchors(moment);
        var ways = moment.ways(anchors);
        boolean onlyOurs = anchors.equals(List.<SystemName>of(Systems.INSTANCE));
        var last =
                services.timeline()
                        .find(
                                new Timeline.Filter(
                                        Set.of(),
                                        false,
                                        Set.of(),
                                        Set.of(),
                                        "",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Long.MAX_VALUE,
                                        EVENTS));
        exchange.html(
                200,
                pages.home(
                        new HomeView(
                                views.frame(
                                        moment,
                                        "Home",
                                        Frame.Section.HOME,
                                        "aramaki system status"),
                                views.rows(
                                        moment,
                                        views.alerts(AlertStore.Which.FIRING).stream()
                                                .limit(ALERTS)
                                                .toList(),
                                        ways),
                                onlyOurs ? List.of() : trees.of(moment, anchors, _ -> true),
                                services.systems().problems().stream().map(views::problem).toList(),
                                events.days(last, moment.now()),
                                HINT)));
    }
}
