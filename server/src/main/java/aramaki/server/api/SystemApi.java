package aramaki.server.api;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.State;
import aramaki.model.system.Category;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selected;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.Answers.Status;
import aramaki.server.api.Answers.SystemDetail;
import aramaki.server.api.Answers.SystemItem;
import aramaki.server.grant.Grants;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Rollup;
import aramaki.server.observation.Statuses;
import aramaki.server.presence.Presence;
import aramaki.server.sight.Sight;
import aramaki.server.system.Systems;
import aramaki.server.timeline.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Systems over HTTP: reading, editing their documents, and their status with every layer.
public final class SystemApi {
    private final Systems systems;
    private final Widening widening;
    private final Statuses statuses;
    private final Notes notes;
    private final Presence presence;

    public SystemApi(
            Systems systems, Grants grants, Statuses statuses, Notes notes, Presence presence) {
        this.systems = systems;
        this.widening = new Widening(systems, grants);
        this.statuses = statuses;
        this.notes = notes;
        this.presence = presence;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/systems",
                        Need.SOMEONE,
                        "All systems.",
                        SystemItem.class,
                        this::list),
                Route.post(
                        "/api/v1/systems",
                        Need.onInstance(Verb.EDIT),
                        "Makes a system whose document this instance keeps.",
                        Answers.NewSystem.class,
                        SystemItem.class,
                        this::create),
                Route.get(
                        "/api/v1/systems/{system}",
                        Need.on(Verb.READ),
                        "One system with its document and checks.",
                        SystemDetail.class,
                        this::show),
                new Route(
                        Route.Method.PUT,
                        "/api/v1/systems/{system}",
                        Need.on(Verb.EDIT),
                        "Replaces a system's document.",
                        Answers.NewFiles.class,
                        SystemItem.class,
                        this::put),
                new Route(
                        Route.Method.DELETE,
                        "/api/v1/systems/{system}",
                        Need.on(Verb.EDIT),
                        "Removes a system; its log stays.",
                        null,
                        null,
                        this::delete),
                Route.post(
                        "/api/v1/systems/{system}/subsystems",
                        Need.on(Verb.EDIT),
                        "Aggregates a subsystem.",
                        Answers.NewLink.class,
                        SystemItem.class,
                        this::link),
                new Route(
                        Route.Method.DELETE,
                        "/api/v1/systems/{system}/subsystems/{subsystem}",
                        Need.on(Verb.EDIT),
                        "Aggregates a subsystem no more.",
                        null,
                        SystemItem.class,
                        this::unlink),
                Route.get(
                        "/api/v1/systems/{system}/status",
                        Need.on(Verb.READ),
                        "A system's state with every layer below.",
                        Status.class,
                        this::status),
                Route.post(
                        "/api/v1/systems/{system}/notes",
                        Need.on(Verb.NOTE),
                        "Writes a note into a system's timeline.",
                        Answers.NewNote.class,
                        Answers.EventItem.class,
                        this::note));
    }

    private void list(Exchange exchange) {
        var now = statuses.now();
        var sight = Sight.current();
        var graph = systems.graph().only(sight::sees);
        var items = new ArrayList<SystemItem>();
        systems.all().stream()
                .filter(s -> sight.sees(s.name()))
                .forEach(s -> items.add(item(s, now)));
        graph.selected()
                .forEach(
                        s ->
                                items.add(
                                        Answering.selected(
                                                s,
                                                Rollup.of(s.name(), graph, now),
                                                presence.now())));
        exchange.json(new Items<>(items, null));
    }

    private void create(Exchange exchange) {
        var body = exchange.body(Answers.NewSystem.class);
        var name = new SystemName(body.name());
        var subsystems =
                Optional.ofNullable(body.subsystems()).orElse(List.of()).stream()
                        .map(SystemRef::parse)
                        .toList();
        subsystems.forEach(ref -> widening.refuse(exchange, ref));
        systems.create(
                name,
                Optional.ofNullable(body.title()).orElse(body.name()),
                Optional.ofNullable(body.category()).map(Category::named).orElse(Category.SYSTEM),
                Optional.ofNullable(body.description()).orElse(""),
                Labels.of(Optional.ofNullable(body.labels()).orElse(Map.of())),
                subsystems,
                exchange.caller().by());
        answer(exchange, 201, name);
    }

    private void show(Exchange exchange) {
        var system = systems.require(name(exchange));
        var now = statuses.now();
        var item = item(system, now);
        var definition = system.definition();
        var byCheck =
                now.getOrDefault(system.name(), List.of()).stream()
                        .collect(Collectors.groupingBy(s -> s.key().check()));
        exchange.json(
                new SystemDetail(
                        item,
                        definition.description(),
                        definition.rules(),
                        definition.people(),
                        definition.links().stream()
                                .map(
                                        l ->
                                                new Answers.LinkItem(
                                                        l.title(),
                                                        l.url(),
                                                        l.when()
                                                                .map(CheckName::value)
                                                                .orElse(null)))
                                .toList(),
                        systems.graph().parents(system.name()).stream()
                                .filter(Sight.current()::sees)
                                .map(SystemName::value)
                                .toList(),
                        systems.files(system.name()).texts(),
                        definition.notUsedYet(),
                        definition.checks().stream()
                                .map(
                                        c ->
                                                Answering.check(
                                                        system,
                                                        c,
                                                        byCheck.getOrDefault(c.name(), List.of()),
                                                        statuses.time()))
                                .toList()));
    }

    private void put(Exchange exchange) {
        var name = name(exchange);
        var files = exchange.body(Answers.NewFiles.class).files();
        widening.refuse(exchange, name, systems.read(name, files));
        systems.put(name, files, exchange.caller().by());
        answer(exchange, 200, name);
    }

    private void delete(Exchange exchange) {
        systems.delete(name(exchange), exchange.caller().by());
        exchange.context().status(204);
    }

    private void link(Exchange exchange) {
        var name = name(exchange);
        var ref = SystemRef.parse(exchange.body(Answers.NewLink.class).subsystem());
        widening.refuse(exchange, ref);
        systems.link(name, ref, exchange.caller().by());
        answer(exchange, 200, name);
    }

    private void unlink(Exchange exchange) {
        var name = name(exchange);
        systems.unlink(name, SystemRef.parse(exchange.path("subsystem")), exchange.caller().by());
        answer(exchange, 200, name);
    }

    private void status(Exchange exchange) {
        var name = name(exchange);
        if (systems.find(name).isEmpty() && systems.selection(name).isEmpty()) {
            throw Refusal.notFound("system", name.value());
        }
        exchange.json(status(SystemRef.local(name), statuses.now()));
    }

    private Status status(SystemRef ref, Map<SystemName, List<CheckStatus>> now) {
        var found = ref.peer().isPresent() ? Optional.<Object>empty() : known(ref.name());
        if (found.isEmpty()) {
            return new Status(
                    ref.toString(),
                    ref.toString(),
                    "unknown",
                    State.PENDING.word(),
                    State.PENDING.word(),
                    Map.of(),
                    null,
                    true,
                    List.of(),
                    List.of(),
                    List.of());
        }
        var rollup = Rollup.of(ref.name(), systems.graph().only(Sight.current()::sees), now);
        var system = systems.find(ref.name());
        return new Status(
                ref.name().value(),
                system.map(s -> s.definition().title())
                        .or(() -> systems.selection(ref.name()).map(Selected::title))
                        .orElse(ref.name().value()),
                system.map(s -> s.definition().category().singular()).orElse("selection"),
                rollup.worst().word(),
                rollup.own().word(),
                Answering.counts(rollup.counts()),
                rollup.oldest().orElse(null),
                false,
                PresenceApi.openBy(presence.now().of(ref.name())),
                now.getOrDefault(ref.name(), List.of()).stream()
                        .map(Answering::statusCheck)
                        .toList(),
                below(ref.name()).stream().map(r -> status(r, now)).toList());
    }

    private Optional<Object> known(SystemName name) {
        var sight = Sight.current();
        return systems.find(name)
                .filter(s -> sight.sees(s.name()))
                .<Object>map(s -> s)
                .or(() -> systems.graph().only(sight::sees).selected(name));
    }

    /// What is directly below: named subsystems, also those we do not know, then selections.
    private List<SystemRef> below(SystemName name) {
        var refs = new ArrayList<SystemRef>();
        systems.find(name).ifPresent(s -> refs.addAll(s.definition().subsystems()));
        systems.graph().only(Sight.current()::sees).children(name).stream()
                .map(SystemRef::local)
                .filter(r -> !refs.contains(r))
                .forEach(refs::add);
        return refs;
    }

    private void note(Exchange exchange) {
        var body = exchange.body(Answers.NewNote.class);
        var system = systems.require(name(exchange));
        var event =
                notes.add(
                        system,
                        new Notes.Note(
                                body.text(),
                                Optional.ofNullable(body.at()),
                                Optional.ofNullable(body.about()),
                                Optional.ofNullable(body.links()).orElse(List.of())),
                        exchange.caller().by());
        exchange.json(201, Answering.event(event, system.name().value()));
    }

    private void answer(Exchange exchange, int status, SystemName name) {
        exchange.json(status, item(systems.require(name), statuses.now()));
    }

    private SystemItem item(ManagedSystem system, Map<SystemName, List<CheckStatus>> now) {
        var rollup = Rollup.of(system.name(), systems.graph().only(Sight.current()::sees), now);
        return Answering.system(system, rollup, presence.now());
    }

    private static SystemName name(Exchange exchange) {
        return new SystemName(exchange.path("system"));
    }
}
