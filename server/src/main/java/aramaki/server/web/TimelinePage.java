package aramaki.server.web;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.TimelineView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// `/timeline`: the events of the systems one asked for.
final class TimelinePage {
    private final Views views;
    private final EventRows rows;
    private final EventSearch search;
    private final Pages pages;

    TimelinePage(Views views, EventRows rows, EventSearch search, Pages pages) {
        this.views = views;
        this.rows = rows;
        this.search = search;
        this.pages = pages;
    }

    Route route() {
        return Route.page("/timeline", "Events, newest first.", this::show);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var query = search.parse(exchange.query("q").orElse(""));
        var before = position(exchange, "before");
        var after = position(exchange, "after");
        var filter = search.filter(query, moment);
        var younger =
                after.isPresent() && filter.isPresent()
                        ? search.after(query, filter.get(), after.getAsLong())
                        : Optional.<EventSearch.Found>empty();
        var found =
                younger.or(() -> filter.map(f -> search.before(query, f, before)))
                        .orElse(EventSearch.Found.NOTHING);
        boolean first = younger.isEmpty() && (before.isEmpty() || after.isPresent());
        String newer =
                first ? "" : page(query) + "&after=" + found.newest().orElse(before.orElse(0) - 1);
        String older =
                found.older().isPresent()
                        ? page(query) + "&before=" + found.older().getAsLong()
                        : "";
        exchange.html(
                200,
                pages.timeline(
                        new TimelineView(
                                views.frame(
                                        moment, "Timeline", Frame.Section.TIMELINE, command(query)),
                                new Filter(
                                        query.text(), query.says(says(query, found)), examples()),
                                rows.days(found.events(), moment.now()),
                                newer,
                                older)));
    }

    private static String says(Query query, EventSearch.Found found) {
        String number = Views.count(found.events().size(), "event", "events");
        if (found.events().isEmpty() && found.older().isPresent()) {
            return "none yet in the newest " + EventSearch.SCAN + ": go on with Older";
        }
        var systems = query.wanted("system");
        return number + (systems.isEmpty() ? "" : ", all layers of " + String.join(", ", systems));
    }

    private static String page(Query query) {
        return "/timeline?q=" + Views.parameter(query.text());
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

    private static String command(Query query) {
        var words = new ArrayList<>(List.of("aramaki timeline list"));
        option(query, "system").ifPresent(words::add);
        option(query, "type").ifPresent(words::add);
        option(query, "since").ifPresent(words::add);
        return String.join(" ", words);
    }

    private static Optional<String> option(Query query, String key) {
        return query.wanted(key).stream()
                .filter(v -> Names.isShortName(v.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(v -> "--" + key + " " + v);
    }

    private static List<Place> examples() {
        return Stream.of("type:alert", "type:note", "type:system since:7d")
                .map(q -> new Place(q, "/timeline?q=" + Views.parameter(q)))
                .toList();
    }
}
