package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;
import aramaki.model.grant.Verb;
import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.alert.Act;
import aramaki.server.alert.Acts;
import aramaki.server.alert.AlertQuery;
import aramaki.server.alert.Inquiry;
import aramaki.server.api.AlertAnswers.ActAnswer;
import aramaki.server.api.AlertAnswers.ActRequest;
import aramaki.server.api.AlertAnswers.LeftItem;
import aramaki.server.api.AlertAnswers.OneActRequest;
import aramaki.server.api.AlertAnswers.UndoAnswer;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.files.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What people do about alerts, over HTTP.
public final class AlertActApi {
    private static final int LEFT = 100;

    private final Acts acts;
    private final Inquiry inquiry;
    private final Supplier<List<Caller>> people;

    public AlertActApi(Acts acts, Inquiry inquiry, Supplier<List<Caller>> people) {
        this.acts = acts;
        this.inquiry = inquiry;
        this.people = people;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(
                Route.post(
                        "/api/v1/alerts/acts",
                        Need.onNamed(Verb.ACK),
                        "Acts on many alerts at once, by `query` or `keys`: `act` is `ack`,"
                                + " `unack`, `resolve`, `assign` or `comment`; `dryRun` only says"
                                + " how many; `expected` refuses when more are meant by now.",
                        ActRequest.class,
                        ActAnswer.class,
                        this::many));
        routes.add(
                Route.post(
                        "/api/v1/alerts/acts/{act}/undo",
                        Need.onNamed(Verb.ACK),
                        "Puts back everything of an act that nobody changed since, and says what"
                                + " it left.",
                        null,
                        UndoAnswer.class,
                        this::undo));
        Map<String, String> verbs = new TreeMap<>();
        verbs.put("ack", "Takes an alert, for `length` (4h) or `untilResolved`.");
        verbs.put("unack", "Gives an alert back: nobody has it.");
        verbs.put(
                "resolve",
                "Ends an alert by hand. What is still bad fires anew at its next bad change, not"
                        + " at once.");
        verbs.put("assign", "Gives an alert to a person, `to` a name; without, to nobody.");
        verbs.put("comment", "Writes something about an alert.");
        verbs.forEach(
                (verb, summary) ->
                        routes.add(
                                Route.post(
                                        "/api/v1/alerts/{system}/{entity}/{check}/" + verb,
                                        Need.on(verb.equals("comment") ? Verb.NOTE : Verb.ACK),
                                        summary,
                                        OneActRequest.class,
                                        ActAnswer.class,
                                        exchange -> one(exchange, verb))));
        return routes;
    }

    private void one(Exchange exchange, String verb) {
        var key =
                new AlertKey(
                        CheckKey.of(
                                exchange.path("system"),
                                exchange.path("entity"),
                                exchange.path("check")));
        var act = act(verb, exchange.body(OneActRequest.class));
        exchange.json(answer(verb, false, acts.act(key, act, Handling.actor(exchange, act))));
    }

    private void many(Exchange exchange) {
        var request = exchange.body(ActRequest.class);
        var act =
                act(
                        request.act(),
                        new OneActRequest(
                                request.length(),
                                request.untilResolved(),
                                request.comment(),
                                request.to()));
        String text = request.query();
        var named = request.keys();
        if ((text == null) == (named == null)) {
            throw Refusal.invalid("bad-act", "say either query or keys");
        }
        var caller = exchange.caller();
        var query = Optional.ofNullable(text);
        var keys =
                query.map(q -> inquiry.meant(AlertQuery.parse(q), act, caller))
                        .map(found -> Handling.meant(exchange, act, found))
                        .orElseGet(
                                () ->
                                        Handling.named(
                                                exchange,
                                                act,
                                                (named == null ? List.<String>of() : named)
                                                        .stream()
                                                                .distinct()
                                                                .map(AlertKey::parse)
                                                                .toList()));
        if (Boolean.TRUE.equals(request.dryRun())) {
            exchange.json(meant(request.act(), keys));
            return;
        }
        Integer expected = request.expected();
        if (expected != null && keys.size() > expected) {
            throw Refusal.conflict(
                    "more-by-now",
                    "by now "
                            + keys.size()
                            + " alerts are meant, not "
                            + expected
                            + ": look again, nothing was done");
        }
        exchange.json(
                answer(
                        request.act(),
                        false,
                        acts.act(keys, act, query, Handling.actor(exchange, act))));
    }

    private void undo(Exchange exchange) {
        var undone = acts.undo(exchange.path("act"), Handling.undoing(exchange));
        exchange.json(
                new UndoAnswer(undone.id(), undone.undoes(), undone.count(), left(undone.left())));
    }

    private static ActAnswer meant(String verb, List<AlertKey> keys) {
        var systems =
                keys.stream()
                        .collect(
                                Collectors.groupingBy(
                                        k -> k.about().system().value(),
                                        TreeMap::new,
                                        Collectors.summingInt(_ -> 1)));
        return new ActAnswer(null, verb, true, keys.size(), systems, 0, List.of());
    }

    private static ActAnswer answer(String verb, boolean dryRun, Acts.Done done) {
        var systems = new TreeMap<String, Integer>();
        done.systems()
                .forEach((SystemName name, Integer count) -> systems.put(name.value(), count));
        return new ActAnswer(
                done.id().isEmpty() ? null : done.id(),
                verb,
                dryRun,
                done.count(),
                systems,
                done.left().size(),
                left(done.left()));
    }

    private static List<LeftItem> left(List<Acts.Left> left) {
        return left.stream()
                .limit(LEFT)
                .map(l -> new LeftItem(l.key().toString(), l.why()))
                .toList();
    }

    private Act act(String verb, OneActRequest said) {
        String comment = Optional.ofNullable(said.comment()).orElse("");
        return switch (verb) {
            case "ack" ->
                    new Act.Acknowledge(
                            Boolean.TRUE.equals(said.untilResolved())
                                    ? Optional.empty()
                                    : Optional.of(length(said.length())),
                            comment);
            case "unack" -> new Act.Unacknowledge(comment);
            case "resolve" -> new Act.Resolve(comment);
            case "assign" -> new Act.Assign(person(people, said.to()), comment);
            case "comment" -> new Act.Comment(comment);
            default ->
                    throw Refusal.invalid(
                            "bad-act", "act must be ack, unack, resolve, assign or comment");
        };
    }

    /// How long somebody has an alert, as it is written in files.
    public static Duration length(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Act.USUAL;
        }
        return Durations.parse(text.strip())
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-length",
                                        "\""
                                                + text
                                                + "\" is no length of time: write 30m, 2h or 1d"));
    }

    /// The person of a name; nobody for none.
    public static Optional<Caller> person(Supplier<List<Caller>> people, @Nullable String name) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        var all = people.get();
        return Optional.of(
                all.stream()
                        .filter(p -> p.name().equals(name.strip()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "no-such-person",
                                                "nobody here is called \"" + name.strip() + "\"")));
    }
}
