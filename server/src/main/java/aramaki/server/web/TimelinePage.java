package aramaki.server.web;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.query.Query;
import aramaki.server.timeline.Timeline;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.TimelineView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// `/timeline`: the events of the systems one asked for, drawn over time and as a list.
final class TimelinePage {
    private final Services services;
    private final Views views;
    private final EventRows rows;
    private final EventSearch search;
    private final LaneViews lanes;
    private final AroundPage around;
    private final Pages pages;

    TimelinePage(Services services, Views views, EventRows rows, EventSearch search, Pages pages) {
        this.services = services;
        this.views = views;
        this.rows = rows;
        this.search = search;
        this.lanes = new LaneViews(services, rows, search);
        this.around = new AroundPage(services, views, rows, lanes, pages);
        this.pages = pages;
    }

    Route route() {
        return Route.page("/timeline", Need.SOMEONE, "Events, newest first.", this::show);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        if (exchange.query("around").isPresent()) {
            around.show(exchange, moment);
            return;
        }
        var query = search.parse(exchange.query("q").orElse(""));
        var window = Window.of(exchange, moment.now(), services.zone());
        var before = position(exchange, "before");
        var after = position(exchange, "after");
        var filter = search.filter(query, moment);
        var range = filter.flatMap(f -> search.range(f, window));
        var younger =
                after.isEmpty()
                        ? Optional.<EventSearch.Found>empty()
                        : window.asked()
                                ? range.flatMap(r -> search.later(query, r, after.getAsLong()))
                                : filter.flatMap(f -> search.after(query, f, after.getAsLong()));
        var found =
                younger.or(() -> page(query, filter, range, window, before))
                        .orElse(EventSearch.Found.NOTHING);
        boolean first = younger.isEmpty() && (before.isEmpty() || after.isPresent());
        String here = "/timeline?q=" + Views.parameter(query.text());
        String again = here + (window.asked() ? window.parameters(moment.now()) : "");
        String newer = first ? "" : again + "&after=" + found.newest().orElse(before.orElse(0) - 1);
        String older =
                found.older().isPresent() ? again + "&before=" + found.older().getAsLong() : "";
        exchange.html(
                200,
                pages.timeline(
                        new TimelineView(
                                views.frame(
                                        moment,
                                        "Timeline",
                                        Frame.Section.TIMELINE,
                                        command(query, window, moment.now())),
                                new Filter(
                                        query.text(), query.says(says(query, found)), examples()),
                                lanes.of(query, range, window, moment.now(), here),
                                rows.days(found.events(), moment.now()),
                                newer,
                                older,
                                first && window.rolling())));
    }

    /// In a stretch of time that was asked for, the order is that of time; else of recording, so
    /// that what comes late is not overlooked.
    private Optional<EventSearch.Found> page(
            Query query,
            Optional<Timeline.Filter> filter,
            Optional<Timeline.Range> range,
            Window window,
            OptionalLong before) {
        return window.asked()
                ? range.map(r -> search.latest(query, r, before))
                : filter.map(f -> search.before(query, f, before));
    }

    private static String says(Query query, EventSearch.Found found) {
        String number = Views.count(found.events().size(), "event", "events");
        if (found.events().isEmpty() && found.older().isPresent()) {
            return "none yet in the newest " + EventSearch.SCAN + ": go on with Older";
        }
        var systems = query.wanted("system");
        return number + (systems.isEmpty() ? "" : ", all layers of " + String.join(", ", systems));
    }

    private static OptionalLong position(Exchange exchange, String name) {
        var text = exchange.query(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw Refusal.invalid("bad-cursor", name + " must come from a link `Older` or `Newer`");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    private static String command(Query query, Window window, Instant now) {
        var words = new ArrayList<>(List.of("aramaki timeline list"));
        option(query, "system").ifPresent(words::add);
        option(query, "type").ifPresent(words::add);
        option(query, "lane").ifPresent(words::add);
        option(query, "since").ifPresent(words::add);
        if (window.asked()) {
            words.add(
                    window.parameters(now).replace("&from=", "--from ").replace("&to=", " --to "));
        }
        return String.join(" ", words);
    }

    private static Optional<String> option(Query query, String key) {
        return query.wanted(key).stream()
                .filter(v -> Names.isShortName(v.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(v -> "--" + key + " " + v);
    }

    private static List<Place> examples() {
        return Stream.of("lane:outside", "type:alert", "type:note", "type:system since:7d")
                .map(q -> new Place(q, "/timeline?q=" + Views.parameter(q)))
                .toList();
    }
}
