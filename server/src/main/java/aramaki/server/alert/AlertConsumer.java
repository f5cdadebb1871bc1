package aramaki.server.alert;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Alerting;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.protocol.Base32;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentStore;
import aramaki.server.agent.Silence;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Staleness;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the log from where it left off and keeps the alerts: fires, changes and resolves them,
/// each with its own event, in one unit of work with its cursor. So a kill between any two steps
/// loses nothing and does nothing twice.
public final class AlertConsumer implements Task {
    /// The check that an alert about a silent agent names.
    public static final CheckName AGENT_CHECK = new CheckName("agent");

    /// The entity of an alert about many agents that vanished together.
    public static final EntityName ALL_AGENTS = new EntityName("agents");

    /// Its name among the readers of the log.
    public static final String CONSUMER = "alerts";

    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Store store;
    private final EventStore events;
    private final AlertStore alerts;
    private final AlertFold fold;
    private final ObservationStore observations;
    private final EventLog log;
    private final Systems systems;
    private final AgentStore agents;
    private final By instance;
    private final InstantSource clock;

    public AlertConsumer(
            Store store,
            EventStore events,
            AlertStore alerts,
            ObservationStore observations,
            EventLog log,
            Systems systems,
            AgentStore agents,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.events = events;
        this.alerts = alerts;
        this.fold = new AlertFold(alerts);
        this.observations = observations;
        this.log = log;
        this.systems = systems;
        this.agents = agents;
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alerting";
    }

    @Override
    public Duration run(Instant now) {
        while (store.write(this::consume) == BATCH) {
            // there may be more
        }
        return PAUSE;
    }

    private int consume(Tx tx) {
        long cursor = alerts.cursor(tx, CONSUMER);
        var batch = events.after(tx, cursor, BATCH);
        for (var event : batch) {
            event.data().ifPresent(data -> consume(tx, event, data));
            cursor = event.position();
        }
        if (!batch.isEmpty()) {
            alerts.saveCursor(tx, CONSUMER, cursor);
        }
        return batch.size();
    }

    private void consume(Tx tx, StoredEvent event, Payload data) {
        var name = systems.nameOf(event.header().log().system());
        if (name.isEmpty()) {
            return;
        }
        var system = name.get();
        decide(tx, event, system, data);
        AlertFold.flaps(system, data).ifPresent(flaps -> fold.flapping(tx, flaps));
    }

    private void decide(Tx tx, StoredEvent event, SystemName system, Payload data) {
        switch (data) {
            case Payload.StateChanged change -> {
                var key =
                        new CheckKey(
                                system,
                                new EntityName(change.entity()),
                                new CheckName(change.check()));
                var ok =
                        change.from().equals(State.OK.word())
                                ? Optional.of(event.header().at())
                                : Optional.<Instant>empty();
                reach(tx, event, new AlertKey(key), reached(change), change.output(), ok);
                hop(tx, change.observation());
            }
            case Payload.CheckFlapping flapping -> {
                flapping(tx, event, about(system, flapping.entity(), flapping.check()), flapping);
                hop(tx, flapping.observation());
            }
            case Payload.CheckSteady steady -> {
                reach(
                        tx,
                        event,
                        about(system, steady.entity(), steady.check()),
                        state(steady.state()),
                        steady.output());
                hop(tx, steady.observation());
            }
            case Payload.AgentSilent silent when silent.home() ->
                    agentsSilent(tx, event, system, silent);
            case Payload.AgentConnected back when back.home() -> {
                reach(tx, event, about(system, new EntityName(back.agent())), State.OK, "");
                if (back.stillSilent() == 0) {
                    reach(tx, event, about(system, ALL_AGENTS), State.OK, "");
                }
            }
            case Payload.AgentRevoked revoked -> agentRevoked(tx, event, revoked);
            case Payload.SystemDeleted _ ->
                    firing(tx, Optional.of(system))
                            .forEach(a -> reach(tx, event, a.key(), State.OK, ""));
            default -> {} // other events are no reason for an alert
        }
    }

    private void hop(Tx tx, @Nullable String observation) {
        if (observation != null) {
            observations.saveAlertHop(tx, ObservationId.number(observation), clock.instant());
        }
    }

    private static State reached(Payload.StateChanged change) {
        return change.to().equals(Staleness.REMOVED) ? State.OK : state(change.to());
    }

    /// A state that a later version invented is one we cannot tell.
    private static State state(String word) {
        return Arrays.stream(State.values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElse(State.UNKNOWN);
    }

    /// One episode from here until it is steady and good, whatever it does in between.
    private void flapping(Tx tx, StoredEvent event, AlertKey key, Payload.CheckFlapping flapping) {
        reach(
                tx,
                event,
                key,
                worse(alerts.alert(tx, key), state(flapping.worst())),
                flapping.output(),
                Optional.of(event.header().at()));
    }

    private static State worse(Optional<Alert> firing, State state) {
        return firing.filter(Alert::firing)
                .map(Alert::severity)
                .filter(s -> s.compareTo(state) > 0)
                .orElse(state);
    }

    /// Nobody will ever hear from it again, so an alert about its silence would fire for ever.
    private void agentRevoked(Tx tx, StoredEvent event, Payload.AgentRevoked revoked) {
        var entity = new EntityName(revoked.name());
        for (var alert : firing(tx, Optional.empty())) {
            var about = alert.key().about();
            boolean alone = about.entity().equals(entity);
            boolean last =
                    about.entity().equals(ALL_AGENTS)
                            && agents.countSilent(tx, about.system()) == 0;
            if (about.check().equals(AGENT_CHECK) && (alone || last)) {
                reach(tx, event, alert.key(), State.OK, "");
            }
        }
    }

    private List<Alert> firing(Tx tx, Optional<SystemName> system) {
        return alerts.alerts(tx, AlertStore.Which.FIRING, system, Integer.MAX_VALUE);
    }

    private void agentsSilent(
            Tx tx, StoredEvent event, SystemName system, Payload.AgentSilent silent) {
        int count = silent.agents().size();
        var heard = Optional.of(silent.lastHeard());
        if (count == 1) {
            if (straggler(tx, event, system)) {
                return;
            }
            var agent = silent.agents().getFirst();
            String announced = silent.announced();
            String output =
                    announced == null
                            ? "agent " + agent + " has not been heard since " + silent.lastHeard()
                            : "agent "
                                    + agent
                                    + " is not back from the "
                                    + announced
                                    + " it announced, last heard "
                                    + silent.lastHeard();
            reach(tx, event, about(system, new EntityName(agent)), State.STALE, output, heard);
        } else {
            String output =
                    count
                            + " agents fell silent together, last heard "
                            + silent.lastHeard()
                            + ": "
                            + String.join(", ", silent.agents());
            reach(tx, event, about(system, ALL_AGENTS), State.STALE, output, heard);
        }
    }

    /// Whether the alert about many that vanished together has only just begun: it is about the one
    /// that follows them, too.
    private boolean straggler(Tx tx, StoredEvent event, SystemName system) {
        return alerts.alert(tx, about(system, ALL_AGENTS))
                .filter(Alert::firing)
                .filter(
                        many ->
                                Duration.between(many.since(), event.header().at())
                                                .compareTo(Silence.STRAGGLERS)
                                        < 0)
                .isPresent();
    }

    private static AlertKey about(SystemName system, EntityName entity) {
        return new AlertKey(new CheckKey(system, entity, AGENT_CHECK));
    }

    private static AlertKey about(SystemName system, String entity, String check) {
        return new AlertKey(new CheckKey(system, new EntityName(entity), new CheckName(check)));
    }

    private void reach(Tx tx, StoredEvent event, AlertKey key, State state, String output) {
        reach(tx, event, key, state, output, Optional.empty());
    }

    /// @param ok when it was still good, as far as the event tells
    private void reach(
            Tx tx,
            StoredEvent event,
            AlertKey key,
            State state,
            String output,
            Optional<Instant> ok) {
        var current = alerts.alert(tx, key);
        String entity = key.about().entity().value();
        String check = key.about().check().value();
        String episode = current.map(a -> a.episode().value()).orElse("");
        String cause = event.hash().hex();
        switch (Alerting.judge(current, state)) {
            case LEAVE -> {}
            case FIRE ->
                    say(
                            tx,
                            event,
                            key,
                            new Payload.AlertFired(
                                    entity,
                                    check,
                                    episode(event, key).value(),
                                    state.word(),
                                    output,
                                    cause,
                                    ok.orElse(null)));
            case CHANGE_SEVERITY ->
                    say(
                            tx,
                            event,
                            key,
                            new Payload.AlertChanged(
                                    entity, check, episode, state.word(), output, cause));
            case RESOLVE ->
                    say(
                            tx,
                            event,
                            key,
                            new Payload.AlertResolved(entity, check, episode, cause, output));
        }
    }

    /// Into the log of the system the alert is about, which need not be that of its cause; then the
    /// tables follow the log.
    private void say(Tx tx, StoredEvent cause, AlertKey key, Payload payload) {
        var system = key.about().system();
        var at = cause.header().at();
        systems.idOf(system)
                .ifPresent(
                        id -> {
                            log.append(tx, id, payload, at, instance);
                            fold.apply(tx, system, payload, at);
                        });
    }

    /// Named after the event that began it and the key, so that a rebuild gives the same id.
    private static EpisodeId episode(StoredEvent event, AlertKey key) {
        byte[] digest =
                Digests.sha256(
                        event.hash().bytes(), key.toString().getBytes(StandardCharsets.UTF_8));
        return new EpisodeId("e_" + Base32.encode(Arrays.copyOf(digest, 10)));
    }
}
