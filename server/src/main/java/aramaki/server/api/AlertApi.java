package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.grant.Verb;
import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.alert.Acts;
import aramaki.server.alert.AlertQuery;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.AlertStory;
import aramaki.server.alert.Inquiry;
import aramaki.server.api.AlertAnswers.ActItem;
import aramaki.server.api.Answers.AlertDetail;
import aramaki.server.api.Answers.AlertItem;
import aramaki.server.api.Answers.Items;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Statuses;
import aramaki.server.presence.Presence;
import aramaki.server.seen.Seen;
import aramaki.server.sight.Sight;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.timeline.Sentences;
import aramaki.server.timeline.StoredEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Alerts over HTTP.
public final class AlertApi {
    private static final int EPISODES = 100;
    private static final int ACTS = 50;
    private static final int ALL = 20_000;

    private final Store store;
    private final AlertStore alerts;
    private final Statuses statuses;
    private final Systems systems;
    private final Seen seen;
    private final Presence presence;
    private final Inquiry inquiry;
    private final AlertStory story;
    private final Supplier<List<Caller>> people;
    private final InstantSource clock;

    public AlertApi(
            Store store,
            AlertStore alerts,
            Statuses statuses,
            Systems systems,
            Seen seen,
            Presence presence,
            Inquiry inquiry,
            AlertStory story,
            Supplier<List<Caller>> people,
            InstantSource clock) {
        this.store = store;
        this.alerts = alerts;
        this.statuses = statuses;
        this.systems = systems;
        this.seen = seen;
        this.presence = presence;
        this.inquiry = inquiry;
        this.story = story;
        this.people = people;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/alerts",
                        Need.SOMEONE,
                        "Alerts, firing ones first. `state` is `open` (not resolved), `firing`"
                                + " (nobody has it), `acknowledged`, `resolved` or `all`;"
                                + " `new=true` those that are new to you, `mine=true` those you"
                                + " have, `silenced=true` those a silence hides; `q` is a filter"
                                + " as on the page.",
                        AlertItem.class,
                        this::list),
                Route.get(
                        "/api/v1/alerts/{system}/{entity}/{check}",
                        Need.on(Verb.READ),
                        "One alert with its episodes.",
                        AlertDetail.class,
                        this::show));
    }

    private void list(Exchange exchange) {
        String state = exchange.query("state").orElse("open");
        var which =
                switch (state) {
                    case "open", "firing", "acknowledged" -> AlertStore.Which.FIRING;
                    case "resolved" -> AlertStore.Which.RESOLVED;
                    case "all" -> AlertStore.Which.ALL;
                    default ->
                            throw Refusal.invalid(
                                    "bad-state",
                                    "state must be open, firing, acknowledged, resolved or all");
                };
        var system = exchange.query("system").map(SystemName::new);
        var attention = seen.attention(exchange.caller(), systems.graph());
        var sight = inquiry.sight(exchange.caller(), attention::isNew);
        var narrowed = narrowed(exchange, state, sight);
        var found =
                narrowed.isPresent()
                        ? store.read(tx -> alerts.alerts(tx, which, system, ALL)).stream()
                                .filter(narrowed.get())
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
                                                        sight.hidden().apply(a),
                                                        clock.instant()))
                                .toList(),
                        null));
    }

    /// What has to be looked at one by one; empty where the store can tell.
    private static Optional<Predicate<Alert>> narrowed(
            Exchange exchange, String state, AlertQuery.Sight sight) {
        var all = new ArrayList<Predicate<Alert>>();
        var seen = Sight.current();
        if (!seen.everything()) {
            all.add(a -> seen.sees(a.key().about().system()));
        }
        if (state.equals("firing") || state.equals("acknowledged")) {
            all.add(a -> a.word().equals(state));
        }
        if (is(exchange, "new")) {
            all.add(sight.isNew());
        }
        if (is(exchange, "silenced")) {
            all.add(a -> sight.hidden().apply(a).isPresent());
        }
        if (is(exchange, "mine")) {
            all.add(a -> a.firing() && a.care().owner().equals(sight.person()));
        }
        exchange.query("q")
                .ifPresent(text -> all.add(AlertQuery.parse(text).understood().in(sight)));
        return all.stream().reduce(Predicate::and);
    }

    private static boolean is(Exchange exchange, String name) {
        return exchange.query(name).filter("true"::equals).isPresent();
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
                        inquiry.sight(exchange.caller(), _ -> false).hidden().apply(alert),
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
                                .toList(),
                        story.of(key, ACTS).stream().map(this::act).toList()));
    }

    private ActItem act(StoredEvent event) {
        var header = event.header();
        return new ActItem(
                event.data().flatMap(Acts::act).orElse(null),
                header.type(),
                header.at(),
                people.get().stream()
                        .filter(p -> p.person().equals(header.actor()))
                        .map(Caller::name)
                        .findFirst()
                        .orElse(null),
                Sentences.of(event));
    }

    private Map<CheckKey, CheckStatus> byKey() {
        var byKey = new HashMap<CheckKey, CheckStatus>();
        statuses.now().values().forEach(list -> list.forEach(s -> byKey.put(s.key(), s)));
        return byKey;
    }
}
