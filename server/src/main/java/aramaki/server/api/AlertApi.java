package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemName;
import aramaki.server.alert.AlertStore;
import aramaki.server.api.Answers.AlertDetail;
import aramaki.server.api.Answers.AlertItem;
import aramaki.server.api.Answers.Items;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Statuses;
import aramaki.server.presence.Presence;
import aramaki.server.seen.Seen;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Alerts over HTTP.
public final class AlertApi {
    private static final int EPISODES = 100;
    private static final int ALL = 20_000;
    private final Store store;
    private final AlertStore alerts;
    private final Statuses statuses;
    private final Systems systems;
    private final Seen seen;
    private final Presence presence;
    private final InstantSource clock;

    public AlertApi(
            Store store,
            AlertStore alerts,
            Statuses statuses,
            Systems systems,
            Seen seen,
            Presence presence,
            InstantSource clock) {
        this.store = store;
        this.alerts = alerts;
        this.statuses = statuses;
        this.systems = systems;
        this.seen = seen;
        this.presence = presence;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/alerts",
                        "Alerts, firing ones first; `new=true` those that are new to you.",
                        AlertItem.class,
                        this::list),
                Route.get(
                        "/api/v1/alerts/{system}/{entity}/{check}",
                        "One alert with its episodes.",
                        AlertDetail.class,
                        this::show));
    }

    private void list(Exchange exchange) {
        var which =
                switch (exchange.query("state").orElse("firing")) {
                    case "firing" -> AlertStore.Which.FIRING;
                    case "resolved" -> AlertStore.Which.RESOLVED;
                    case "all" -> AlertStore.Which.ALL;
                    default ->
                            throw Refusal.invalid(
                                    "bad-state", "state must be firing, resolved or all");
                };
        var system = exchange.query("system").map(SystemName::new);
        boolean onlyNew = exchange.query("new").filter("true"::equals).isPresent();
        var attention = seen.attention(exchange.caller(), systems.graph());
        var found =
                onlyNew
                        ? store.read(tx -> alerts.alerts(tx, which, system, ALL)).stream()
                                .filter(attention::isNew)
                                .limit(exchange.limit())
                                .toList()
                        : store.read(tx -> alerts.alerts(tx, which, system, exchange.limit()));
        var firings = store.read(tx -> alerts.firings(tx, found.stream().map(Alert::key).toList()));
        var now = byKey();
        exchange.json(
                new Items<>(
                        found.stream()
                                .map(
                                        a ->
                                                Answering.alert(
                                                        a,
                                                        Optional.ofNullable(
                                                                now.get(a.key().about())),
                                                        attention.isNew(a),
                                                        presence.now().of(a.key().about()),
                                                        firings,
                                                        clock.instant()))
                                .toList(),
                        null));
    }

    private void show(Exchange exchange) {
        var key =
                new AlertKey(
                        CheckKey.of(
                                exchange.path("system"),
                                exchange.path("entity"),
                                exchange.path("check")));
        var alert =
                store.read(tx -> alerts.alert(tx, key))
                        .orElseThrow(() -> Refusal.notFound("alert", key.toString()));
        var episodes = store.read(tx -> alerts.episodes(tx, key, EPISODES));
        var item =
                Answering.alert(
                        alert,
                        Optional.ofNullable(byKey().get(key.about())),
                        seen.attention(exchange.caller(), systems.graph()).isNew(alert),
                        presence.now().of(key.about()),
                        store.read(tx -> alerts.firings(tx, List.of(key))),
                        clock.instant());
        exchange.json(
                new AlertDetail(
                        item,
                        episodes.stream()
                                .map(
                                        e ->
                                                new Answers.EpisodeItem(
                                                        e.id().value(),
                                                        e.severity().word(),
                                                        e.since(),
                                                        e.resolvedAt().orElse(null)))
                                .toList()));
    }

    private Map<CheckKey, CheckStatus> byKey() {
        var byKey = new HashMap<CheckKey, CheckStatus>();
        statuses.now().values().forEach(list -> list.forEach(s -> byKey.put(s.key(), s)));
        return byKey;
    }
}
