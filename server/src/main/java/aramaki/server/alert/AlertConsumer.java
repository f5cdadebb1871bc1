package aramaki.server.alert;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.Alerting;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.State;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.protocol.Base32;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.log.Payload;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Staleness;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Reads the log from where it left off and keeps the alerts: fires, changes and resolves them,
/// each with its own event, in one unit of work with its cursor. So a kill between any two steps
/// loses nothing and does nothing twice.
public final class AlertConsumer implements Task {
    /// The check that an alert about a silent agent names.
    public static final CheckName AGENT_CHECK = new CheckName("agent");

    /// The entity of an alert about many agents that vanished together.
    public static final EntityName ALL_AGENTS = new EntityName("agents");

    private static final String CONSUMER = "alerts";
    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Store store;
    private final EventStore events;
    private final AlertStore alerts;
    private final ObservationStore observations;
    private final EventLog log;
    private final Function<SystemId, Optional<SystemName>> nameOf;
    private final By instance;
    private final InstantSource clock;

    public AlertConsumer(
            Store store,
            EventStore events,
            AlertStore alerts,
            ObservationStore observations,
            EventLog log,
            Function<SystemId, Optional<SystemName>> nameOf,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.events = events;
        this.alerts = alerts;
        this.observations = observations;
        this.log = log;
        this.nameOf = nameOf;
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
        var name = nameOf.apply(event.header().log().system());
        if (name.isEmpty()) {
            return;
        }
        var system = name.get();
        switch (data) {
            case Payload.StateChanged change -> {
                var key =
                        new CheckKey(
                                system,
                                new EntityName(change.entity()),
                                new CheckName(change.check()));
                boolean removed = change.to().equals(Staleness.REMOVED);
                var state = removed ? State.OK : State.ofWord(change.to());
                reach(tx, event, new AlertKey(key), state, change.output());
                var observation = change.observation();
                if (observation != null) {
                    observations.saveAlertHop(
                            tx, ObservationId.number(observation), clock.instant());
                }
            }
            case Payload.AgentSilent silent when silent.home() ->
                    agentsSilent(tx, event, system, silent);
            case Payload.AgentConnected back when back.home() -> {
                reach(tx, event, about(system, new EntityName(back.agent())), State.OK, "");
                if (back.stillSilent() == 0) {
                    reach(tx, event, about(system, ALL_AGENTS), State.OK, "");
                }
            }
            default -> {} // other events are no reason for an alert
        }
    }

    private void agentsSilent(
            Tx tx, StoredEvent event, SystemName system, Payload.AgentSilent silent) {
        int count = silent.agents().size();
        if (count == 1) {
            var agent = silent.agents().getFirst();
            String output = "agent " + agent + " has not been heard since " + silent.lastHeard();
            reach(tx, event, about(system, new EntityName(agent)), State.STALE, output);
        } else {
            String output =
                    count
                            + " agents fell silent together, last heard "
                            + silent.lastHeard()
                            + ": "
                            + String.join(", ", silent.agents());
            reach(tx, event, about(system, ALL_AGENTS), State.STALE, output);
        }
    }

    private static AlertKey about(SystemName system, EntityName entity) {
        return new AlertKey(new CheckKey(system, entity, AGENT_CHECK));
    }

    private void reach(Tx tx, StoredEvent event, AlertKey key, State state, String output) {
        var current = alerts.alert(tx, key);
        var at = event.header().at();
        String entity = key.about().entity().value();
        String check = key.about().check().value();
        String cause = event.hash().hex();
        switch (Alerting.judge(current, state)) {
            case LEAVE -> {}
            case FIRE -> {
                var episode = episode(event, key);
                save(tx, new Alert(key, episode, new AlertState.Firing(), state, at, output));
                append(
                        tx,
                        event,
                        new Payload.AlertFired(
                                entity, check, episode.value(), state.word(), output, cause),
                        at);
            }
            case CHANGE_SEVERITY -> {
                var alert = current.orElseThrow();
                save(
                        tx,
                        new Alert(
                                key, alert.episode(), alert.state(), state, alert.since(), output));
                append(
                        tx,
                        event,
                        new Payload.AlertChanged(
                                entity,
                                check,
                                alert.episode().value(),
                                state.word(),
                                output,
                                cause),
                        at);
            }
            case RESOLVE -> {
                var alert = current.orElseThrow();
                save(
                        tx,
                        new Alert(
                                key,
                                alert.episode(),
                                new AlertState.Resolved(at),
                                alert.severity(),
                                alert.since(),
                                output));
                append(
                        tx,
                        event,
                        new Payload.AlertResolved(entity, check, alert.episode().value(), cause),
                        at);
            }
        }
    }

    private void save(Tx tx, Alert alert) {
        alerts.save(tx, alert);
    }

    private void append(Tx tx, StoredEvent cause, Payload payload, Instant at) {
        log.append(tx, cause.header().log().system(), payload, at, instance);
    }

    /// Named after the event that began it and the key, so that a rebuild gives the same id.
    private static EpisodeId episode(StoredEvent event, AlertKey key) {
        byte[] digest =
                Digests.sha256(
                        event.hash().bytes(), key.toString().getBytes(StandardCharsets.UTF_8));
        return new EpisodeId("e_" + Base32.encode(Arrays.copyOf(digest, 10)));
    }
}
