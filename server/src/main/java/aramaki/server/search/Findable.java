package aramaki.server.search;

import aramaki.model.alert.Alert;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemName;
import aramaki.server.access.Access;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Agents;
import aramaki.server.alert.AlertStore;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Rollup;
import aramaki.server.observation.Statuses;
import aramaki.server.search.Hit.Kind;
import aramaki.server.seen.News;
import aramaki.server.seen.NewsItem;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Everything on this server that can be found.
public final class Findable {
    /// So many firing alerts can be found, the newest; and so many notes.
    private static final int ALERTS = 10_000;

    private static final List<Hit> PAGES =
            List.of(
                    page("Home", "what needs somebody, and what happened since you looked", "/"),
                    page("Systems", "every layer as a tree", "/systems"),
                    page("Alerts", "firing and resolved problems", "/alerts"),
                    page("Timeline", "what happened, in order", "/timeline"),
                    page("Agents", "what runs on hosts, and what they may do", "/agents"),
                    page("People", "who is here, and how they sign in", "/people"),
                    page("Grants", "who may do what, until when, and why", "/grants"),
                    page("Silences", "what bothers nobody for a while", "/silences"),
                    page("Account", "how you sign in, your sessions and tokens", "/account"));

    private final Store store;
    private final Systems systems;
    private final Statuses statuses;
    private final Agents agents;
    private final AlertStore alerts;
    private final Access access;
    private final News news;
    private final List<Command> commands;

    public Findable(
            Store store,
            Systems systems,
            Statuses statuses,
            Agents agents,
            AlertStore alerts,
            Access access,
            News news,
            List<Command> commands) {
        this.store = store;
        this.systems = systems;
        this.statuses = statuses;
        this.agents = agents;
        this.alerts = alerts;
        this.access = access;
        this.news = news;
        this.commands = List.copyOf(commands);
    }

    List<Entry> entries() {
        var now = statuses.now();
        var declared = declared();
        var entries = new ArrayList<Entry>();
        addAlerts(entries, declared);
        addSystems(entries, now);
        addChecks(entries, now, declared);
        addEntities(entries, now);
        for (var person : access.people()) {
            entries.add(
                    new Entry(
                            hit(
                                    Kind.PERSON,
                                    person.name(),
                                    person.role(),
                                    "/timeline?q=" + parameter("by:" + person.name()),
                                    Optional.empty()),
                            "",
                            sight -> sight.sees(Systems.INSTANCE)));
        }
        PAGES.forEach(page -> entries.add(new Entry(page)));
        commands.forEach(command -> entries.add(entry(command)));
        news.now().items().stream()
                .filter(item -> item.kind() == NewsItem.Kind.NOTE)
                .forEach(item -> entries.add(note(item)));
        return entries;
    }

    private void addAlerts(List<Entry> entries, Set<String> declared) {
        var firing =
                store.read(
                        tx -> alerts.alerts(tx, AlertStore.Which.FIRING, Optional.empty(), ALERTS));
        for (Alert alert : firing) {
            var about = alert.key().about();
            entries.add(
                    new Entry(
                            hit(
                                    Kind.ALERT,
                                    title(about),
                                    about.system().value(),
                                    checkPath(about, declared),
                                    Optional.of(alert.severity())),
                            "firing " + alert.severity().word(),
                            sight -> sight.sees(about.system())));
        }
    }

    private void addSystems(List<Entry> entries, Map<SystemName, List<CheckStatus>> now) {
        var graph = systems.graph();
        for (ManagedSystem system : systems.all()) {
            var definition = system.definition();
            entries.add(
                    new Entry(
                            hit(
                                    Kind.SYSTEM,
                                    system.name().value(),
                                    definition.title().equals(system.name().value())
                                            ? definition.category().singular()
                                            : definition.title(),
                                    "/s/" + system.name(),
                                    Optional.of(Rollup.of(system.name(), graph, now).worst())),
                            definition.category().singular()
                                    + " "
                                    + definition.labels().values().entrySet().stream()
                                            .map(e -> e.getKey() + "=" + e.getValue())
                                            .collect(Collectors.joining(" ")),
                            sight -> sight.sees(system.name())));
        }
        for (var selected : graph.selected()) {
            entries.add(
                    new Entry(
                            hit(
                                    Kind.SYSTEM,
                                    selected.name().value(),
                                    selected.title(),
                                    "/s/" + selected.name(),
                                    Optional.of(Rollup.of(selected.name(), graph, now).worst())),
                            "selection",
                            sight -> selected.members().stream().anyMatch(sight::sees)));
        }
    }

    private static void addChecks(
            List<Entry> entries, Map<SystemName, List<CheckStatus>> now, Set<String> declared) {
        for (var ofSystem : now.values()) {
            for (var status : ofSystem) {
                entries.add(
                        new Entry(
                                hit(
                                        Kind.CHECK,
                                        title(status.key()),
                                        status.key().system().value(),
                                        checkPath(status.key(), declared),
                                        Optional.of(status.state())),
                                "",
                                sight -> sight.sees(status.key().system())));
            }
        }
    }

    private void addEntities(List<Entry> entries, Map<SystemName, List<CheckStatus>> now) {
        var worst = new TreeMap<String, State>();
        now.values()
                .forEach(
                        ofSystem ->
                                ofSystem.forEach(
                                        s ->
                                                worst.merge(
                                                        s.key().entity().value(),
                                                        s.state(),
                                                        (a, b) -> State.worst(List.of(a, b)))));
        Set<String> ofAgents =
                agents.all().stream()
                        .filter(a -> a.presence() != AgentRecord.Presence.REVOKED)
                        .map(a -> a.name().value())
                        .collect(Collectors.toSet());
        ofAgents.forEach(name -> worst.putIfAbsent(name, State.PENDING));
        var where = where(now);
        worst.forEach(
                (name, state) ->
                        entries.add(
                                new Entry(
                                        hit(
                                                Kind.ENTITY,
                                                name,
                                                ofAgents.contains(name) ? "host with an agent" : "",
                                                ofAgents.contains(name)
                                                        ? "/agents#a-" + name
                                                        : "/alerts?q="
                                                                + parameter("entity:" + name),
                                                Optional.of(state)),
                                        "agent",
                                        sight ->
                                                where.getOrDefault(name, Set.of()).stream()
                                                        .anyMatch(sight::sees))));
    }

    /// The systems that each entity is observed for, or whose agent it is.
    private Map<String, Set<SystemName>> where(Map<SystemName, List<CheckStatus>> now) {
        var where = new HashMap<String, Set<SystemName>>();
        now.forEach(
                (system, statuses) ->
                        statuses.forEach(
                                s ->
                                        where.computeIfAbsent(
                                                        s.key().entity().value(),
                                                        _ -> new HashSet<>())
                                                .add(system)));
        for (var agent : agents.all()) {
            var served = where.computeIfAbsent(agent.name().value(), _ -> new HashSet<>());
            systems.servedBy(agent).forEach(s -> served.add(s.name()));
        }
        return where;
    }

    private Entry note(NewsItem item) {
        return new Entry(
                hit(
                        Kind.NOTE,
                        item.text(),
                        systems.nameOf(item.system()).map(SystemName::value).orElse(""),
                        "/events/" + item.event().hex(),
                        Optional.empty()),
                "",
                sight -> sight.sees(item.system()));
    }

    private static Entry entry(Command command) {
        String title =
                command.arguments().isEmpty()
                        ? command.line()
                        : command.line() + " " + command.arguments();
        return new Entry(
                new Hit(Kind.COMMAND, title, command.does(), "", command.line(), Optional.empty()));
    }

    private static Hit page(String title, String place, String path) {
        return hit(Kind.PAGE, title, place, path, Optional.empty());
    }

    private static Hit hit(
            Kind kind, String title, String place, String path, Optional<State> state) {
        return new Hit(kind, title, place, path, "", state);
    }

    private static String title(CheckKey key) {
        return key.check() + " on " + key.entity();
    }

    /// The checks that have a page, as `SYSTEM/CHECK`.
    private Set<String> declared() {
        return systems.all().stream()
                .flatMap(
                        s ->
                                s.definition().checks().stream()
                                        .map(check -> s.name() + "/" + check.name()))
                .collect(Collectors.toSet());
    }

    private static String checkPath(CheckKey key, Set<String> declared) {
        return declared.contains(key.system() + "/" + key.check())
                ? "/s/" + key.system() + "/checks/" + key.check() + "#e-" + key.entity()
                : "/alerts?q=" + parameter("system:" + key.system() + " entity:" + key.entity());
    }

    private static String parameter(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
