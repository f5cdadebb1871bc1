package aramaki.server.api;

import aramaki.model.observation.State;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.Answers.SearchItem;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.search.Hit;
import aramaki.server.search.Search;
import java.util.List;

/// Search over HTTP.
public final class SearchApi {
    private final Search search;

    public SearchApi(Search search) {
        this.search = search;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/search",
                        Need.SOMEONE,
                        "What `q` finds by the beginnings of words, in groups of one kind, the best"
                                + " fit first.",
                        SearchItem.class,
                        this::find));
    }

    private void find(Exchange exchange) {
        var hits = search.find(exchange.query("q").orElse(""), exchange.limit());
        exchange.json(new Items<>(hits.stream().map(SearchApi::item).toList(), null));
    }

    private static SearchItem item(Hit hit) {
        return new SearchItem(
                hit.kind().word(),
                hit.title(),
                hit.place(),
                hit.state().map(State::word).orElse(null),
                hit.path().isEmpty() ? null : hit.path(),
                hit.command().isEmpty() ? null : hit.command());
    }
}
