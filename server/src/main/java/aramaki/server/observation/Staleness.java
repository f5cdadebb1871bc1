package aramaki.server.observation;

import aramaki.model.observation.Check;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Silence;
import aramaki.server.runtime.Task;
import aramaki.server.runtime.Ticks;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Notices checks that fell silent while their agent is heard. Nothing goes stale before this
/// server has been ready for one ttl, since until then the silence may be ours. Also forgets what
/// is no longer checked.
public final class Staleness implements Task, Systems.Listener {
    /// The state word in an event that says a check is no more.
    public static final String REMOVED = "removed";

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int UNIT = 200;

    private final Store store;
    private final ObservationStore observations;
    private final PastStore past;
    private final Board board;
    private final Systems systems;
    private final Agents agents;
    private final Silence silence;
    private final CatchingUp catchingUp;
    private final EventLog log;
    private final By instance;
    private final InstantSource clock;
    private final Ticks ticks = new Ticks();
    private volatile Instant readySince = Instant.MAX;

    public Staleness(
            Store store,
            ObservationStore observations,
            PastStore past,
            Board board,
            Systems systems,
            Agents agents,
            Silence silence,
            CatchingUp catchingUp,
            EventLog log,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.observations = observations;
        this.past = past;
        this.board = board;
        this.systems = systems;
        this.agents = agents;
        this.silence = silence;
        this.catchingUp = catchingUp;
        this.log = log;
        this.instance = instance;
        this.clock = clock;
    }

    public void ready(Instant now) {
        ticks.tick(now);
        readySince = now;
    }

    @Override
    public String name() {
        return "check-staleness";
    }

    @Override
    public Duration run(Instant now) {
        boolean jumped = ticks.tick(now);
        if ((jumped || store.trouble().isPresent()) && !readySince.equals(Instant.MAX)) {
            readySince = now; // for a while we could not see anything either
        }
        var stale = new ArrayList<Latest>();
        var gone = new ArrayList<Latest>();
        for (var latest : board.all()) {
            if (systems.lacks(latest.key()) || shutOut(latest)) {
                gone.add(latest);
            } else if (latest.state() != State.STALE && expired(latest, now)) {
                stale.add(latest);
            }
        }
        inUnits(stale, (tx, latest) -> goStale(tx, latest.key(), now));
        inUnits(gone, (tx, latest) -> forgetGone(tx, latest.key()));
        return PAUSE;
    }

    private void inUnits(List<Latest> all, BiConsumer<Tx, Latest> work) {
        for (int from = 0; from < all.size(); from += UNIT) {
            var some = all.subList(from, Math.min(all.size(), from + UNIT));
            store.write(
                    tx -> {
                        some.forEach(latest -> work.accept(tx, latest));
                        return some.size();
                    });
        }
    }

    private boolean shutOut(Latest latest) {
        return agents.byId(latest.agent())
                .filter(a -> a.presence() == Presence.REVOKED)
                .isPresent();
    }

    /// A result that came in while its check was being removed, or while its agent was being shut
    /// out, would stand there for ever, and so would its alert.
    private void forgetGone(Tx tx, CheckKey key) {
        var current = observations.latest(tx, key);
        var id = systems.idOf(key.system());
        if (current.isPresent() && id.isPresent()) {
            if (systems.lacks(key)) {
                forget(
                        tx,
                        id.get(),
                        current.get(),
                        "the system has no such check any more",
                        instance);
            } else if (shutOut(current.get())) {
                forget(tx, id.get(), current.get(), "its agent was shut out", instance);
            }
        }
    }

    private boolean expired(Latest latest, Instant now) {
        if (!readySince.isBefore(now)) {
            return false;
        }
        return check(latest.key())
                .filter(c -> tooOld(latest, c, now))
                .filter(c -> heard(latest, c, now))
                .isPresent();
    }

    private Optional<Check> check(CheckKey key) {
        return systems.find(key.system()).flatMap(s -> s.definition().check(key.check()));
    }

    private boolean tooOld(Latest latest, Check check, Instant now) {
        return countedFrom(latest.seenAt(), now).plus(check.ttl()).isBefore(now);
    }

    /// What lies ahead of us was made before our clock was set back.
    private Instant countedFrom(Instant seen, Instant now) {
        return seen.isBefore(readySince) || seen.isAfter(now) ? readySince : seen;
    }

    /// A check is to blame only when its agent has been here for a whole ttl without it: an agent
    /// that just came back, whose pause just ended, or that is catching up, still has to send what
    /// it has.
    private boolean heard(Latest latest, Check check, Instant now) {
        var agent = agents.byId(latest.agent());
        return agent.filter(a -> a.presence() == Presence.CONNECTED)
                .filter(a -> countedFrom(a.seenAt(), now).plus(check.ttl()).isBefore(now))
                .filter(a -> catchingUp.until(a.id()).plus(check.ttl()).isBefore(now))
                .filter(a -> !a.paused(now))
                .filter(
                        a ->
                                a.pausedUntil()
                                        .map(end -> end.plus(check.ttl()).isBefore(now))
                                        .orElse(true))
                .map(a -> silence.heardLately(a, now))
                .orElse(false);
    }

    private void goStale(Tx tx, CheckKey key, Instant now) {
        var system = systems.find(key.system());
        var current =
                observations.latest(tx, key).filter(l -> l.state() != State.STALE).stream()
                        .filter(l -> expired(l, now))
                        .findFirst();
        if (current.isEmpty() || system.isEmpty()) {
            return; // something came in meanwhile
        }
        var latest = current.get();
        var stale = latest.gone(StaleBecause.CHECK, now);
        var payload =
                new Payload.StateChanged(
                        key.entity().value(),
                        key.check().value(),
                        latest.state().word(),
                        State.STALE.word(),
                        StaleBecause.CHECK.word(),
                        "no result since " + latest.seenAt(),
                        null);
        log.append(tx, system.get().id(), payload, now, instance);
        if (latest.flapping()) {
            log.append(
                    tx,
                    system.get().id(),
                    new Payload.CheckSteady(
                            key.entity().value(),
                            key.check().value(),
                            State.STALE.word(),
                            payload.output(),
                            null),
                    now,
                    instance);
        }
        observations.saveLatest(tx, List.of(stale));
        tx.afterCommit(() -> board.put(List.of(stale)));
    }

    /// Checks that a system no longer has are forgotten, and the log says so, within the same unit.
    @Override
    public void changing(Tx tx, ManagedSystem before, Optional<ManagedSystem> after, By by) {
        var gone = new ArrayList<Latest>();
        for (var latest : board.of(before.name())) {
            boolean kept =
                    after.flatMap(s -> s.definition().check(latest.key().check())).isPresent();
            if (!kept) {
                gone.add(latest);
            }
        }
        for (var latest : gone) {
            forget(tx, before.id(), latest, "the system has no such check any more", by);
        }
    }

    private void forget(Tx tx, SystemId system, Latest latest, String why, By by) {
        var key = latest.key();
        var payload =
                new Payload.StateChanged(
                        key.entity().value(),
                        key.check().value(),
                        latest.state().word(),
                        REMOVED,
                        null,
                        why,
                        null);
        log.append(tx, system, payload, clock.instant(), by);
        var stretch = latest.trail().stretch();
        past.insertSpans(tx, stretch.closed(key, stretch.until(), Duration.ZERO));
        observations.forgetLatest(tx, key);
        tx.afterCommit(() -> board.remove(key));
    }

    @Override
    public void changed() {}
}
