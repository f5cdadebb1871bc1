package aramaki.server.observation;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Observation;
import aramaki.model.observation.State;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes in what agents report: history always, the latest value, and an event only where the state
/// changed, in one unit of work with the agent's position.
public final class Intake {
    private static final int MAX_OUTPUT = 128 * 1024;
    private static final int MAX_METRICS = 1000;
    private static final int MAX_REFUSED_RESULT = 2000;
    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);
    private static final Pattern EPOCH = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    private final Store store;
    private final ObservationStore observations;
    private final Systems systems;
    private final EventLog log;
    private final Board board;
    private final InstantSource clock;
    private long lastNumber; // only touched inside writes, which are one at a time

    public Intake(
            Store store,
            ObservationStore observations,
            Systems systems,
            EventLog log,
            Board board,
            InstantSource clock) {
        this.store = store;
        this.observations = observations;
        this.systems = systems;
        this.log = log;
        this.board = board;
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
        private final By by;
        private final List<Recorded> recorded = new ArrayList<>();
        private final Map<SystemName, ManagedSystem> served;
        private final Map<CheckKey, Latest> before;
        private final Map<CheckKey, Latest> changed = new LinkedHashMap<>();

        Frame(Tx tx, AgentRecord agent, AgentMessage.Results frame, Duration clockOff) {
            this.tx = tx;
            this.agent = agent;
            this.frame = frame;
            this.clockOff = clockOff;
            var sentByUs = byOurClock(frame.sentAt());
            this.sent = possible(sentByUs) ? sentByUs : now;
            this.by = agent.by();
            this.served =
                    systems.servedBy(agent).stream()
                            .collect(Collectors.toMap(ManagedSystem::name, Function.identity()));
            this.before = latestOf(frame);
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
            observations.insert(tx, recorded);
            observations.saveLatest(tx, List.copyOf(changed.values()));
            observations.savePosition(tx, agent.id(), frame.epoch(), durable);
            var news = List.copyOf(changed.values());
            tx.afterCommit(() -> board.put(news));
            return durable;
        }

        private void take(Result wire) {
            var result = byOurClock(Wellformed.of(wire));
            try {
                var observation = Results.toModel(result);
                refuseUnbounded(observation);
                refuseImpossible(result);
                var system = system(observation.key());
                var check = check(system, observation.key());
                long number = ++lastNumber;
                recorded.add(
                        new Recorded(
                                number,
                                observation,
                                agent.id(),
                                frame.epoch(),
                                result.seq(),
                                Optional.ofNullable(result.spooled()).orElse(sent),
                                sent,
                                now));
                boolean old = observation.finished().isBefore(now.minus(check.ttl()));
                if (!old) {
                    count(system, check, observation, number);
                }
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

        private void refuseUnbounded(Observation observation) {
            if (observation.output().length() > MAX_OUTPUT
                    || observation.metrics().size() > MAX_METRICS) {
                throw Refusal.invalid(
                        "too-large",
                        "output is at most "
                                + MAX_OUTPUT
                                + " characters, and metrics at most "
                                + MAX_METRICS);
            }
            if (!observation.metrics().stream().allMatch(Frame::finite)) {
                throw Refusal.invalid("bad-metric", "the value of a metric is a finite number");
            }
            if (observation.finished().isAfter(now.plus(MAX_AHEAD))) {
                throw Refusal.invalid(
                        "from-the-future",
                        "made at "
                                + observation.finished()
                                + ", but it is "
                                + now
                                + " here: set the agent's clock");
            }
        }

        private static boolean finite(Metric metric) {
            return Stream.of(metric.value(), metric.min(), metric.max())
                    .allMatch(v -> v.isEmpty() || Double.isFinite(v.getAsDouble()));
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
            return at != null && !at.isBefore(Instant.EPOCH) && !at.isAfter(now.plus(MAX_AHEAD));
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

        private Check check(ManagedSystem system, CheckKey key) {
            return system.definition()
                    .check(key.check())
                    .orElseThrow(
                            () ->
                                    Refusal.notFound(
                                            "check in system " + key.system(),
                                            key.check().value()));
        }

        /// Lets an observation count: the latest value, and an event when the state changed.
        private void count(
                ManagedSystem system, Check check, Observation observation, long number) {
            var key = observation.key();
            var before =
                    Optional.ofNullable(changed.get(key))
                            .or(() -> Optional.ofNullable(this.before.get(key)));
            // One that lies ahead of us was made before our clock was set back.
            var newest = before.map(Latest::seenAt).filter(at -> !at.isAfter(now));
            if (newest.isPresent() && observation.finished().isBefore(newest.get())) {
                return; // out of an older spool; history only
            }
            State was = before.map(Latest::state).orElse(State.PENDING);
            int badInARow =
                    observation.state().bad() ? before.map(Latest::badInARow).orElse(0) + 1 : 0;
            State is = settle(was, before, observation.state(), badInARow, check.attempts());
            Instant since = before.map(Latest::since).orElse(observation.finished());
            if (is != was) {
                since = observation.finished();
                if (was != State.PENDING || is.bad()) {
                    changedState(system, observation, was, is, number);
                }
            }
            changed.put(
                    key,
                    new Latest(
                            key,
                            is,
                            is,
                            Optional.empty(),
                            since,
                            observation.finished(),
                            badInARow,
                            observation.output(),
                            observation.metrics(),
                            number,
                            agent.id()));
        }

        /// A bad result counts only after enough in a row; until then the last believed state
        /// holds.
        private State settle(
                State was, Optional<Latest> before, State seen, int badInARow, int attempts) {
            if (!seen.bad() || badInARow >= attempts) {
                return seen;
            }
            State believed = was == State.STALE ? before.map(Latest::lastState).orElse(was) : was;
            return believed.bad() ? seen : believed;
        }

        private void changedState(
                ManagedSystem system, Observation observation, State was, State is, long number) {
            var payload =
                    new Payload.StateChanged(
                            observation.key().entity().value(),
                            observation.key().check().value(),
                            was.word(),
                            is.word(),
                            null,
                            observation.output(),
                            ObservationId.text(number));
            var event = log.append(tx, system.id(), payload, observation.finished(), by);
            observations.saveEventHop(tx, number, event.hash(), event.header().recordedAt().wall());
        }
    }
}
