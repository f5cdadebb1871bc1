package aramaki.server.api;

import aramaki.server.api.Answers.Items;
import aramaki.server.api.Answers.OpenBy;
import aramaki.server.api.Answers.PresenceItem;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.presence.Opened;
import aramaki.server.presence.Presence;
import aramaki.server.presence.Viewer;
import aramaki.server.sight.Sight;
import java.util.List;

/// Who has what open now, over HTTP.
public final class PresenceApi {
    private final Presence presence;

    public PresenceApi(Presence presence) {
        this.presence = presence;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/presence",
                        Need.SOMEONE,
                        "Who has which system or check open now, and since when.",
                        PresenceItem.class,
                        this::list));
    }

    private void list(Exchange exchange) {
        var items =
                presence.now().only(Sight.current()::sees).viewings().stream()
                        .limit(exchange.limit())
                        .map(v -> item(v.viewer(), v.opened()))
                        .toList();
        exchange.json(new Items<>(items, null));
    }

    private static PresenceItem item(Viewer viewer, Opened opened) {
        return switch (opened) {
            case Opened.OfSystem(var system) ->
                    new PresenceItem(
                            viewer.name(),
                            viewer.since(),
                            system.value(),
                            null,
                            null,
                            opened.path());
            case Opened.OfCheck(var system, var check, var entity) ->
                    new PresenceItem(
                            viewer.name(),
                            viewer.since(),
                            system.value(),
                            entity.map(e -> e.value()).orElse(null),
                            check.value(),
                            opened.path());
        };
    }

    static List<OpenBy> openBy(List<Viewer> viewers) {
        return viewers.stream().map(v -> new OpenBy(v.name(), v.since())).toList();
    }
}
