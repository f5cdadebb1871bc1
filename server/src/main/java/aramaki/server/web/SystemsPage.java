package aramaki.server.web;

import aramaki.model.Labels;
import aramaki.model.observation.State;
import aramaki.model.system.Category;
import aramaki.model.system.Definition;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selected;
import aramaki.model.system.SystemName;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.query.Query;
import aramaki.server.sight.Sight;
import aramaki.server.system.Systems;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.SystemsView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/systems`: every system with every layer, and a filter over all of them.
final class SystemsPage {
    private static final Set<String> KEYS = Set.of("system", "state", "category", Query.LABEL);
    private static final List<String> STATES =
            Arrays.stream(State.values()).map(State::word).toList();

    private final Systems systems;
    private final Views views;
    private final Trees trees;
    private final Pages pages;

    SystemsPage(Systems systems, Views views, Trees trees, Pages pages) {
        this.systems = systems;
        this.views = views;
        this.trees = trees;
        this.pages = pages;
    }

    Route route() {
        return Route.page("/systems", Need.SOMEONE, "Every system with every layer.", this::show);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var query =
                Query.parse(exchange.query("q").orElse(""), KEYS)
                        .known("state", STATES, STATES::contains);
        var anchors = trees.anchors(moment);
        var all = new HashSet<>(anchors);
        anchors.forEach(a -> all.addAll(moment.graph().below(a)));
        var found =
                all.stream()
                        .filter(name -> matches(moment, query, name))
                        .collect(Collectors.toSet());
        boolean graph = exchange.query("view").filter("graph"::equals).isPresent();
        String says =
                query.isEmpty()
                        ? Views.count(all.size(), "system", "systems")
                                + ", "
                                + anchors.size()
                                + " at the top"
                        : found.size() + " of " + Views.count(all.size(), "system", "systems");
        exchange.html(
                200,
                pages.systems(
                        new SystemsView(
                                views.frame(
                                        moment,
                                        "Systems",
                                        Frame.Section.SYSTEMS,
                                        "aramaki system list"),
                                new Filter(query.text(), query.says(says), examples()),
                                form("Tree", query, ""),
                                form("Graph", query, "view=graph"),
                                graph ? List.of() : trees.of(moment, anchors, found::contains),
                                graph ? Drawing.of(moment, found) : null,
                                HomePage.HINT)));
    }

    /// The same systems in another form.
    private static Place form(String name, Query query, String view) {
        var parts = new ArrayList<String>();
        if (!view.isEmpty()) {
            parts.add(view);
        }
        if (!query.isEmpty()) {
            parts.add("q=" + Views.parameter(query.text()));
        }
        return new Place(name, "/systems" + (parts.isEmpty() ? "" : "?" + String.join("&", parts)));
    }

    private boolean matches(Moment moment, Query query, SystemName name) {
        var definition = systems.find(name).map(ManagedSystem::definition);
        var counts = moment.rollup(name).counts();
        var category = definition.map(Definition::category).map(Category::name);
        var selected = systems.selection(name);
        var labels =
                definition
                        .map(Definition::labels)
                        .or(() -> selected.map(Selected::labels))
                        .orElse(Labels.NONE);
        String title =
                definition
                        .map(Definition::title)
                        .or(() -> selected.map(Selected::title))
                        .orElse("");
        return query.passes("system", name.value()::contains)
                && query.passes(
                        "state", word -> STATES.contains(word) && counts.of(State.ofWord(word)) > 0)
                && query.passes("category", category.orElse("selection")::equals)
                && query.wanted(Query.LABEL).stream().allMatch(l -> carries(labels, l))
                && query.unwanted(Query.LABEL).stream().noneMatch(l -> carries(labels, l))
                && query.passesText(name + " " + title + " " + labels);
    }

    private static boolean carries(Labels labels, String pair) {
        int at = pair.indexOf('=');
        return labels.get(pair.substring(0, at)).equals(Optional.of(pair.substring(at + 1)));
    }

    private List<Place> examples() {
        var categories =
                systems.all().stream()
                        .filter(s -> !s.name().equals(Systems.INSTANCE))
                        .filter(s -> Sight.current().sees(s.name()))
                        .map(s -> "category:" + s.definition().category().name())
                        .distinct()
                        .limit(2);
        return Stream.concat(Stream.of("state:critical", "state:stale"), categories)
                .map(q -> new Place(q, "/systems?q=" + Views.parameter(q)))
                .toList();
    }
}
