package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Schedule;
import aramaki.model.system.SystemName;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.PastAnswers.MetricLine;
import aramaki.server.api.PastAnswers.MetricPoint;
import aramaki.server.api.PastAnswers.MetricRange;
import aramaki.server.api.PastAnswers.Metrics;
import aramaki.server.api.PastAnswers.SpanItem;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Latest;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.Past;
import aramaki.server.observation.Piece;
import aramaki.server.observation.Piece.Kind;
import aramaki.server.observation.Statuses;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.system.files.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The past of a check over HTTP: its states in spans, and its metrics over time.
public final class CheckPastApi {
    private static final int POINTS = 240;
    private static final int MOST_POINTS = 2000;

    private final Store store;
    private final Systems systems;
    private final Statuses statuses;
    private final Past past;
    private final MetricLines lines;
    private final InstantSource clock;

    public CheckPastApi(
            Store store,
            Systems systems,
            Statuses statuses,
            Past past,
            MetricLines lines,
            InstantSource clock) {
        this.store = store;
        this.systems = systems;
        this.statuses = statuses;
        this.past = past;
        this.lines = lines;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/checks/{system}/{check}/metrics",
                        Need.on(Verb.READ),
                        "The metrics of a check on one entity over time; from and to are instants or"
                                + " durations ago, by default the last 24 hours.",
                        Metrics.class,
                        this::metrics),
                Route.list(
                        "/api/v1/checks/{system}/{check}/spans",
                        Need.on(Verb.READ),
                        "The states of a check on one entity over time, without a hole; by default the"
                                + " last 90 days.",
                        SpanItem.class,
                        this::spans));
    }

    /// What is asked about, over which time.
    private record Asked(Check check, CheckKey key, Instant from, Instant to, Instant now) {}

    private Asked asked(Exchange exchange, Duration usual) {
        var system = systems.require(new SystemName(exchange.path("system")));
        var name = new CheckName(exchange.path("check"));
        var check =
                system.definition()
                        .check(name)
                        .orElseThrow(
                                () ->
                                        Refusal.notFound(
                                                "check in system " + system.name(), name.value()));
        var entity =
                exchange.query("entity")
                        .map(EntityName::new)
                        .or(() -> onlyEntity(system.name(), name))
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "which-entity",
                                                "say which entity: ?entity=NAME, since this check"
                                                        + " has not exactly one"));
        var now = clock.instant();
        var to = exchange.query("to").map(t -> moment("to", t, now)).orElse(now);
        var from = exchange.query("from").map(t -> moment("from", t, now)).orElse(to.minus(usual));
        if (!from.isBefore(to) || from.plus(Duration.ofDays(3660)).isBefore(to)) {
            throw Refusal.invalid("bad-range", "from must lie before to, by ten years at the most");
        }
        return new Asked(check, new CheckKey(system.name(), entity, name), from, to, now);
    }

    private Optional<EntityName> onlyEntity(SystemName system, CheckName check) {
        var all = of(system).stream().filter(s -> s.key().check().equals(check)).toList();
        return all.size() == 1 ? Optional.of(all.getFirst().key().entity()) : Optional.empty();
    }

    private List<CheckStatus> of(SystemName system) {
        return statuses.now().getOrDefault(system, List.of());
    }

    private static Instant moment(String name, String text, Instant now) {
        var ago = Durations.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "bad-instant",
                    name + " is no time: write 6h, or an instant like 2026-11-22T03:00:00Z");
        }
    }

    private void metrics(Exchange exchange) {
        var asked = asked(exchange, Duration.ofHours(24));
        int points = exchange.query("points").map(CheckPastApi::points).orElse(POINTS);
        var every =
                asked.check().schedule() instanceof Schedule.Every(var often)
                        ? often
                        : asked.check().ttl().dividedBy(2);
        var wanted =
                new MetricLines.Wanted(
                        asked.key(),
                        exchange.query("name"),
                        asked.from(),
                        asked.to(),
                        every,
                        points);
        var found = store.read(tx -> lines.of(tx, wanted, asked.now()));
        var key = asked.key();
        exchange.json(
                new Metrics(
                        key.system().value(),
                        key.entity().value(),
                        key.check().value(),
                        asked.from(),
                        asked.to(),
                        found.stream().map(CheckPastApi::line).toList()));
    }

    private static int points(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1) {
            throw Refusal.invalid("bad-points", "points must be 1 to " + MOST_POINTS);
        }
        return Math.min(MOST_POINTS, Integer.parseInt(text));
    }

    private static MetricLine line(MetricLines.Line line) {
        return new MetricLine(
                line.name(),
                line.unit(),
                line.step().toMillis() / 1000.0,
                line.points().stream()
                        .map(
                                p ->
                                        new MetricPoint(
                                                p.at(),
                                                p.least(),
                                                p.average(),
                                                p.most(),
                                                p.results()))
                        .toList(),
                line.ranges().stream()
                        .map(r -> new MetricRange(r.from(), some(r.warn()), some(r.crit())))
                        .toList());
    }

    private static @org.jspecify.annotations.Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }

    private void spans(Exchange exchange) {
        var asked = asked(exchange, Duration.ofDays(90));
        Optional<Latest> latest =
                of(asked.key().system()).stream()
                        .filter(s -> s.key().equals(asked.key()))
                        .findFirst()
                        .flatMap(CheckStatus::latest);
        var pieces =
                store.read(
                        tx ->
                                past.of(
                                        tx,
                                        asked.key(),
                                        latest,
                                        asked.check().ttl(),
                                        asked.from(),
                                        asked.to(),
                                        asked.now()));
        exchange.json(
                new Items<>(pieces.reversed().stream().map(CheckPastApi::span).toList(), null));
    }

    private static SpanItem span(Piece piece) {
        return switch (piece.kind()) {
            case Kind.Stood(var state, var flapping) ->
                    new SpanItem(piece.from(), piece.to(), state.word(), flapping, null);
            case Kind.Gap(var why) ->
                    new SpanItem(piece.from(), piece.to(), null, false, why.words());
        };
    }
}
