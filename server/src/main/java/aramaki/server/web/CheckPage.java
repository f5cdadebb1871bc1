package aramaki.server.web;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Probing;
import aramaki.model.observation.Range;
import aramaki.model.system.SystemName;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Latest;
import aramaki.server.observation.ObservationStore.Hops;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.store.Tx;
import aramaki.server.system.files.Durations;
import aramaki.server.system.files.Schedules;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.HopRow;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.StateBadge;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `/s/{system}/checks/{check}`: one check on each entity, how it got there, how it is defined.
final class CheckPage {
    private static final int HISTORY = 50;

    /// The past of more entities than this would make the page too long to read; the worst first.
    private static final int WITH_HISTORY = 20;

    private final Services services;
    private final Views views;
    private final Trees trees;
    private final Pages pages;

    CheckPage(Services services, Views views, Trees trees, Pages pages) {
        this.services = services;
        this.views = views;
        this.trees = trees;
        this.pages = pages;
    }

    Route route() {
        return Route.page("/s/{system}/checks/{check}", "One check and what it saw.", this::show);
    }

    private void show(Exchange exchange) {
        var system = services.systems().require(new SystemName(exchange.path("system")));
        var name = new CheckName(exchange.path("check"));
        var check =
                system.definition()
                        .check(name)
                        .orElseThrow(
                                () ->
                                        Refusal.notFound(
                                                "check in system " + system.name(), name.value()));
        var moment = views.moment(exchange);
        var statuses =
                moment.own(system.name()).stream()
                        .filter(s -> s.key().check().equals(name))
                        .toList();
        var way = moment.ways(trees.anchors(moment)).getOrDefault(system.name(), List.of());
        var entities = services.store().read(tx -> entities(tx, moment, statuses));
        exchange.html(
                200,
                pages.check(
                        new CheckView(
                                views.frame(
                                                moment,
                                                name.value(),
                                                Frame.Section.SYSTEMS,
                                                "aramaki check show " + system.name() + "/" + name)
                                        .with(views.around(moment, system.name(), name)),
                                new CheckView.Head(
                                        name.value(),
                                        StateBadge.of(Moment.worst(statuses)),
                                        way.stream().map(Views::system).toList(),
                                        "On "
                                                + Views.count(statuses.size(), "entity", "entities")
                                                + ", "
                                                + Schedules.text(check.schedule(), moment.now())
                                                + "."),
                                entities,
                                definition(check))));
    }

    private List<CheckView.EntityCheck> entities(Tx tx, Moment moment, List<CheckStatus> statuses) {
        var entities = new ArrayList<CheckView.EntityCheck>();
        for (var status : statuses) {
            var history =
                    entities.size() < WITH_HISTORY ? history(tx, status) : List.<Recorded>of();
            entities.add(
                    new CheckView.EntityCheck(
                            status.key().entity().value(),
                            new CheckView.Now(
                                    Views.badge(status),
                                    Views.because(status),
                                    views.ago(moment, status.since()),
                                    views.ago(moment, status.seenAt()),
                                    status.output()),
                            status.latest().map(Latest::metrics).orElse(List.of()).stream()
                                    .map(CheckPage::metric)
                                    .toList(),
                            history.stream().map(this::past).toList(),
                            hops(tx, history)));
        }
        return entities;
    }

    private List<Recorded> history(Tx tx, CheckStatus status) {
        return services.observations()
                .history(
                        tx,
                        status.key().system(),
                        status.key().check(),
                        Optional.of(status.key().entity()),
                        Long.MAX_VALUE,
                        HISTORY);
    }

    private CheckView.HistoryRow past(Recorded recorded) {
        var seen = recorded.observation();
        return new CheckView.HistoryRow(
                views.clock(seen.finished()),
                StateBadge.of(seen.state()),
                Views.line(seen.output()));
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
                metric.value().isPresent()
                        ? number(metric.value()) + unit(metric.unit())
                        : "not known",
                metric.warn().map(Range::toString).orElse(""),
                metric.crit().map(Range::toString).orElse(""),
                number(metric.min()),
                number(metric.max()));
    }

    /// Three digits more than people compare, and no exponent.
    private static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double number = value.getAsDouble();
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString((long) number);
        }
        return new BigDecimal(number)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String unit(String unit) {
        return unit.isEmpty() || unit.equals("%") ? unit : " " + unit;
    }

    private static List<Fact> definition(Check check) {
        var facts = new ArrayList<Fact>();
        switch (check.probing()) {
            case Probing.Command(var argv) ->
                    facts.add(
                            Fact.code(
                                    "command",
                                    argv.stream()
                                            .map(CheckPage::word)
                                            .collect(Collectors.joining(" "))));
            case Probing.Probe(var kind, var parameters) -> {
                facts.add(Fact.code("probe", kind));
                new TreeMap<>(parameters).forEach((key, value) -> facts.add(Fact.code(key, value)));
            }
        }
        facts.add(Fact.words("runs", Schedules.text(check.schedule())));
        facts.add(Fact.words("timeout", Durations.text(check.timeout())));
        facts.add(Fact.words("ttl", Durations.text(check.ttl())));
        facts.add(Fact.words("attempts", Integer.toString(check.attempts())));
        check.retry().ifPresent(r -> facts.add(Fact.words("retry", Durations.text(r))));
        facts.add(
                check.on().equals(Labels.NONE)
                        ? Fact.words("on", "every agent of its system")
                        : Fact.code("on", check.on().toString()));
        if (!check.labels().equals(Labels.NONE)) {
            facts.add(Fact.code("labels", check.labels().toString()));
        }
        check.runbook().ifPresent(r -> facts.add(Fact.code("runbook", r)));
        return facts;
    }

    /// As one would type it, so that one can.
    private static String word(String argument) {
        return argument.matches("[A-Za-z0-9_./:=,%+@{}~-]+")
                ? argument
                : "'" + argument.replace("'", "'\\''") + "'";
    }
}
