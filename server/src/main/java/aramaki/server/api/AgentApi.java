package aramaki.server.api;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.protocol.agent.Pause;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentPause;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.agent.Pauses;
import aramaki.server.agent.Silence;
import aramaki.server.api.Answers.AgentDetail;
import aramaki.server.api.Answers.AgentItem;
import aramaki.server.api.Answers.InviteItem;
import aramaki.server.api.Answers.Items;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.ObservationStore;
import aramaki.server.sight.Sight;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.system.files.Durations;
import aramaki.server.ws.AgentHub;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Agents over HTTP: who they are, inviting and shutting out.
public final class AgentApi {
    private static final int REFUSALS = 50;
    private final Store store;
    private final Agents agents;
    private final Systems systems;
    private final Assignments assignments;
    private final Silence silence;
    private final ObservationStore observations;
    private final AgentHub hub;
    private final Pauses pauses;
    private final Supplier<URI> url;
    private final InstantSource clock;

    public AgentApi(
            Store store,
            Agents agents,
            Systems systems,
            Assignments assignments,
            Silence silence,
            ObservationStore observations,
            AgentHub hub,
            Pauses pauses,
            Supplier<URI> url,
            InstantSource clock) {
        this.store = store;
        this.agents = agents;
        this.systems = systems;
        this.assignments = assignments;
        this.silence = silence;
        this.observations = observations;
        this.hub = hub;
        this.pauses = pauses;
        this.url = url;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/agents", Need.SOMEONE, "All agents.", AgentItem.class, this::list),
                Route.get(
                        "/api/v1/agents/{agent}",
                        Need.on(Verb.READ, "agent"),
                        "One agent with its checks and refused results.",
                        AgentDetail.class,
                        this::show),
                Route.post(
                        "/api/v1/invites",
                        Need.onNamed(Verb.AGENT),
                        "Invites agents to systems.",
                        Answers.NewInvite.class,
                        InviteItem.class,
                        this::invite),
                Route.post(
                        "/api/v1/agents/{agent}/pause",
                        Need.on(Verb.AGENT, "agent"),
                        "Has an agent run no checks for a while, without an alarm about that.",
                        Answers.NewPause.class,
                        AgentItem.class,
                        this::pause),
                Route.post(
                        "/api/v1/agents/{agent}/resume",
                        Need.on(Verb.AGENT, "agent"),
                        "Ends the pause of an agent.",
                        Answers.Reason.class,
                        AgentItem.class,
                        this::resume),
                Route.post(
                        "/api/v1/agents/{agent}/revoke",
                        Need.on(Verb.AGENT, "agent"),
                        "Shuts an agent out.",
                        Answers.Reason.class,
                        AgentItem.class,
                        this::revoke));
    }

    private void list(Exchange exchange) {
        var sight = Sight.current();
        exchange.json(
                new Items<>(
                        agents.all().stream()
                                .filter(
                                        a ->
                                                sight.everything()
                                                        || systems.servedBy(a).stream()
                                                                .anyMatch(
                                                                        s -> sight.sees(s.name())))
                                .map(this::item)
                                .toList(),
                        null));
    }

    private void show(Exchange exchange) {
        var agent = require(exchange);
        boolean whole =
                systems.servedBy(agent).stream().allMatch(s -> Sight.current().sees(s.name()));
        // What was refused says what it was about; it may be of any of the systems.
        var refusals =
                whole
                        ? store.read(tx -> observations.refusals(tx, agent.id(), REFUSALS))
                        : List.<ObservationStore.Refused>of();
        exchange.json(
                new AgentDetail(
                        item(agent),
                        assignments.of(agent).stream()
                                .filter(a -> Sight.current().sees(new SystemName(a.system())))
                                .map(a -> new Answers.AgentCheck(a.system(), a.check(), a.entity()))
                                .toList(),
                        refusals.stream()
                                .map(
                                        r ->
                                                new Answers.RefusedResult(
                                                        r.at(), r.seq(), r.reason(), r.result()))
                                .toList()));
    }

    private void invite(Exchange exchange) {
        var body = exchange.body(Answers.NewInvite.class);
        var validity =
                Optional.ofNullable(body.expiresIn())
                        .map(AgentApi::duration)
                        .orElse(Duration.ofHours(1));
        var served = Optional.ofNullable(body.systems()).orElse(List.of());
        var caller = mayInvite(exchange, served);
        var issued =
                agents.invite(
                        url.get(),
                        served,
                        Labels.of(Optional.ofNullable(body.labels()).orElse(Map.of())),
                        Optional.ofNullable(body.uses()).orElse(1),
                        validity,
                        caller.by());
        exchange.json(
                201,
                new InviteItem(
                        issued.invite().toString(),
                        issued.invite().id(),
                        issued.expiresAt(),
                        issued.uses()));
    }

    /// All systems of the folder, or none in particular, is a matter of the instance.
    private static Caller mayInvite(Exchange exchange, List<String> served) {
        if (served.isEmpty() || served.contains(AgentRecord.ALL_OF_FOLDER)) {
            return exchange.require(Verb.AGENT, Systems.INSTANCE);
        }
        var callers =
                served.stream()
                        .map(name -> exchange.require(Verb.AGENT, new SystemName(name)))
                        .toList();
        return callers.getFirst();
    }

    private static Duration duration(String text) {
        return Durations.parse(text)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-expiry",
                                        "expiresIn \"" + text + "\": write a duration like 1h"));
    }

    private void revoke(Exchange exchange) {
        var agent = require(exchange);
        String reason =
                Optional.ofNullable(exchange.body(Answers.Reason.class).reason()).orElse("");
        var revoked = agents.revoke(agent.name(), reason, exchange.caller().by());
        hub.shutOut(revoked);
        exchange.json(item(revoked));
    }

    private void pause(Exchange exchange) {
        var body = exchange.body(Answers.NewPause.class);
        var length =
                Durations.parse(body.length())
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "bad-pause",
                                                "length \""
                                                        + body.length()
                                                        + "\": write a duration like 30m"));
        var caller = exchange.caller();
        var paused =
                pauses.pause(
                        require(exchange).name(),
                        length,
                        Optional.ofNullable(body.reason()).orElse(""),
                        caller.name(),
                        caller.by());
        hub.sendPause(paused);
        exchange.json(item(paused));
    }

    private void resume(Exchange exchange) {
        exchange.body(Answers.Reason.class);
        var caller = exchange.caller();
        var agent = pauses.resume(require(exchange).name(), caller.name(), caller.by());
        hub.sendPause(agent);
        exchange.json(item(agent));
    }

    private AgentRecord require(Exchange exchange) {
        var name = new EntityName(exchange.path("agent"));
        return agents.byName(name).orElseThrow(() -> Refusal.notFound("agent", name.value()));
    }

    private AgentItem item(AgentRecord agent) {
        long position =
                store.read(tx -> observations.position(tx, agent.id(), agent.epoch())).orElse(0L);
        long refused = store.read(tx -> observations.countRefusals(tx, agent.id()));
        var pause = agent.pause().map(AgentPause::pause).filter(_ -> agent.paused(clock.instant()));
        return new AgentItem(
                agent.id(),
                agent.name().value(),
                agent.presence().word(),
                agent.home().value(),
                systems.servedBy(agent).stream()
                        .filter(s -> Sight.current().sees(s.name()))
                        .map(s -> s.name().value())
                        .toList(),
                agent.labels().values(),
                agent.version(),
                agent.policy(),
                agent.facts(),
                agent.joinedAt(),
                silence.lastHeard(agent),
                agent.planned(clock.instant()).orElse(null),
                pause.map(Pause::until).orElse(null),
                pause.map(Pause::by).orElse(null),
                pause.map(Pause::reason).orElse(null),
                agent.epoch(),
                position,
                refused);
    }
}
