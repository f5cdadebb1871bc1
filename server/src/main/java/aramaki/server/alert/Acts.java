package aramaki.server.alert;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemName;
import aramaki.protocol.Base32;
import aramaki.protocol.log.Payload;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Agents;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Latest;
import aramaki.server.observation.Statuses;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What people do about alerts: one event in the log of each system an act touches, and for an act
// on
/// many one entry in the instance's own log, all in one unit of work with the alerts.
public final class Acts {
    /// One act is about at most so many alerts.
    public static final int MOST = 20_000;

    private static final Pattern ID = Pattern.compile("b_[a-z2-7]{16}");

    private final Store store;
    private final EventStore events;
    private final AlertStore alerts;
    private final AlertFold fold;
    private final EventLog log;
    private final Systems systems;
    private final Statuses statuses;
    private final Agents agents;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Acts(
            Store store,
            EventStore events,
            AlertStore alerts,
            EventLog log,
            Systems systems,
            Statuses statuses,
            Agents agents,
            InstantSource clock) {
        this.store = store;
        this.events = events;
        this.alerts = alerts;
        this.fold = new AlertFold(alerts);
        this.log = log;
        this.systems = systems;
        this.statuses = statuses;
        this.agents = agents;
        this.clock = clock;
    }

    /// Who acts.
    ///
    /// @param under by what they act in a system; refuses where they may not
    public record Actor(Caller caller, Function<SystemName, By> under) {
        /// Somebody who may act everywhere under the same.
        public static Actor of(Caller caller) {
            return new Actor(caller, _ -> caller.by());
        }

        String person() {
            return caller.person();
        }

        String name() {
            return caller.name();
        }

        By by() {
            return caller.by();
        }
    }

    /// What came of an act.
    ///
    /// @param id by which it can be undone; empty where it did nothing
    /// @param systems how many alerts of each
    /// @param left those that it could not be done to, and why
    public record Done(
            String id, int count, SortedMap<SystemName, Integer> systems, List<Left> left) {}

    /// One alert that was left as it is.
    public record Left(AlertKey key, String why) {}

    /// Acts on one alert; refuses where that makes no sense.
    public Done act(AlertKey key, Act act, Actor person) {
        var done = act(List.of(key), act, Optional.empty(), person);
        if (done.count() == 0) {
            throw Refusal.conflict("alert-as-it-is", key + " " + done.left().getFirst().why());
        }
        return done;
    }

    /// Acts on all of these that it can be done to.
    ///
    /// @param query how they were found; empty where each was named
    public Done act(Collection<AlertKey> keys, Act act, Optional<String> query, Actor person) {
        if (keys.size() > MOST) {
            throw tooMany(keys.size());
        }
        return store.write(
                tx -> {
                    var left = new ArrayList<Left>();
                    var touched = new TreeMap<SystemName, List<Alert>>();
                    for (var key : keys) {
                        var alert = alerts.alert(tx, key);
                        alert.flatMap(a -> obstacle(act, a))
                                .or(() -> missing(alert, key))
                                .ifPresentOrElse(
                                        why -> left.add(new Left(key, why)),
                                        () -> alert.ifPresent(a -> add(touched, a)));
                    }
                    int count = touched.values().stream().mapToInt(List::size).sum();
                    if (count == 0) {
                        return new Done("", 0, new TreeMap<>(), left);
                    }
                    String id = newId();
                    if (keys.size() > 1 || query.isPresent()) {
                        entry(tx, id, act.verb(), query.orElse(""), act.words(), touched, person);
                    }
                    var at = now();
                    touched.forEach(
                            (s, of) -> say(tx, s, payload(act, of, id, at, person), person));
                    return new Done(id, count, counts(touched), left);
                });
    }

    private static Refusal tooMany(int count) {
        return Refusal.invalid(
                "too-many-alerts",
                "one act is about at most "
                        + MOST
                        + " alerts, not "
                        + count
                        + ": narrow the query");
    }

    private static Optional<String> missing(Optional<Alert> alert, AlertKey key) {
        return alert.isPresent() ? Optional.empty() : Optional.of("is no alert: " + key);
    }

    private void add(SortedMap<SystemName, List<Alert>> touched, Alert alert) {
        touched.computeIfAbsent(alert.key().about().system(), _ -> new ArrayList<>()).add(alert);
    }

    /// Why an act would change nothing of an alert.
    public static Optional<String> obstacle(Act act, Alert alert) {
        return switch (act) {
            case Act.Acknowledge _, Act.Assign _, Act.Resolve _ ->
                    alert.firing()
                            ? Optional.empty()
                            : Optional.of("is resolved already: there is nothing to look after");
            case Act.Unacknowledge _ ->
                    alert.firing() && alert.care().owned()
                            ? Optional.empty()
                            : Optional.of("is nobody's: there is nothing to give back");
            case Act.Comment _ -> Optional.empty();
        };
    }

    private Payload payload(Act act, List<Alert> of, String id, Instant at, Actor person) {
        var touched = of.stream().map(Acts::touched).toList();
        return switch (act) {
            case Act.Acknowledge(var length, var comment) ->
                    new Payload.AlertAcknowledged(
                            touched,
                            person.person(),
                            person.name(),
                            length.map(at::plus).orElse(null),
                            comment,
                            id);
            case Act.Unacknowledge(var comment) ->
                    new Payload.AlertUnacknowledged(touched, comment, id);
            case Act.Resolve(var reason) -> new Payload.AlertClosed(touched, reason, id);
            case Act.Assign(var to, var comment) ->
                    new Payload.AlertAssigned(
                            touched,
                            to.map(Caller::person).orElse(""),
                            to.map(Caller::name).orElse(""),
                            comment,
                            id);
            case Act.Comment(var text) -> new Payload.AlertCommented(touched, text, id);
        };
    }

    private static Payload.Touched touched(Alert alert) {
        var about = alert.key().about();
        return new Payload.Touched(
                about.entity().value(),
                about.check().value(),
                alert.episode().value(),
                AlertFold.held(alert.care()));
    }

    /// What came of undoing an act.
    ///
    /// @param id of the undoing, which is an act too
    /// @param left those that somebody or something changed since
    public record Undone(
            String id, String undoes, int count, List<AlertKey> restored, List<Left> left) {}

    /// Puts everything back that nobody changed since.
    public Undone undo(String act, Actor person) {
        if (!ID.matcher(act).matches()) {
            throw Refusal.invalid(
                    "bad-act", "\"" + act + "\" is no id of an act: it is b_ and 16 characters");
        }
        return store.write(tx -> undo(tx, act, person));
    }

    private Undone undo(Tx tx, String act, Actor person) {
        var told = alerts.eventsOfAct(tx, act);
        if (told.isEmpty()) {
            throw Refusal.notFound("act", act);
        }
        String id = newId();
        var restored = new TreeMap<SystemName, List<Alert>>();
        var says = new TreeMap<SystemName, List<Payload.Restored>>();
        var left = new ArrayList<Left>();
        for (var hash : told) {
            var event = events.find(tx, hash).orElseThrow();
            var system = systems.nameOf(event.header().log().system());
            system.ifPresent(
                    name ->
                            undo(tx, act, event, name)
                                    .forEach(
                                            step ->
                                                    step.take(
                                                            says.computeIfAbsent(
                                                                    name, _ -> new ArrayList<>()),
                                                            restored.computeIfAbsent(
                                                                    name, _ -> new ArrayList<>()),
                                                            left)));
        }
        var keys = restored.values().stream().flatMap(List::stream).map(Alert::key).toList();
        if (keys.isEmpty()) {
            throw Refusal.conflict(
                    "nothing-to-undo",
                    "nothing of "
                            + act
                            + " is left as it was made"
                            + left.stream()
                                    .findFirst()
                                    .map(l -> ": " + l.key() + " " + l.why())
                                    .orElse(""));
        }
        if (told.size() > 1 || keys.size() + left.size() > 1) {
            entry(tx, id, "undo", act, "", restored, person);
        }
        says.forEach(
                (system, of) -> {
                    if (!of.isEmpty()) {
                        say(tx, system, new Payload.AlertRestored(of, act, id), person);
                    }
                });
        return new Undone(id, act, keys.size(), keys, left);
    }

    /// One alert of an act that is to be undone.
    private record Step(AlertKey key, Optional<Alert> alert, Payload.Restored says, String why) {
        void take(List<Payload.Restored> said, List<Alert> restored, List<Left> left) {
            if (why.isEmpty()) {
                said.add(says);
                alert.ifPresent(restored::add);
            } else {
                left.add(new Left(key, why));
            }
        }
    }

    private List<Step> undo(Tx tx, String act, StoredEvent event, SystemName system) {
        boolean closed = event.data().orElse(null) instanceof Payload.AlertClosed;
        var touched =
                switch (event.data().orElse(null)) {
                    case Payload.AlertAcknowledged p -> p.alerts();
                    case Payload.AlertUnacknowledged p -> p.alerts();
                    case Payload.AlertAssigned p -> p.alerts();
                    case Payload.AlertClosed p -> p.alerts();
                    case Payload.AlertCommented _ ->
                            throw Refusal.conflict(
                                    "not-undone", "what was said stays: comments are not undone");
                    case Payload.AlertRestored _ ->
                            throw Refusal.conflict(
                                    "not-undone",
                                    "this was an undoing itself: do again what it undid");
                    case null, default ->
                            throw Refusal.conflict(
                                    "no-longer-kept", "what this act did is no longer kept");
                };
        return touched.stream().map(t -> step(tx, act, system, t, closed)).toList();
    }

    private Step step(
            Tx tx, String act, SystemName system, Payload.Touched touched, boolean closed) {
        var key = new AlertKey(CheckKey.of(system.value(), touched.entity(), touched.check()));
        var alert = alerts.alert(tx, key);
        var now = closed ? status(key) : Optional.<CheckStatus>empty();
        var says =
                new Payload.Restored(
                        touched.entity(),
                        touched.check(),
                        touched.episode(),
                        closed,
                        now.filter(Acts::flaps).isPresent(),
                        touched.before());
        String why = changedSince(alert, act, touched, closed);
        if (why.isEmpty() && closed && !stillBad(key, now)) {
            why = "is good meanwhile";
        }
        return new Step(key, alert, says, why);
    }

    private Optional<CheckStatus> status(AlertKey key) {
        return statuses.now().getOrDefault(key.about().system(), List.of()).stream()
                .filter(s -> s.key().equals(key.about()))
                .findFirst();
    }

    /// Whether it does by its results, also while they are stale.
    private static boolean flaps(CheckStatus status) {
        return status.latest().filter(Latest::flapping).isPresent();
    }

    /// What is good would go on firing until it was bad and good once more.
    private boolean stillBad(AlertKey key, Optional<CheckStatus> now) {
        var about = key.about();
        if (!about.check().equals(AlertConsumer.AGENT_CHECK)) {
            return now.filter(s -> s.state().bad() || flaps(s)).isPresent();
        }
        return agents.all().stream()
                .filter(a -> a.presence() == AgentRecord.Presence.SILENT)
                .filter(a -> a.home().equals(about.system()))
                .anyMatch(
                        a ->
                                about.entity().equals(AlertConsumer.ALL_AGENTS)
                                        || about.entity().equals(a.name()));
    }

    private static String changedSince(
            Optional<Alert> alert, String act, Payload.Touched touched, boolean closed) {
        if (alert.isEmpty()) {
            return "is no more";
        }
        if (alert.get().care().act().equals(act)) {
            boolean over = !closed && !alert.get().firing();
            return over ? "is resolved meanwhile" : "";
        }
        return alert.get().episode().value().equals(touched.episode())
                ? "was changed since"
                : "fired anew since";
    }

    /// What an act came to, as its events tell it.
    ///
    /// @param verb as on the command line; `undo` for an undoing
    /// @param count how many alerts it touched
    /// @param of how many the act had touched that was undone; otherwise the same
    public record Told(String verb, int count, int of) {}

    public Optional<Told> told(String act) {
        return store.read(
                tx -> {
                    var said = said(tx, act);
                    int count = said.stream().mapToInt(p -> touched(p).size()).sum();
                    return said.stream()
                            .findFirst()
                            .map(
                                    first ->
                                            first instanceof Payload.AlertRestored p
                                                    ? new Told(
                                                            "undo",
                                                            count,
                                                            said(tx, p.undoes()).stream()
                                                                    .mapToInt(
                                                                            o -> touched(o).size())
                                                                    .sum())
                                                    : new Told(verb(first), count, count));
                });
    }

    private List<Payload> said(Tx tx, String act) {
        return alerts.eventsOfAct(tx, act).stream()
                .flatMap(hash -> events.find(tx, hash).stream())
                .flatMap(event -> event.data().stream())
                .toList();
    }

    private static String verb(Payload payload) {
        return switch (payload) {
            case Payload.AlertAcknowledged _ -> "ack";
            case Payload.AlertUnacknowledged _ -> "unack";
            case Payload.AlertAssigned _ -> "assign";
            case Payload.AlertClosed _ -> "resolve";
            default -> "comment"; // there are no others
        };
    }

    private void entry(
            Tx tx,
            String id,
            String verb,
            String query,
            String words,
            SortedMap<SystemName, List<Alert>> of,
            Actor person) {
        var keys = of.values().stream().flatMap(List::stream).map(a -> a.key().toString()).toList();
        log.append(
                tx,
                systems.instance().id(),
                new Payload.AlertBulk(id, verb, query, keys.size(), words, keys),
                now(),
                person.by());
    }

    private void say(Tx tx, SystemName system, Payload payload, Actor person) {
        var by = person.under().apply(system);
        systems.idOf(system)
                .ifPresent(
                        id -> {
                            var event = log.append(tx, id, payload, now(), by);
                            act(payload).ifPresent(a -> alerts.saveAct(tx, a, event.hash()));
                            fold.apply(tx, system, payload, event.header().at());
                        });
    }

    /// The alerts that an act touched, as an event tells it.
    public static List<Payload.Touched> touched(Payload payload) {
        return switch (payload) {
            case Payload.AlertAcknowledged p -> p.alerts();
            case Payload.AlertUnacknowledged p -> p.alerts();
            case Payload.AlertAssigned p -> p.alerts();
            case Payload.AlertClosed p -> p.alerts();
            case Payload.AlertCommented p -> p.alerts();
            case Payload.AlertRestored p -> p.alerts().stream().map(Acts::touched).toList();
            default -> List.of(); // the others are no acts of people
        };
    }

    private static Payload.Touched touched(Payload.Restored restored) {
        return new Payload.Touched(
                restored.entity(), restored.check(), restored.episode(), restored.held());
    }

    /// The act that an event tells of.
    public static Optional<String> act(Payload payload) {
        return switch (payload) {
            case Payload.AlertAcknowledged p -> Optional.of(p.act());
            case Payload.AlertUnacknowledged p -> Optional.of(p.act());
            case Payload.AlertAssigned p -> Optional.of(p.act());
            case Payload.AlertClosed p -> Optional.of(p.act());
            case Payload.AlertCommented p -> Optional.of(p.act());
            case Payload.AlertRestored p -> Optional.of(p.act());
            default -> Optional.empty(); // the others are no acts of people
        };
    }

    private static SortedMap<SystemName, Integer> counts(
            SortedMap<SystemName, List<Alert>> touched) {
        var counts = new TreeMap<SystemName, Integer>();
        touched.forEach((system, of) -> counts.put(system, of.size()));
        return counts;
    }

    /// As exact as the tables keep it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String newId() {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        return "b_" + Base32.encode(bytes);
    }
}
