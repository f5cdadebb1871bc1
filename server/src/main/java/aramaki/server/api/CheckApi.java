package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import aramaki.model.system.SystemName;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Agents;
import aramaki.server.api.Answers.CheckItem;
import aramaki.server.api.Answers.EntityItem;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.Answers.ObservationDetail;
import aramaki.server.api.Answers.ObservationItem;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Statuses;
import aramaki.server.sight.Sight;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks, entities and observations over HTTP.
public final class CheckApi {
    private final Store store;
    private final Systems systems;
    private final Agents agents;
    private final Statuses statuses;
    private final ObservationStore observations;

    public CheckApi(
            Store store,
            Systems systems,
            Agents agents,
            Statuses statuses,
            ObservationStore observations) {
        this.store = store;
        this.systems = systems;
        this.agents = agents;
        this.statuses = statuses;
        this.observations = observations;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/checks",
                        Need.SOMEONE,
                        "Checks and how they stand.",
                        CheckItem.class,
                        this::checks),
                Route.get(
                        "/api/v1/systems/{system}/checks/{check}",
                        Need.on(Verb.READ),
                        "One check.",
                        CheckItem.class,
                        this::check),
                Route.list(
                        "/api/v1/systems/{system}/checks/{check}/history",
                        Need.on(Verb.READ),
                        "What a check saw, newest first.",
                        ObservationItem.class,
                        this::history),
                Route.list(
                        "/api/v1/entities",
                        Need.SOMEONE,
                        "What is observed.",
                        EntityItem.class,
                        this::entities),
                Route.get(
                        "/api/v1/entities/{entity}",
                        Need.on(Verb.READ, "entity"),
                        "One entity.",
                        EntityItem.class,
                        this::entity),
                Route.list(
                        "/api/v1/observations",
                        Need.SOMEONE,
                        "The latest observation per entity and check.",
                        ObservationItem.class,
                        this::latest),
                Route.get(
                        "/api/v1/observations/{observation}",
                        Need.on(Verb.READ, "observation"),
                        "One observation with the time of every hop.",
                        ObservationDetail.class,
                        this::observation));
    }

    private void checks(Exchange exchange) {
        var now = statuses.now();
        var only = exchange.query("system").map(SystemName::new);
        var sight = Sight.current();
        only.ifPresent(systems::require);
        only.filter(name -> !sight.sees(name))
                .ifPresent(
                        name -> {
                            throw Refusal.notFound("system", name.value());
                        });
        var items = new ArrayList<CheckItem>();
        for (var system : systems.all()) {
            if (sight.sees(system.name()) && (only.isEmpty() || only.get().equals(system.name()))) {
                var byCheck =
                        now.getOrDefault(system.name(), List.of()).stream()
                                .collect(Collectors.groupingBy(s -> s.key().check()));
                system.definition()
                        .checks()
                        .forEach(
                                c ->
                                        items.add(
                                                Answering.check(
                                                        system,
                                                        c,
                                                        byCheck.getOrDefault(c.name(), List.of()),
                                                        statuses.time())));
            }
        }
        exchange.json(new Items<>(items, null));
    }

    private void check(Exchange exchange) {
        var system = systems.require(new SystemName(exchange.path("system")));
        var name = new CheckName(exchange.path("check"));
        var check =
                system.definition()
                        .check(name)
                        .orElseThrow(
                                () ->
                                        Refusal.notFound(
                                                "check in system " + system.name(), name.value()));
        var statusesOfCheck =
                statuses.now().getOrDefault(system.name(), List.of()).stream()
                        .filter(s -> s.key().check().equals(name))
                        .toList();
        exchange.json(Answering.check(system, check, statusesOfCheck, statuses.time()));
    }

    private void history(Exchange exchange) {
        var system = systems.require(new SystemName(exchange.path("system")));
        var check = new CheckName(exchange.path("check"));
        var entity = exchange.query("entity").map(EntityName::new);
        int limit = exchange.limit();
        var found =
                store.read(
                        tx ->
                                observations.history(
                                        tx,
                                        system.name(),
                                        check,
                                        entity,
                                        exchange.before(),
                                        limit));
        String next = found.size() < limit ? null : Long.toString(found.getLast().number());
        exchange.json(new Items<>(found.stream().map(Answering::recorded).toList(), next));
    }

    private void latest(Exchange exchange) {
        var system = exchange.query("system");
        var entity = exchange.query("entity");
        var check = exchange.query("check");
        var items = new ArrayList<ObservationItem>();
        for (var list : statuses.now().values()) {
            for (var status : list) {
                var key = status.key();
                boolean wanted =
                        system.map(s -> s.equals(key.system().value())).orElse(true)
                                && entity.map(e -> e.equals(key.entity().value())).orElse(true)
                                && check.map(c -> c.equals(key.check().value())).orElse(true);
                if (wanted) {
                    status.latest().ifPresent(l -> items.add(Answering.latest(status, l)));
                }
            }
        }
        items.sort((a, b) -> b.at().compareTo(a.at()));
        exchange.json(
                new Items<>(items.subList(0, Math.min(items.size(), exchange.limit())), null));
    }

    private void observation(Exchange exchange) {
        String id = exchange.path("observation");
        long number = ObservationId.number(id);
        var recorded =
                store.read(tx -> observations.find(tx, number))
                        .orElseThrow(() -> Refusal.notFound("observation", id));
        var hops = store.read(tx -> observations.hops(tx, number));
        var seen = recorded.observation();
        exchange.json(
                new ObservationDetail(
                        id,
                        seen.key().system().value(),
                        seen.key().entity().value(),
                        seen.key().check().value(),
                        seen.state().word(),
                        seen.output(),
                        seen.metrics().stream().map(Answering::metric).toList(),
                        seen.finished(),
                        recorded.committed(),
                        agents.byId(recorded.agent())
                                .map(a -> a.name().value())
                                .orElse(recorded.agent()),
                        recorded.epoch(),
                        recorded.seq(),
                        new Answers.HopTimes(
                                seen.due(),
                                seen.started(),
                                seen.finished(),
                                recorded.spooled(),
                                recorded.sent(),
                                recorded.committed(),
                                hops.map(ObservationStore.Hops::eventAt).orElse(null),
                                hops.flatMap(ObservationStore.Hops::alertAt).orElse(null),
                                hops.flatMap(ObservationStore.Hops::pageAt).orElse(null))));
    }

    private void entities(Exchange exchange) {
        var now = all();
        exchange.json(
                new Items<>(
                        agents.all().stream()
                                .filter(a -> a.presence() != AgentRecord.Presence.REVOKED)
                                .filter(this::seen)
                                .map(a -> entity(a, now))
                                .toList(),
                        null));
    }

    private void entity(Exchange exchange) {
        var name = new EntityName(exchange.path("entity"));
        var agent = agents.byName(name).orElseThrow(() -> Refusal.notFound("entity", name.value()));
        exchange.json(entity(agent, all()));
    }

    private boolean seen(AgentRecord agent) {
        return !served(agent).isEmpty();
    }

    /// The systems that it serves and that may be seen.
    private List<String> served(AgentRecord agent) {
        var sight = Sight.current();
        return systems.servedBy(agent).stream()
                .filter(s -> sight.sees(s.name()))
                .map(s -> s.name().value())
                .toList();
    }

    private List<CheckStatus> all() {
        return statuses.now().values().stream().flatMap(List::stream).toList();
    }

    private EntityItem entity(AgentRecord agent, List<CheckStatus> all) {
        var own = all.stream().filter(s -> s.key().entity().equals(agent.name())).toList();
        var states = own.stream().map(CheckStatus::state).toList();
        return new EntityItem(
                agent.name().value(),
                agent.labels().values(),
                agent.name().value(),
                served(agent),
                State.worst(states).word(),
                Answering.counts(StateCounts.of(states)),
                newest(own).orElse(null));
    }

    private static Optional<Instant> newest(List<CheckStatus> statuses) {
        return statuses.stream().flatMap(s -> s.seenAt().stream()).max(Instant::compareTo);
    }
}
