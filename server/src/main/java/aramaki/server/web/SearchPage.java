package aramaki.server.web;

import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.search.Hit;
import aramaki.server.search.Search;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.SearchView;
import aramaki.server.web.view.StateBadge;
import java.util.ArrayList;
import java.util.List;

/// `/search?q=`: what was found as a page of links, and as the options of the palette.
final class SearchPage {
    private static final int ON_PAGE = 100;
    private static final int IN_PALETTE = 24;

    private final Search search;
    private final Views views;
    private final Pages pages;

    SearchPage(Search search, Views views, Pages pages) {
        this.search = search;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page("/search", Need.SOMEONE, "What `q` finds.", this::show),
                Route.page(
                        "/search/options",
                        Need.SOMEONE,
                        "What `q` finds, as the palette shows it.",
                        this::options));
    }

    private void show(Exchange exchange) {
        String text = exchange.query("q").orElse("");
        var hits = search.find(text, ON_PAGE);
        exchange.html(
                200,
                pages.search(
                        new SearchView(
                                views.frame(
                                        views.moment(exchange),
                                        text.isBlank() ? "Search" : "Search: " + text,
                                        Frame.Section.NONE,
                                        command(text)),
                                text,
                                says(text, hits.size()),
                                groups(hits))));
    }

    private void options(Exchange exchange) {
        String text = exchange.query("q").orElse("");
        var hits = search.find(text, IN_PALETTE);
        exchange.html(
                200,
                pages.options(
                        new SearchView(
                                views.anonymous("Search"),
                                text,
                                says(text, hits.size()),
                                groups(hits))));
    }

    private static String says(String text, int found) {
        if (text.isBlank()) {
            return "";
        }
        return found == 0 ? "nothing found" : found + " found";
    }

    /// As one would type it; a quote that would end the argument is left out.
    private static String command(String text) {
        String safe = text.replaceAll("[^\\p{L}\\p{N} ._/=-]", " ").strip();
        return safe.isEmpty() ? "aramaki help" : "aramaki search '" + safe + "'";
    }

    /// Those of one kind stand together already.
    private static List<SearchView.Group> groups(List<Hit> hits) {
        var groups = new ArrayList<SearchView.Group>();
        var options = new ArrayList<SearchView.Option>();
        for (int i = 0; i < hits.size(); i++) {
            var hit = hits.get(i);
            options.add(
                    new SearchView.Option(
                            i, badge(hit), hit.title(), hit.place(), hit.path(), hit.command()));
            boolean last = i + 1 == hits.size() || hits.get(i + 1).kind() != hit.kind();
            if (last) {
                groups.add(
                        new SearchView.Group(
                                hit.kind().word(), hit.kind().plural(), List.copyOf(options)));
                options.clear();
            }
        }
        return groups;
    }

    private static StateBadge badge(Hit hit) {
        return hit.state()
                .map(StateBadge::of)
                .orElseGet(
                        () ->
                                switch (hit.kind()) {
                                    case COMMAND -> new StateBadge("command", "$", "plain");
                                    case PERSON -> new StateBadge("person", "◉", "plain");
                                    case NOTE -> new StateBadge("note", "✎", "note");
                                    case ALERT, SYSTEM, CHECK, ENTITY, PAGE ->
                                            new StateBadge("page", "→", "plain");
                                });
    }
}
