package aramaki.server;

import aramaki.model.Labels;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.EntityName;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.log.Payload;
import aramaki.server.access.Access;
import aramaki.server.agent.AgentLandscape;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentStore;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.agent.HostEvents;
import aramaki.server.agent.Pauses;
import aramaki.server.agent.Silence;
import aramaki.server.alert.Acts;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.Reminders;
import aramaki.server.alert.Silences;
import aramaki.server.grant.GrantGate;
import aramaki.server.observation.Board;
import aramaki.server.observation.CatchingUp;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Intake;
import aramaki.server.observation.MetricStore;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.PastStore;
import aramaki.server.observation.Staleness;
import aramaki.server.observation.Statuses;
import aramaki.server.projection.Projections;
import aramaki.server.projection.Rebuild;
import aramaki.server.proposal.Proposals;
import aramaki.server.sql.SqlGrantStore;
import aramaki.server.sql.SqliteBackend;
import aramaki.server.store.Backend;
import aramaki.server.store.Look;
import aramaki.server.store.Store;
import aramaki.server.system.ProbeKinds;
import aramaki.server.system.Systems;
import aramaki.server.system.files.ReadingContext;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventFeed;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Timeline;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The core of a server without its edges, over a real store in a folder, with a clock that the
/// test moves and tasks that run when the test says so. Opened again on the same folder it is the
/// same server after a crash.
public final class Rig implements AutoCloseable {
    public static final String INSTANCE = "i_" + "a".repeat(52);
    public static final Duration SILENT_AFTER = Duration.ofSeconds(15);

    public final TestClock clock;
    public final Backend backend;
    public final Store store;
    public final By instance = By.instance(INSTANCE);
    public final EventStore events;
    public final ObservationStore observations;
    public final PastStore past;
    public final MetricStore metrics;
    public final AlertStore alerts;
    public final AgentStore agentStore;
    public final EventFeed feed = new EventFeed();
    public final EventLog log;
    public final Agents agents;
    public final Systems systems;
    public final Access access;
    public final Board board = new Board();
    public final Silence silence;
    public final Staleness staleness;
    public final Pauses pauses;
    public final HostEvents hostEvents;
    public final Intake intake;
    public final Assignments assignments;
    public final Statuses statuses;
    public final Proposals proposals;
    public final AlertConsumer alerting;
    public final Acts acts;
    public final Silences silences;
    public final Reminders reminders;
    public final AgentLandscape landscape;
    public final Timeline timeline;
    public final Projections projections;
    public final Rebuild rebuild;
    private final Map<String, Long> nextSeq = new ConcurrentHashMap<>();

    public Rig(Path folder, TestClock clock) {
        this(new SqliteBackend(folder), clock);
    }

    public Rig(Backend backend, TestClock clock) {
        this.clock = clock;
        this.backend = backend;
        store = backend.open();
        events = backend.events();
        observations = backend.observations();
        past = backend.past();
        metrics = backend.metrics();
        alerts = backend.alerts();
        agentStore = backend.agents();
        log = new EventLog(events, feed, new GrantGate(new SqlGrantStore()), clock);
        agents =
                new Agents(
                        store, agentStore, log, () -> systems().instance().id(), INSTANCE, clock);
        systems =
                new Systems(
                        store,
                        backend.systems(),
                        log,
                        INSTANCE,
                        () -> new ReadingContext(new ProbeKinds(), Set.of()),
                        clock);
        access =
                new Access(
                        store,
                        backend.access(),
                        log,
                        () -> systems().instance().id(),
                        instance,
                        clock);
        silence = new Silence(store, agents, agentStore, systems, log, instance, SILENT_AFTER);
        var catchingUp = new CatchingUp();
        staleness =
                new Staleness(
                        store,
                        observations,
                        past,
                        board,
                        systems,
                        agents,
                        silence,
                        catchingUp,
                        log,
                        instance,
                        clock);
        pauses = new Pauses(store, agents, agentStore, systems, log, instance, clock);
        hostEvents = new HostEvents(store, agentStore, systems, log, clock);
        intake = new Intake(store, observations, past, systems, log, board, catchingUp, clock);
        assignments = new Assignments(systems);
        proposals =
                new Proposals(
                        store,
                        backend.proposals(),
                        systems,
                        agents,
                        assignments,
                        () -> new ReadingContext(new ProbeKinds(), Set.of(Assignments.HOST)),
                        clock);
        statuses = new Statuses(board, systems, agents, assignments, clock);
        alerting =
                new AlertConsumer(
                        store,
                        events,
                        alerts,
                        observations,
                        log,
                        systems,
                        agentStore,
                        instance,
                        clock);
        acts = new Acts(store, events, alerts, log, systems, statuses, agents, clock);
        silences =
                new Silences(
                        store,
                        alerts,
                        backend.silences(),
                        log,
                        systems,
                        agents,
                        () ->
                                statuses().now().values().stream()
                                        .flatMap(List::stream)
                                        .map(s -> new AlertKey(s.key()))
                                        .collect(Collectors.toSet()),
                        instance,
                        clock);
        reminders = new Reminders(store, alerts, log, systems, instance);
        projections = new Projections(events, alerts, backend.tables());
        rebuild =
                new Rebuild(
                        store,
                        events,
                        projections,
                        backend.snapshots(),
                        () -> {
                            agents.start();
                            systems().start();
                        });
        landscape = new AgentLandscape(systems, agents);
        timeline = new Timeline(store, events, landscape);
        log.start(store);
        agents.start();
        systems.start();
        intake.start();
        silences.start();
        board.start(store, observations);
        systems.listen(staleness);
        systems.listen(proposals);
    }

    private Statuses statuses() {
        return statuses;
    }

    private Systems systems() {
        return systems;
    }

    /// From now on silence is the agents'.
    public Rig ready() {
        silence.ready(clock.instant());
        staleness.ready(clock.instant());
        return this;
    }

    @Override
    public void close() {
        store.close();
    }

    /// A system whose checks run every 10 s (ttl 30 s) on all its agents.
    public ManagedSystem system(String name, String... checks) {
        return document(name, "title: " + name + "\n", checks);
    }

    public ManagedSystem document(String name, String yaml, String... checks) {
        var files = new TreeMap<String, String>();
        files.put("system.yaml", yaml);
        for (String check : checks) {
            files.put(
                    "checks/" + check + ".yaml",
                    "name: " + check + "\ncommand: [check_" + check + "]\nevery: 10s\n");
        }
        return systems.put(new SystemName(name), files, instance);
    }

    /// Writes a check's file by hand.
    public ManagedSystem check(String system, String check, String yaml) {
        var files = new TreeMap<>(systems.files(new SystemName(system)).texts());
        files.put("checks/" + check + ".yaml", "name: " + check + "\n" + yaml);
        return systems.put(new SystemName(system), files, instance);
    }

    public void uncheck(String system, String check) {
        var files = new TreeMap<>(systems.files(new SystemName(system)).texts());
        files.remove("checks/" + check + ".yaml");
        systems.put(new SystemName(system), files, instance);
    }

    /// An agent that has joined, is connected and said `ready` with the spool epoch `e1`.
    public AgentRecord agent(String name, String... served) {
        var agent = joined(name, served);
        ready(agent, "e1", 1, 1);
        return now(agent);
    }

    /// An agent that did no more than join.
    public AgentRecord joined(String name, String... served) {
        var issued =
                agents.invite(
                        URI.create("http://localhost:1"),
                        List.of(served),
                        Labels.NONE,
                        1,
                        Duration.ofHours(1),
                        instance);
        byte[] seed = ByteBuffer.allocate(32).putInt(name.hashCode()).array();
        var agent =
                agents.join(
                        issued.invite().id(),
                        SecretKey.ofSeed(seed).publicKey(),
                        new EntityName(name));
        silence.connected(agent, clock.instant());
        return now(agent);
    }

    public long ready(AgentRecord agent, String epoch, long first, long next) {
        var said = readySaying(epoch, first, next);
        long durable = intake.ready(now(agent), said);
        agents.describe(agent.id(), said, Duration.ZERO);
        return durable;
    }

    public static AgentMessage.Ready readySaying(String epoch, long first, long next) {
        return new AgentMessage.Ready(epoch, first, next, "0.1.0", "checks: any", Map.of(), null);
    }

    /// Its spool outlived the server: the next result follows the last that is durable.
    public void goOn(AgentRecord agent) {
        long durable =
                Look.maybe(store, tx -> observations.position(tx, agent.id(), "e1")).orElse(0L);
        nextSeq.put(agent.id(), durable);
    }

    /// The agent as it is known now.
    public AgentRecord now(AgentRecord agent) {
        return agents.byId(agent.id()).orElseThrow();
    }

    /// The next result of the agent's spool `e1`, made now.
    public Result result(AgentRecord agent, String system, String check, String state) {
        return result(agent, system, check, state, clock.instant());
    }

    public Result result(
            AgentRecord agent, String system, String check, String state, Instant finished) {
        long seq = nextSeq.merge(agent.id(), 1L, Long::sum);
        return new Result(
                seq,
                system,
                agent.name().value(),
                check,
                state,
                check + " is " + state,
                List.of(),
                finished,
                finished,
                finished,
                finished);
    }

    public long send(AgentRecord agent, Result... results) {
        silence.heard(agent.id(), clock.instant());
        return intake.accept(
                now(agent),
                new AgentMessage.Results("e1", clock.instant(), new ArrayList<>(List.of(results))));
    }

    /// A check of this agent has just reached this state.
    public long report(AgentRecord agent, String system, String check, String state) {
        return send(agent, result(agent, system, check, state));
    }

    /// Time goes by, second by second, with every task running and these agents heartbeating.
    public void pass(Duration time, AgentRecord... alive) {
        for (long i = 0; i < time.toSeconds(); i++) {
            var now = clock.seconds(1);
            for (var agent : alive) {
                silence.heard(agent.id(), now);
            }
            silence.run(now);
            pauses.run(now);
            staleness.run(now);
            alerting.run(now);
            reminders.run(now);
            silences.run(now);
        }
    }

    public List<StoredEvent> all() {
        return Look.list(store, tx -> events.after(tx, 0, 100_000));
    }

    /// What happened, of this kind, in order; all systems.
    public <P extends Payload> List<P> happened(Class<P> type) {
        return all().stream()
                .flatMap(e -> e.data().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /// The same in one system.
    public <P extends Payload> List<P> happened(String system, Class<P> type) {
        SystemId id = systems.require(new SystemName(system)).id();
        return all().stream()
                .filter(e -> e.header().log().system().equals(id))
                .flatMap(e -> e.data().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public Optional<CheckStatus> status(String key) {
        var parts = key.split("/");
        var wanted = CheckKey.of(parts[0], parts[1], parts[2]);
        return statuses.now().getOrDefault(wanted.system(), List.of()).stream()
                .filter(s -> s.key().equals(wanted))
                .findFirst();
    }

    /// The state word of a check now; `none` when nothing is known of it.
    public String state(String key) {
        return status(key).map(s -> s.state().word()).orElse("none");
    }

    public Optional<Alert> alert(String key) {
        alerting.run(clock.instant());
        return Look.maybe(store, tx -> alerts.alert(tx, AlertKey.parse(key)));
    }

    public List<Alert> firing() {
        alerting.run(clock.instant());
        return Look.list(
                store, tx -> alerts.alerts(tx, AlertStore.Which.FIRING, Optional.empty(), 10_000));
    }

    public List<String> firingKeys() {
        return firing().stream().map(a -> a.key().toString()).sorted().toList();
    }
}
