package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.grant.Verb;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.State;
import aramaki.model.system.Definition;
import aramaki.model.system.Link;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selected;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStore;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.timeline.Notes;
import aramaki.server.timeline.Timeline;
import aramaki.server.web.view.AgentRow;
import aramaki.server.web.view.Day;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.LinkRow;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StateCount;
import aramaki.server.web.view.SystemView;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `/s/{system}`: one system with everything below it; also a selection, which is no system of its
/// own but is looked at like one.
final class SystemPage {
    private static final int EVENTS = 50;
    private static final Duration LATELY = Duration.ofHours(24);
    private static final AgentRow.Spool NOT_SHOWN = new AgentRow.Spool("", 0, "");

    private final Services services;
    private final Notes notes;
    private final Views views;
    private final Trees trees;
    private final EventRows events;
    private final ProposalsPage proposals;
    private final Pages pages;

    SystemPage(
            Services services,
            Notes notes,
            Views views,
            Trees trees,
            EventRows events,
            ProposalsPage proposals,
            Pages pages) {
        this.services = services;
        this.notes = notes;
        this.views = views;
        this.trees = trees;
        this.events = events;
        this.proposals = proposals;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/s/{system}",
                        Need.on(Verb.READ),
                        "One system with every layer below it.",
                        this::show),
                new Route(
                        Route.Method.POST,
                        "/s/{system}/notes",
                        Need.on(Verb.NOTE),
                        "Writes a note into a system's timeline.",
                        null,
                        null,
                        this::note));
    }

    private void note(Exchange exchange) {
        var system = services.systems().require(new SystemName(exchange.path("system")));
        String text =
                Optional.ofNullable(exchange.context().formParam("text"))
                        .orElse("")
                        .replace("\r\n", "\n"); // which forms send whatever was typed
        notes.add(system, text, Optional.empty(), exchange.caller().by());
        exchange.context().redirect("/s/" + system.name() + "#events-h", HttpStatus.SEE_OTHER);
    }

    private void show(Exchange exchange) {
        var name = new SystemName(exchange.path("system"));
        var system = services.systems().find(name);
        if (system.isEmpty() && services.systems().selection(name).isEmpty()) {
            throw Refusal.notFound("system", name.value());
        }
        var moment = views.moment(exchange);
        var head = head(moment, name, system);
        var problems = problems(moment, name);
        exchange.html(
                200,
                pages.system(
                        new SystemView(
                                views.frame(
                                                moment,
                                                head.title(),
                                                Frame.Section.SYSTEMS,
                                                "aramaki system status " + name)
                                        .with(views.around(moment, name, problems)),
                                head,
                                views.rows(moment, problems, moment.ways(List.of(name))),
                                moment.own(name).stream()
                                        .map(s -> views.checkRow(moment, s))
                                        .toList(),
                                trees.below(moment, name),
                                system.map(s -> guide(moment, s))
                                        .orElseGet(
                                                () ->
                                                        new SystemView.Guide(
                                                                "", List.of(), List.of(),
                                                                List.of())),
                                lately(moment, name),
                                agents(moment, name),
                                services.proposals().open(name).stream()
                                        .map(o -> proposals.row(moment, o))
                                        .toList())));
    }

    private SystemView.Head head(Moment moment, SystemName name, Optional<ManagedSystem> system) {
        var rollup = moment.rollup(name);
        var definition = system.map(ManagedSystem::definition);
        return new SystemView.Head(
                Views.system(name),
                definition
                        .map(Definition::title)
                        .or(() -> services.systems().selection(name).map(Selected::title))
                        .orElse(name.value()),
                StateBadge.of(rollup.worst()),
                StateCount.of(rollup.counts()),
                kind(moment, name, definition),
                views.ago(moment, moment.newest(name)),
                new SystemView.About(
                        definition.map(Definition::description).orElseGet(() -> selects(name)),
                        definition.map(d -> Views.labels(d.labels())).orElse(List.of()),
                        moment.graph().parents(name).stream().map(Views::system).toList(),
                        system.map(SystemPage::document).orElse(""),
                        services.systems().problems().stream()
                                .filter(p -> p.file().startsWith(name + "/"))
                                .map(views::problem)
                                .toList()));
    }

    private String selects(SystemName name) {
        return services.systems()
                .selection(name)
                .map(
                        s ->
                                "Every system here that carries "
                                        + s.labels()
                                        + ", as "
                                        + s.by()
                                        + " selects.")
                .orElse("");
    }

    private static String document(ManagedSystem system) {
        return system.ownedByFolder() ? "defined in " + system.folder() : "kept by this instance";
    }

    /// What it is and what it holds, in the words of the categories: `project · 3 environments`.
    private String kind(Moment moment, SystemName name, Optional<Definition> definition) {
        var held = new TreeMap<String, Integer>();
        var words = new LinkedHashMap<String, String>();
        for (var child : moment.graph().children(name)) {
            var category = services.systems().find(child).map(s -> s.definition().category());
            String one = category.map(c -> c.singular()).orElse("selection");
            held.merge(one, 1, Integer::sum);
            words.put(one, category.map(c -> c.plural()).orElse("selections"));
        }
        return definition.map(d -> d.category().singular()).orElse("selection")
                + held.entrySet().stream()
                        .map(
                                e ->
                                        " · "
                                                + Views.count(
                                                        e.getValue(),
                                                        e.getKey(),
                                                        words.getOrDefault(e.getKey(), "")))
                        .collect(Collectors.joining());
    }

    /// What fires here and below, each with the way down to it; and the silence of agents that
    /// serve any of it, wherever those are at home.
    private List<Alert> problems(Moment moment, SystemName name) {
        var layers = moment.ways(List.of(name)).keySet();
        var silent = silent(layers);
        return views.alerts(AlertStore.Which.FIRING).stream()
                .filter(
                        a ->
                                layers.contains(a.key().about().system())
                                        || silent.contains(a.key().about()))
                .limit(Views.MANY)
                .toList();
    }

    private Set<CheckKey> silent(Set<SystemName> served) {
        var keys = new HashSet<CheckKey>();
        for (var agent : services.agents().all()) {
            boolean here =
                    agent.presence() == Presence.SILENT
                            && services.systems().servedBy(agent).stream()
                                    .anyMatch(s -> served.contains(s.name()));
            if (here) {
                var about = AlertConsumer.AGENT_CHECK;
                keys.add(new CheckKey(agent.home(), agent.name(), about));
                keys.add(new CheckKey(agent.home(), AlertConsumer.ALL_AGENTS, about));
            }
        }
        return keys;
    }

    private SystemView.Guide guide(Moment moment, ManagedSystem system) {
        var definition = system.definition();
        return new SystemView.Guide(
                definition.rules(),
                people(definition),
                links(moment, system),
                definition.notUsedYet());
    }

    private List<SystemView.Role> people(Definition definition) {
        var known =
                services.access().people().stream()
                        .map(Caller::name)
                        .collect(Collectors.toCollection(HashSet::new));
        return new TreeMap<>(definition.people())
                .entrySet().stream()
                        .map(
                                role ->
                                        new SystemView.Role(
                                                role.getKey(),
                                                role.getValue().stream()
                                                        .map(p -> person(p, known))
                                                        .collect(Collectors.joining(", "))))
                        .toList();
    }

    private static String person(String name, Set<String> known) {
        return known.contains(name) ? name : name + " (not known here)";
    }

    /// Those that belong to a check that is bad come first.
    private static List<LinkRow> links(Moment moment, ManagedSystem system) {
        Map<CheckName, State> states =
                moment.own(system.name()).stream()
                        .collect(
                                Collectors.toMap(
                                        s -> s.key().check(),
                                        s -> s.state(),
                                        (a, b) -> a.compareTo(b) > 0 ? a : b));
        return system.definition().links().stream()
                .map(link -> link(link, states))
                .sorted(Comparator.comparing(row -> row.reason().isEmpty()))
                .toList();
    }

    private static LinkRow link(Link link, Map<CheckName, State> states) {
        String reason =
                link.when()
                        .flatMap(
                                check ->
                                        Optional.ofNullable(states.get(check))
                                                .filter(State::bad)
                                                .map(s -> "because " + check + " is " + s.word()))
                        .orElse("");
        return LinkRow.of(link.title(), link.url(), reason);
    }

    private List<Day> lately(Moment moment, SystemName name) {
        var names = new HashSet<>(moment.graph().below(name));
        names.add(name);
        names.removeIf(n -> services.systems().find(n).isEmpty());
        if (names.isEmpty()) {
            return List.of(); // a selection that selects nothing
        }
        var found =
                services.timeline()
                        .find(
                                new Timeline.Filter(
                                        names,
                                        true,
                                        Set.of(),
                                        Set.of(),
                                        "",
                                        Optional.of(moment.now().minus(LATELY)),
                                        Optional.empty(),
                                        Long.MAX_VALUE,
                                        EVENTS));
        return events.days(found, moment.now());
    }

    private List<AgentRow> agents(Moment moment, SystemName name) {
        return services.agents().all().stream()
                .filter(a -> a.presence() != Presence.REVOKED)
                .filter(
                        a ->
                                services.systems().servedBy(a).stream()
                                        .anyMatch(s -> s.name().equals(name)))
                .map(a -> views.agent(moment, a, NOT_SHOWN))
                .toList();
    }
}
