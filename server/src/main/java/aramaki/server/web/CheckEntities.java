package aramaki.server.web;

import aramaki.model.alert.AlertKey;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import aramaki.model.observation.Schedule;
import aramaki.server.alert.Firings;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Latest;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore.Hops;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.store.Tx;
import aramaki.server.web.view.AlertRow;
import aramaki.server.web.view.ChartView;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.HopRow;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.Scale;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StripView;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// A check on each of its entities; of one that is looked at closely also its past, drawn, down to
/// single results.
final class CheckEntities {
    private static final int HISTORY = 50;
    private static final int ACTS = 20;

    /// The past of more entities than this would make the page too long to read; the worst first.
    private static final int WITH_HISTORY = 20;

    private static final int CHARTS = 12;
    private static final int POINTS = 240;
    private static final int DAYS = 92;
    private static final int CELLS = 120;
    private static final Duration QUARTER = Duration.ofDays(90);
    private static final List<String> RANGES =
            List.of("1h", "6h", "24h", "7d", "30d", "90d", "400d");

    private final Services services;
    private final Views views;
    private final EventRows events;

    CheckEntities(Services services, Views views, EventRows events) {
        this.events = events;
        this.services = services;
        this.views = views;
    }

    /// One request for one check.
    record Asked(Tx tx, Moment moment, Check check, Focus focus, boolean closely) {}

    List<CheckView.EntityCheck> of(
            Tx tx, Moment moment, Check check, Focus focus, List<CheckStatus> statuses) {
        var shown =
                statuses.stream()
                        .filter(s -> focus.entity().isEmpty() || focus.is(s.key().entity()))
                        .toList();
        var asked = new Asked(tx, moment, check, focus, shown.size() == 1);
        var firings =
                services.alerts()
                        .firings(tx, shown.stream().map(s -> new AlertKey(s.key())).toList());
        var entities = new ArrayList<CheckView.EntityCheck>();
        for (var status : shown) {
            entities.add(entity(asked, status, firings, entities.size() < WITH_HISTORY));
        }
        return entities;
    }

    private CheckView.EntityCheck entity(
            Asked asked, CheckStatus status, Map<AlertKey, Firings> firings, boolean withHistory) {
        var history = withHistory ? history(asked, status.key()) : List.<Recorded>of();
        return new CheckView.EntityCheck(
                status.key().entity().value(),
                new CheckView.Now(
                        StateBadge.of(status.state()),
                        Views.because(status),
                        views.ago(asked.moment(), status.since()),
                        views.ago(asked.moment(), status.seenAt()),
                        status.output(),
                        told(asked.moment(), status, firings),
                        services.alerts()
                                .alert(asked.tx(), new AlertKey(status.key()))
                                .map(a -> views.held(asked.moment(), a))
                                .orElse(AlertRow.Held.BY_NOBODY),
                        asked.closely()
                                ? events.rows(
                                        services.story()
                                                .of(asked.tx(), new AlertKey(status.key()), ACTS))
                                : List.of()),
                withHistory ? past(asked, status, history) : CheckView.Past.none(),
                status.latest().map(Latest::metrics).orElse(List.of()).stream()
                        .map(CheckEntities::metric)
                        .toList(),
                history.stream()
                        .limit(HISTORY)
                        .map(r -> past(asked.focus(), status.key(), r))
                        .toList(),
                hops(asked.tx(), history));
    }

    private String told(Moment moment, CheckStatus status, Map<AlertKey, Firings> firings) {
        return Optional.ofNullable(firings.get(new AlertKey(status.key())))
                .map(
                        f ->
                                f.history(moment.now(), status.lastOk())
                                        .sentence(
                                                status.state().bad() || status.flapping(),
                                                moment.now(),
                                                services.zone()))
                .orElse("");
    }

    /// Of the time that is looked at; one more than is shown, to know whether there are more.
    private List<Recorded> history(Asked asked, CheckKey key) {
        if (!asked.closely()) {
            return services.observations()
                    .history(
                            asked.tx(),
                            key.system(),
                            key.check(),
                            Optional.of(key.entity()),
                            Long.MAX_VALUE,
                            HISTORY);
        }
        var focus = asked.focus();
        return services.past()
                .made(asked.tx(), key, focus.begin(), focus.end().plusMillis(1), HISTORY + 1);
    }

    private CheckView.Past past(Asked asked, CheckStatus status, List<Recorded> history) {
        var key = status.key();
        var now = asked.moment().now();
        var focus = asked.focus();
        var quarter =
                strip(
                        asked,
                        status,
                        now.minus(QUARTER),
                        now,
                        "90 days",
                        DAYS,
                        asked.closely() ? focus.begin() : now,
                        asked.closely() ? focus.end() : now);
        if (!asked.closely()) {
            return new CheckView.Past(
                    quarter,
                    StripView.none(),
                    List.of(new Place("charts and single results", Focus.entity(key))),
                    List.of(),
                    Optional.empty(),
                    "");
        }
        String older =
                history.size() > HISTORY
                        ? Focus.href(
                                key,
                                focus.begin(),
                                history.get(HISTORY - 1).observation().finished())
                        : "";
        return new CheckView.Past(
                quarter,
                strip(
                        asked,
                        status,
                        focus.begin(),
                        focus.end(),
                        says(focus),
                        CELLS,
                        Instant.MAX,
                        Instant.MIN),
                ranges(key, focus),
                charts(asked, key),
                focus.at().flatMap(at -> one(asked, key, at)),
                older);
    }

    private String says(Focus focus) {
        var zone = services.zone();
        return When.moment(focus.begin(), zone).relative()
                + " to "
                + (focus.to().isEmpty() ? "now" : When.moment(focus.end(), zone).relative());
    }

    private static List<Place> ranges(CheckKey key, Focus focus) {
        var length = Duration.between(focus.begin(), focus.end());
        var ranges = new ArrayList<Place>();
        for (String range : RANGES) {
            boolean current =
                    focus.to().isEmpty()
                            && (focus.from().isEmpty() ? Focus.DEFAULT_FROM : focus.from())
                                    .equals(range);
            ranges.add(current ? Place.nowhere(range) : new Place(range, Focus.href(key, range)));
        }
        ranges.add(
                new Place(
                        "« earlier", Focus.href(key, focus.begin().minus(length), focus.begin())));
        if (!focus.to().isEmpty()) {
            ranges.add(
                    new Place("later »", Focus.href(key, focus.end(), focus.end().plus(length))));
        }
        ranges.add(
                new Place(
                        "wider",
                        Focus.href(key, focus.begin().minus(length), focus.end().plus(length))));
        return ranges;
    }

    private StripView strip(
            Asked asked,
            CheckStatus status,
            Instant from,
            Instant to,
            String says,
            int cells,
            Instant chosenFrom,
            Instant chosenTo) {
        var pieces =
                services.pasts()
                        .of(
                                asked.tx(),
                                status.key(),
                                status.latest(),
                                asked.check().ttl(),
                                from,
                                to,
                                asked.moment().now());
        return new Strip(from, to, services.zone(), (a, b) -> Focus.href(status.key(), a, b))
                .view(says, pieces, cells, chosenFrom, chosenTo);
    }

    private List<ChartView> charts(Asked asked, CheckKey key) {
        var check = asked.check();
        var focus = asked.focus();
        var every =
                check.schedule() instanceof Schedule.Every(var often)
                        ? often
                        : check.ttl().dividedBy(2);
        var charts = new Charts(focus.begin(), focus.end(), check.ttl(), services.zone());
        return services
                .lines()
                .of(
                        asked.tx(),
                        new MetricLines.Wanted(
                                key, Optional.empty(), focus.begin(), focus.end(), every, POINTS),
                        asked.moment().now())
                .stream()
                .limit(CHARTS)
                .map(charts::chart)
                .toList();
    }

    private Optional<CheckView.OneResult> one(Asked asked, CheckKey key, Instant at) {
        var past = services.past();
        var tx = asked.tx();
        return past.madeBy(tx, key, at)
                .map(
                        recorded -> {
                            var seen = recorded.observation();
                            var made = seen.finished();
                            var before = past.madeBy(tx, key, made.minusMillis(1));
                            var after =
                                    past.made(
                                            tx,
                                            key,
                                            made.plusMillis(1),
                                            made.plus(asked.check().ttl().multipliedBy(2)),
                                            HISTORY);
                            return new CheckView.OneResult(
                                    ObservationId.text(recorded.number()),
                                    When.moment(made, services.zone()),
                                    StateBadge.of(seen.state()),
                                    seen.output(),
                                    seen.metrics().stream().map(CheckEntities::metric).toList(),
                                    hops(
                                            recorded,
                                            services.observations().hops(tx, recorded.number())),
                                    Stream.of(
                                                    before.map(
                                                            b -> result(asked, key, b, "« before")),
                                                    after.isEmpty()
                                                            ? Optional.<Place>empty()
                                                            : Optional.of(
                                                                    result(
                                                                            asked,
                                                                            key,
                                                                            after.getLast(),
                                                                            "after »")))
                                            .flatMap(Optional::stream)
                                            .toList());
                        });
    }

    private static Place result(Asked asked, CheckKey key, Recorded recorded, String word) {
        return new Place(word, asked.focus().result(key, recorded.observation().finished()));
    }

    private CheckView.HistoryRow past(Focus focus, CheckKey key, Recorded recorded) {
        var seen = recorded.observation();
        return new CheckView.HistoryRow(
                When.clock(seen.finished(), services.zone()),
                StateBadge.of(seen.state()),
                Views.line(seen.output()),
                focus.result(key, seen.finished()));
    }

    /// The way of the newest result that changed something, which went all the way; else of the
    /// newest.
    private List<HopRow> hops(Tx tx, List<Recorded> history) {
        for (var recorded : history) {
            var hops = services.observations().hops(tx, recorded.number());
            if (hops.isPresent()) {
                return hops(recorded, hops);
            }
        }
        return history.isEmpty() ? List.of() : hops(history.getFirst(), Optional.empty());
    }

    private List<HopRow> hops(Recorded recorded, Optional<Hops> later) {
        var seen = recorded.observation();
        return HopRow.of(
                List.of(
                        hop("due", Optional.of(seen.due())),
                        hop("started", Optional.of(seen.started())),
                        hop("finished", Optional.of(seen.finished())),
                        hop("spooled", Optional.of(recorded.spooled())),
                        hop("sent", Optional.of(recorded.sent())),
                        hop("committed", Optional.of(recorded.committed())),
                        hop("event", later.map(Hops::eventAt)),
                        hop("alert", later.flatMap(Hops::alertAt)),
                        hop("page", later.flatMap(Hops::pageAt))),
                services.zone());
    }

    private static Map.Entry<String, Optional<Instant>> hop(String name, Optional<Instant> at) {
        return Map.entry(name, at);
    }

    private static CheckView.MetricRow metric(Metric metric) {
        return new CheckView.MetricRow(
                metric.name(),
                metric.value().isPresent() ? value(metric, metric.value()) : "not known",
                metric.warn().map(Range::toString).orElse(""),
                metric.crit().map(Range::toString).orElse(""),
                value(metric, metric.min()),
                value(metric, metric.max()));
    }

    private static String value(Metric metric, OptionalDouble value) {
        return value.isEmpty() ? "" : Scale.text(metric.unit(), value.getAsDouble());
    }
}
