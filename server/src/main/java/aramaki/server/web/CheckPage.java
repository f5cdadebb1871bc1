package aramaki.server.web;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Probing;
import aramaki.model.system.SystemName;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.files.Durations;
import aramaki.server.system.files.Schedules;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `/s/{system}/checks/{check}`: one check on each entity, how it got there, how it is defined.
final class CheckPage {
    private final Services services;
    private final Views views;
    private final Trees trees;
    private final Pages pages;
    private final CheckEntities entities;

    CheckPage(Services services, Views views, Trees trees, EventRows events, Pages pages) {
        this.entities = new CheckEntities(services, views, events);
        this.services = services;
        this.views = views;
        this.trees = trees;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/s/{system}/checks/{check}",
                        Need.on(Verb.READ),
                        "One check and what it saw.",
                        this::show),
                new Route(
                        Route.Method.POST,
                        "/s/{system}/checks/{check}/run",
                        Need.on(Verb.RUN),
                        "Runs a check at once and shows its result.",
                        null,
                        null,
                        this::run));
    }

    /// Waits for the result, as the one who pressed the button does.
    private void run(Exchange exchange) {
        var entity =
                Optional.ofNullable(exchange.context().formParam("entity"))
                        .filter(e -> !e.isEmpty())
                        .map(EntityName::new);
        var key =
                services.runs()
                        .key(
                                new SystemName(exchange.path("system")),
                                new CheckName(exchange.path("check")),
                                entity);
        var made = services.runs().run(key).observation().finished();
        exchange.context()
                .redirect(
                        Focus.entity(key) + "&at=" + Focus.text(made) + "#result",
                        HttpStatus.SEE_OTHER);
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
        var focus = Focus.of(exchange, moment.now(), services.zone());
        focus.entity()
                .filter(e -> statuses.stream().noneMatch(s -> s.key().entity().equals(e)))
                .ifPresent(
                        e -> {
                            throw Refusal.notFound("result of this check on", e.value());
                        });
        var shown = services.store().read(tx -> entities.of(tx, moment, check, focus, statuses));
        String path = "/s/" + system.name() + "/checks/" + name;
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
                                                + ".",
                                        path + "/run",
                                        shown.size() < statuses.size()
                                                ? Optional.of(
                                                        new Place(
                                                                "all "
                                                                        + statuses.size()
                                                                        + " entities",
                                                                path))
                                                : Optional.empty()),
                                shown,
                                definition(check))));
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
