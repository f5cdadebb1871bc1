package aramaki.server.observation;

import aramaki.model.observation.Check;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Flapping;
import aramaki.model.observation.Observation;
import aramaki.model.observation.State;
import aramaki.model.system.ManagedSystem;
import aramaki.protocol.log.Payload;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.store.Tx;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Results on their way into the store within one unit of work: the history always, the latest
/// value where they count, and an event where they change something.
final class Taking {
    private final Tx tx;
    private final ObservationStore observations;
    private final PastStore past;
    private final EventLog log;
    private final By by;
    private final Instant now;
    private final Map<CheckKey, Latest> before;
    private final List<Recorded> recorded = new ArrayList<>();
    private final Map<CheckKey, Latest> changed = new LinkedHashMap<>();
    private final List<Span> spans = new ArrayList<>();

    /// @param before the latest of everything that may be taken
    Taking(
            Tx tx,
            ObservationStore observations,
            PastStore past,
            EventLog log,
            By by,
            Instant now,
            Map<CheckKey, Latest> before) {
        this.tx = tx;
        this.observations = observations;
        this.past = past;
        this.log = log;
        this.by = by;
        this.now = now;
        this.before = before;
    }

    /// @param speaker id of the agent whose silence would make it stale
    void take(ManagedSystem system, Check check, Recorded result, String speaker) {
        recorded.add(result);
        if (result.observation().finished().isBefore(now.minus(check.ttl()))) {
            remember(check, result.observation());
        } else {
            count(system, check, result.observation(), result.number(), speaker);
        }
    }

    List<Recorded> recorded() {
        return List.copyOf(recorded);
    }

    List<Latest> changed() {
        return List.copyOf(changed.values());
    }

    void save() {
        observations.insert(tx, recorded);
        past.insertSpans(tx, spans);
        observations.saveLatest(tx, changed());
    }

    /// What came too late to count still says how it was then.
    private void remember(Check check, Observation seen) {
        known(seen.key())
                .ifPresent(
                        latest ->
                                changed.put(
                                        seen.key(),
                                        latest.with(
                                                latest.trail()
                                                        .late(
                                                                seen.key(),
                                                                seen.state(),
                                                                seen.finished(),
                                                                check.ttl(),
                                                                spans::add))));
    }

    private Optional<Latest> known(CheckKey key) {
        return Optional.ofNullable(changed.get(key)).or(() -> Optional.ofNullable(before.get(key)));
    }

    private void count(
            ManagedSystem system, Check check, Observation seen, long number, String speaker) {
        var key = seen.key();
        var at = seen.finished();
        var known = known(key);
        // One that lies ahead of us was made before our clock was set back.
        var newest = known.map(Latest::seenAt).filter(seenAt -> !seenAt.isAfter(now));
        if (newest.isPresent() && at.isBefore(newest.get())) {
            return; // out of an older spool; history only
        }
        State was = known.map(Latest::state).orElse(State.PENDING);
        int badInARow = seen.state().bad() ? known.map(Latest::badInARow).orElse(0) + 1 : 0;
        State is = settle(was, known, seen.state(), badInARow, check.attempts());
        var trail =
                known.map(l -> l.trail().next(key, was, is, at, check.ttl(), spans::add))
                        .orElseGet(() -> Trail.begin(is, at));
        tell(system, known, trail.flapping(), seen, was, is, number);
        changed.put(
                key,
                new Latest(
                        key,
                        is,
                        is,
                        Optional.empty(),
                        is == was ? known.map(Latest::since).orElse(at) : at,
                        at,
                        badInARow,
                        seen.output(),
                        seen.metrics(),
                        number,
                        speaker,
                        trail));
    }

    /// A bad result counts only after enough in a row; until then the last believed state holds.
    private static State settle(
            State was, Optional<Latest> before, State seen, int badInARow, int attempts) {
        if (!seen.bad() || badInARow >= attempts) {
            return seen;
        }
        State believed = was == State.STALE ? before.map(Latest::lastState).orElse(was) : was;
        return believed.bad() ? seen : believed;
    }

    /// One event, or none: while a check flaps its changes are counted, not told.
    private void tell(
            ManagedSystem system,
            Optional<Latest> before,
            Flapping flapping,
            Observation seen,
            State was,
            State is,
            long number) {
        boolean flapped = before.map(Latest::flapping).orElse(false);
        String entity = seen.key().entity().value();
        String check = seen.key().check().value();
        String id = ObservationId.text(number);
        if (flapping.now() && !flapped) {
            State worst = was.compareTo(is) >= 0 ? was : is;
            append(
                    system,
                    seen,
                    number,
                    new Payload.CheckFlapping(
                            entity,
                            check,
                            is.word(),
                            worst.word(),
                            flapping.count(),
                            seen.output(),
                            id));
        } else if (flapped && !flapping.now()) {
            append(
                    system,
                    seen,
                    number,
                    new Payload.CheckSteady(entity, check, is.word(), seen.output(), id));
        } else if (!flapping.now() && is != was && (was != State.PENDING || is.bad())) {
            append(
                    system,
                    seen,
                    number,
                    new Payload.StateChanged(
                            entity, check, was.word(), is.word(), null, seen.output(), id));
        }
    }

    private void append(ManagedSystem system, Observation seen, long number, Payload payload) {
        var event = log.append(tx, system.id(), payload, seen.finished(), by);
        observations.saveEventHop(tx, number, event.hash(), event.header().recordedAt().wall());
    }
}
