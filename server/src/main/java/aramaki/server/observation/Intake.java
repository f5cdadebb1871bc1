package aramaki.server.observation;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.Results;
import aramaki.protocol.log.Payload;
import aramaki.server.agent.AgentRecord;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.observation.ObservationStore.Refused;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes in what agents report: history always, the latest value, and an event only where the state
/// changed, in one unit of work with the agent's position.
public final class Intake {
    private static final int MAX_REFUSED_RESULT = 2000;
    /// Stands for the spool of what no agent sent.
    public static final String SUBMITTED = "submitted";
    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");
    private static final Pattern EPOCH = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    private final Store store;
    private final ObservationStore observations;
    private final PastStore past;
    private final Systems systems;
    private final EventLog log;
    private final Board board;
    private final CatchingUp catchingUp;
    private final InstantSource clock;
    private final List<Consumer<List<Recorded>>> listeners = new CopyOnWriteArrayList<>();
    private long lastNumber; // only touched inside writes, which are one at a time

    public Intake(
            Store store,
            ObservationStore observations,
            PastStore past,
            Systems systems,
            EventLog log,
            Board board,
            CatchingUp catchingUp,
            InstantSource clock) {
        this.store = store;
        this.observations = observations;
        this.past = past;
        this.systems = systems;
        this.log = log;
        this.board = board;
        this.catchingUp = catchingUp;
        this.clock = clock;
    }

    /// Goes on numbering after the highest number the store knows.
    public void start() {
        lastNumber = store.read(observations::lastNumber);
    }

    /// Answers an agent's `Ready`: up to where its spool epoch is durable here. What it dropped
    /// before we had it becomes a gap; an epoch we do not know begins where the spool begins.
    public long ready(AgentRecord agent, AgentMessage.Ready ready) {
        refuseNonsense(ready.epoch(), ready.first(), ready.next() - 1);
        return store.write(
                tx -> {
                    var position = observations.position(tx, agent.id(), ready.epoch());
                    long durable = position.orElse(ready.first() - 1);
                    if (durable < ready.first() - 1) {
                        gap(tx, agent, ready.epoch(), durable + 1, ready.first() - 1);
                        durable = ready.first() - 1;
                    }
                    observations.savePosition(tx, agent.id(), ready.epoch(), durable);
                    if (durable < ready.next() - 1) {
                        tx.afterCommit(() -> catchingUp.announced(agent.id(), clock.instant()));
                    }
                    return durable;
                });
    }

    /// Notes results that will never come; returns the new durable position.
    public long gap(AgentRecord agent, AgentMessage.Gap gap) {
        refuseNonsense(gap.epoch(), gap.from(), gap.to());
        return store.write(
                tx -> {
                    long durable = position(tx, agent, gap.epoch());
                    if (gap.to() <= durable) {
                        return durable;
                    }
                    if (gap.from() > durable + 1) {
                        throw outOfOrder(durable + 1, gap.from());
                    }
                    gap(tx, agent, gap.epoch(), durable + 1, gap.to());
                    observations.savePosition(tx, agent.id(), gap.epoch(), gap.to());
                    return gap.to();
                });
    }

    private static void refuseNonsense(String epoch, long from, long to) {
        if (!EPOCH.matcher(epoch).matches() || from < 1 || to < from - 1 || to == Long.MAX_VALUE) {
            throw Refusal.invalid(
                    "bad-position",
                    "a spool epoch has 1 to 60 letters, digits, '.', '_' or '-', and its first"
                            + " result is number 1");
        }
    }

    /// Takes a frame of results and returns up to where everything is durable. Replayed results are
    /// skipped; a hole refuses the frame; a result that is wrong in itself is kept as refused and
    /// acknowledged, so that it never blocks the spool.
    public long accept(AgentRecord agent, AgentMessage.Results frame) {
        return accept(agent, frame, Duration.ZERO);
    }

    /// @param clockOff how far the agent's clock is behind ours; below zero when it is ahead. Its
    ///     times are kept by our clock then.
    public long accept(AgentRecord agent, AgentMessage.Results frame, Duration clockOff) {
        if (frame.results().size() > AgentMessage.Results.MAX_RESULTS) {
            throw Refusal.invalid(
                    "too-many-results",
                    "a frame holds at most " + AgentMessage.Results.MAX_RESULTS + " results");
        }
        return store.write(tx -> new Frame(tx, agent, frame, clockOff).take());
    }

    /// Takes what a program says about an entity that an agent stands for, by the same rules.
    public Recorded submit(Submitted said, AgentRecord entity, By by) {
        return store.write(
                tx -> {
                    var now = clock.instant();
                    var system = systems.require(said.key().system());
                    var check = check(system, said.key());
                    var seen = said.observation(now);
                    Bounds.check(seen, now);
                    if (!Bounds.possible(seen.finished(), now)) {
                        throw Refusal.invalid("bad-instant", "at lies between 1970 and now");
                    }
                    var before = new HashMap<CheckKey, Latest>();
                    observations.latest(tx, seen.key()).ifPresent(l -> before.put(l.key(), l));
                    var taking = new Taking(tx, observations, past, log, by, now, before);
                    long number = ++lastNumber;
                    var recorded =
                            new Recorded(
                                    number, seen, by.actor(), SUBMITTED, number, now, now, now);
                    taking.take(system, check, recorded, entity.id());
                    taking.save();
                    announce(tx, taking);
                    return recorded;
                });
    }

    private void announce(Tx tx, Taking taking) {
        var news = taking.changed();
        var recorded = taking.recorded();
        tx.afterCommit(
                () -> {
                    board.put(news);
                    listeners.forEach(l -> l.accept(recorded));
                });
    }

    /// Is told of results once they are durable; must be quick.
    public void listen(Consumer<List<Recorded>> listener) {
        listeners.add(listener);
    }

    static Check check(ManagedSystem system, CheckKey key) {
        return system.definition()
                .check(key.check())
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "check in system " + key.system(), key.check().value()));
    }

    private void gap(Tx tx, AgentRecord agent, String epoch, long from, long to) {
        var payload = new Payload.ResultsGap(agent.name().value(), epoch, from, to);
        for (var system : systems.servedBy(agent)) {
            log.append(tx, system.id(), payload, clock.instant(), agent.by());
        }
    }

    private long position(Tx tx, AgentRecord agent, String epoch) {
        return observations
                .position(tx, agent.id(), epoch)
                .orElseThrow(
                        () -> Refusal.conflict("unknown-epoch", "say `ready` before any result"));
    }

    private static Refusal outOfOrder(long expected, long got) {
        return Refusal.conflict(
                "out-of-order", "expected result " + expected + " next, but got " + got);
    }

    /// One frame on its way into the store.
    private final class Frame {
        private final Tx tx;
        private final AgentRecord agent;
        private final AgentMessage.Results frame;
        private final Duration clockOff;
        private final Instant now = clock.instant();
        /// Only said, and no reason to refuse a frame: a clock that is off by centuries counts as
        /// now.
        private final Instant sent;
        private final Map<SystemName, ManagedSystem> served;
        private final Taking taking;

        Frame(Tx tx, AgentRecord agent, AgentMessage.Results frame, Duration clockOff) {
            this.tx = tx;
            this.agent = agent;
            this.frame = frame;
            this.clockOff = clockOff;
            var sentByUs = byOurClock(frame.sentAt());
            this.sent = Bounds.possible(sentByUs, now) ? sentByUs : now;
            this.served =
                    systems.servedBy(agent).stream()
                            .collect(Collectors.toMap(ManagedSystem::name, Function.identity()));
            this.taking = new Taking(tx, observations, past, log, agent.by(), now, latestOf(frame));
        }

        /// The latest of everything the frame speaks of, in a few questions instead of one each.
        private Map<CheckKey, Latest> latestOf(AgentMessage.Results frame) {
            var checks = new LinkedHashMap<SystemName, Set<CheckName>>();
            for (var result : frame.results()) {
                if (isShortName(result.system()) && isShortName(result.check())) {
                    checks.computeIfAbsent(
                                    new SystemName(result.system()), _ -> new LinkedHashSet<>())
                            .add(new CheckName(result.check()));
                }
            }
            var entity = new EntityName(agent.name().value());
            var latest = new HashMap<CheckKey, Latest>();
            checks.forEach(
                    (system, names) ->
                            observations
                                    .latestOf(tx, system, entity, names)
                                    .forEach(one -> latest.put(one.key(), one)));
            return latest;
        }

        private static boolean isShortName(@Nullable String text) {
            return text != null && Names.isShortName(text);
        }

        long take() {
            long durable = position(tx, agent, frame.epoch());
            for (var result : frame.results()) {
                if (result.seq() <= durable) {
                    continue; // replayed
                }
                if (result.seq() != durable + 1) {
                    throw outOfOrder(durable + 1, result.seq());
                }
                take(result);
                durable = result.seq();
            }
            taking.save();
            observations.savePosition(tx, agent.id(), frame.epoch(), durable);
            tx.afterCommit(this::noteProgress);
            announce(tx, taking);
            return durable;
        }

        private void noteProgress() {
            var last = frame.results().isEmpty() ? null : frame.results().getLast();
            if (last != null && last.spooled() != null && frame.sentAt() != null) {
                var kept = Duration.between(last.spooled(), frame.sentAt());
                catchingUp.told(agent.id(), kept, now);
            }
        }

        private void take(Result wire) {
            var result = byOurClock(Wellformed.of(wire));
            try {
                var observation = Results.toModel(result);
                Bounds.check(observation, now);
                refuseImpossible(result);
                var system = system(observation.key());
                var check = check(system, observation.key());
                taking.take(
                        system,
                        check,
                        new Recorded(
                                ++lastNumber,
                                observation,
                                agent.id(),
                                frame.epoch(),
                                result.seq(),
                                Optional.ofNullable(result.spooled()).orElse(sent),
                                sent,
                                now),
                        agent.id());
            } catch (Refusal e) {
                refuse(result, e.text());
            }
        }

        /// By a clock that was set since, a result may come to lie ahead of us: it stays as it is.
        private Result byOurClock(Result r) {
            if (clockOff.isZero() || byOurClock(r.finished()).isAfter(now)) {
                return r;
            }
            Instant spooled = r.spooled();
            return new Result(
                    r.seq(),
                    r.system(),
                    r.entity(),
                    r.check(),
                    r.state(),
                    r.output(),
                    r.metrics(),
                    byOurClock(r.due()),
                    byOurClock(r.started()),
                    byOurClock(r.finished()),
                    spooled == null ? null : byOurClock(spooled));
        }

        /// What is missing or no time at all is refused later.
        private Instant byOurClock(Instant theirs) {
            boolean sensible =
                    theirs != null && theirs.isAfter(Instant.EPOCH) && theirs.isBefore(FAR);
            return sensible ? theirs.plus(clockOff) : Instant.MAX;
        }

        private void refuse(Result result, String reason) {
            String text = Json.text(result);
            observations.refuse(
                    tx,
                    new Refused(
                            agent.id(),
                            frame.epoch(),
                            result.seq(),
                            now,
                            reason,
                            Wellformed.text(
                                    text.substring(
                                            0, Math.min(text.length(), MAX_REFUSED_RESULT)))));
        }

        private void refuseImpossible(Result result) {
            boolean all =
                    possible(result.due())
                            && possible(result.started())
                            && possible(result.finished())
                            && (result.spooled() == null || possible(result.spooled()));
            if (!all) {
                throw Refusal.invalid(
                        "bad-instant",
                        "due, started, finished and spooled lie between 1970 and now");
            }
        }

        private boolean possible(@Nullable Instant at) {
            return Bounds.possible(at, now);
        }

        private ManagedSystem system(CheckKey key) {
            if (!key.entity().equals(new EntityName(agent.name().value()))) {
                throw new Refusal(
                        Refusal.Reason.FORBIDDEN,
                        "not-its-entity",
                        "agent " + agent.name() + " may not speak for entity " + key.entity());
            }
            return Optional.ofNullable(served.get(key.system()))
                    .orElseThrow(
                            () ->
                                    new Refusal(
                                            Refusal.Reason.FORBIDDEN,
                                            "not-its-system",
                                            "agent "
                                                    + agent.name()
                                                    + " does not serve system "
                                                    + key.system()));
        }
    }
}
