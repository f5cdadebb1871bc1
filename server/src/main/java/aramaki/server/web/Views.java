package aramaki.server.web;

import aramaki.model.Labels;
import aramaki.model.alert.Acknowledgement;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.Care;
import aramaki.model.alert.Silence;
import aramaki.model.grant.Grant;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.Firings;
import aramaki.server.alert.Hidden;
import aramaki.server.http.Exchange;
import aramaki.server.observation.CheckStatus;
import aramaki.server.presence.Opened;
import aramaki.server.presence.Picture;
import aramaki.server.presence.Viewer;
import aramaki.server.sight.Sight;
import aramaki.server.system.Systems;
import aramaki.server.web.view.AgentRow;
import aramaki.server.web.view.Ages;
import aramaki.server.web.view.AlertRow;
import aramaki.server.web.view.Around;
import aramaki.server.web.view.CheckRow;
import aramaki.server.web.view.FileProblem;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.LastLook;
import aramaki.server.web.view.OpenBy;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.When;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// From what the server holds to the parts that several pages share.
final class Views {
    /// More rows than this help nobody, and the newest and worst come first.
    static final int MANY = 1000;

    /// Firing alerts are looked through whole, so that the worst are shown; up to a bound.
    private static final int ALL_FIRING = 20_000;

    private static final int LINE = 300;
    private static final int EMERGENCY_SYSTEMS = 5;
    private static final String UNNAMED = "This instance";
    private static final Comparator<Alert> WORST_FIRST =
            Comparator.comparing(Alert::severity)
                    .thenComparing(Alert::since)
                    .reversed()
                    .thenComparing(Alert::key);

    private final Services services;

    Views(Services services) {
        this.services = services;
    }

    Moment moment(Exchange exchange) {
        return moment(exchange.caller());
    }

    /// What is news comes first: an alert that fires while the rest is read must stay new.
    Moment moment(Caller person) {
        var sight = Sight.current();
        var graph = services.systems().graph().only(sight::sees);
        var hidden = services.silences().hidden();
        var attention = services.seen().attention(person, graph);
        return new Moment(
                services.clock().instant(),
                person,
                needing(hidden),
                graph,
                services.statuses().now(),
                attention,
                services.presence().now().only(sight::sees),
                hidden);
    }

    private int needing(Hidden hidden) {
        var sight = Sight.current();
        return hidden.nothing() && sight.everything()
                ? Math.toIntExact(services.store().read(services.alerts()::countUnacknowledged))
                : (int)
                        services
                                .store()
                                .read(
                                        tx ->
                                                services.alerts()
                                                        .alerts(
                                                                tx,
                                                                AlertStore.Which.FIRING,
                                                                Optional.empty(),
                                                                ALL_FIRING))
                                .stream()
                                .filter(a -> sight.sees(a.key().about().system()))
                                .filter(a -> !a.acknowledged())
                                .filter(a -> hidden.apply(a).isEmpty())
                                .count();
    }

    /// Whether it needs somebody: nobody has it, and nothing hides it.
    static boolean needs(Moment moment, Alert alert) {
        return !alert.acknowledged() && moment.hidden().apply(alert).isEmpty();
    }

    /// Who has it, and what hides it.
    AlertRow.Held held(Moment moment, Alert alert) {
        var care = alert.firing() ? alert.care() : Care.NOBODY;
        var acknowledged = care.acknowledged();
        return new AlertRow.Held(
                alert.key().toString(),
                care.name(),
                acknowledged.isPresent(),
                ago(moment, acknowledged.flatMap(Acknowledgement::until)),
                acknowledged.filter(Acknowledgement::reminded).isPresent(),
                line(acknowledged.map(Acknowledgement::comment).orElse("")),
                moment.hidden().apply(alert).map(Silence::title).orElse(""));
    }

    Frame frame(Moment moment, String title, Frame.Section section, String command) {
        return new Frame(
                        title,
                        section,
                        instance(),
                        moment.firing(),
                        moment.person().name(),
                        command,
                        clock(moment.now()))
                .during(emergencies(moment.now()));
    }

    /// Emergency rights that somebody woke, of what who looks may see; loud on every page.
    private List<String> emergencies(Instant now) {
        var sight = Sight.current();
        return services.grants().awake(now).stream()
                .filter(g -> services.grants().covers(g).stream().anyMatch(sight::sees))
                .map(g -> emergency(g, sight, now))
                .toList();
    }

    private String emergency(Grant grant, Sight sight, Instant now) {
        return services.grants().nameOf(grant.holder())
                + " woke emergency rights on "
                + services.grants().covers(grant).stream()
                        .filter(sight::sees)
                        .flatMap(id -> services.systems().nameOf(id).stream())
                        .map(SystemName::value)
                        .sorted()
                        .limit(EMERGENCY_SYSTEMS)
                        .collect(Collectors.joining(", "))
                + ", until "
                + clock(grant.awakeUntil().orElse(now)).relative();
    }

    /// Around a refusal, where nobody says who asked.
    Frame anonymous(String title) {
        return new Frame(
                title,
                Frame.Section.NONE,
                instance(),
                0, // it would count what they may not see
                "you",
                "",
                clock(services.clock().instant()));
    }

    /// Around a page for somebody we do not know, or for one we cannot look up any more.
    Frame stranger(String title) {
        return Frame.stranger(title, shortId(), clock(services.clock().instant()));
    }

    String instance() {
        return services.systems()
                .find(Systems.INSTANCE)
                .map(s -> s.definition().title())
                .filter(title -> !title.equals(UNNAMED))
                .orElseGet(this::shortId);
    }

    private String shortId() {
        return services.identity().id().substring(0, 10);
    }

    When ago(Moment moment, Optional<Instant> at) {
        return at.map(t -> When.of(t, moment.now(), services.zone())).orElse(When.NEVER);
    }

    When clock(Instant at) {
        return When.clock(at, services.zone());
    }

    static Place system(SystemName name) {
        return new Place(name.value(), "/s/" + name);
    }

    /// Where a check is shown; of one that is no more, the system it belonged to.
    Place check(CheckKey key) {
        var system = services.systems().find(key.system());
        String href;
        if (system.flatMap(s -> s.definition().check(key.check())).isPresent()) {
            href = "/s/" + key.system() + "/checks/" + key.check() + "#e-" + key.entity();
        } else if (key.check().equals(AlertConsumer.AGENT_CHECK)) {
            href = "/agents#a-" + key.entity();
        } else {
            href = system.isPresent() ? "/s/" + key.system() : "";
        }
        return new Place(key.check().value(), href);
    }

    /// Alerts, worst first, then latest first.
    List<Alert> alerts(AlertStore.Which which) {
        int most = which == AlertStore.Which.FIRING ? ALL_FIRING : MANY;
        var found =
                services.store()
                        .read(tx -> services.alerts().alerts(tx, which, Optional.empty(), most));
        var sight = Sight.current();
        var seen = found.stream().filter(a -> sight.sees(a.key().about().system()));
        return which == AlertStore.Which.FIRING ? seen.sorted(WORST_FIRST).toList() : seen.toList();
    }

    /// Rows for these alerts, with the past of each; one question for all of them.
    List<AlertRow> rows(Moment moment, List<Alert> alerts, Map<SystemName, List<SystemName>> ways) {
        var firings = firings(alerts);
        return alerts.stream().map(a -> alert(moment, a, ways, firings)).toList();
    }

    Map<AlertKey, Firings> firings(List<Alert> alerts) {
        return services.store()
                .read(
                        tx ->
                                services.alerts()
                                        .firings(tx, alerts.stream().map(Alert::key).toList()));
    }

    /// What is known of the past of an alert, as one sentence.
    String history(Moment moment, Alert alert, Map<AlertKey, Firings> firings) {
        return firings.getOrDefault(alert.key(), Firings.of(alert))
                .history(
                        moment.now(),
                        moment.status(alert.key().about()).flatMap(CheckStatus::lastOk))
                .sentence(alert.firing(), moment.now(), services.zone());
    }

    private AlertRow alert(
            Moment moment,
            Alert alert,
            Map<SystemName, List<SystemName>> ways,
            Map<AlertKey, Firings> firings) {
        var about = alert.key().about();
        var where = ways.getOrDefault(about.system(), List.of(about.system()));
        var since = ago(moment, Optional.of(alert.since()));
        String past = history(moment, alert, firings);
        var episode =
                switch (alert.state()) {
                    case AlertState.Firing() ->
                            AlertRow.Episode.firing(since, joined(story(moment, alert), past));
                    case AlertState.Resolved(var at) ->
                            AlertRow.Episode.over(
                                    since,
                                    ago(moment, Optional.of(at)),
                                    Ages.text(Duration.between(alert.since(), at)),
                                    past);
                };
        return new AlertRow(
                StateBadge.of(alert.severity()),
                check(about),
                about.entity().value(),
                where.stream().map(this::known).toList(),
                line(alert.output()),
                episode,
                new AlertRow.Seen(
                        moment.attention().isNew(alert),
                        openBy(moment, picture -> picture.of(about))),
                held(moment, alert));
    }

    /// Above a page about a system: who else has it open, and how much of it is new.
    Around around(Moment moment, SystemName system, List<Alert> alerts) {
        var mark = moment.attention().system(system);
        var news = alerts.stream().filter(moment.attention()::isNew).toList();
        var layers = moment.ways(List.of(system)).keySet();
        return new Around(
                openBy(moment, picture -> picture.of(system)),
                new LastLook(
                        mark.put() ? ago(moment, Optional.of(mark.at())) : When.NEVER,
                        news(news.size()),
                        moment.attention().news().position(),
                        system.value(),
                        // The mark on a system does not cover what is at home elsewhere.
                        news.stream()
                                .map(Alert::key)
                                .filter(key -> !layers.contains(key.about().system()))
                                .limit(SeenForm.ALERTS)
                                .map(AlertKey::toString)
                                .toList()),
                "/s/" + system);
    }

    /// Above the list of all alerts.
    Around around(Moment moment, List<Alert> alerts) {
        var mark = moment.attention().marks().home();
        return new Around(
                List.of(),
                new LastLook(
                        mark.put() ? ago(moment, Optional.of(mark.at())) : When.NEVER,
                        news(alerts.stream().filter(moment.attention()::isNew).count()),
                        moment.attention().news().position(),
                        "",
                        List.of()),
                "/alerts");
    }

    /// The same above the page of a check.
    Around around(Moment moment, SystemName system, CheckName check) {
        var here =
                services
                        .store()
                        .read(
                                tx ->
                                        services.alerts()
                                                .alerts(
                                                        tx,
                                                        AlertStore.Which.ALL,
                                                        Optional.of(system),
                                                        MANY))
                        .stream()
                        .filter(a -> a.key().about().check().equals(check))
                        .filter(moment.attention()::isNew)
                        .limit(SeenForm.ALERTS)
                        .map(a -> a.key().toString())
                        .toList();
        var page = new Opened.OfCheck(system, check, Optional.empty());
        return new Around(
                openBy(moment, picture -> picture.of(page)),
                new LastLook(
                        When.NEVER,
                        news(here.size()),
                        moment.attention().news().position(),
                        "",
                        here),
                page.path());
    }

    private static String news(long number) {
        return number == 0 ? "" : number + " new";
    }

    List<OpenBy> openBy(Moment moment, Function<Picture, List<Viewer>> where) {
        return moment.others(where).stream()
                .map(
                        viewer ->
                                new OpenBy(
                                        viewer.name(),
                                        clock(viewer.since()),
                                        ago(moment, Optional.of(viewer.since()))))
                .toList();
    }

    private static String joined(String story, String past) {
        return story.isEmpty() ? past : story + " · " + past;
    }

    /// What became of it since its severity was last told.
    private static String story(Moment moment, Alert alert) {
        if (alert.flapping()) {
            return moment.status(alert.key().about())
                    .map(s -> "flapping, now " + s.state().word())
                    .orElse("flapping");
        }
        return moment.status(alert.key().about())
                .filter(s -> s.state() != alert.severity())
                .map(
                        s ->
                                "now "
                                        + s.state().word()
                                        + (because(s).isEmpty() ? "" : ": ")
                                        + because(s))
                .orElse("");
    }

    /// Labels as people write them, each with the way to the systems that carry it.
    static List<Place> labels(Labels labels) {
        return labels.values().entrySet().stream()
                .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + "=" + e.getValue())
                .map(text -> new Place(text, "/systems?q=" + parameter(text)))
                .toList();
    }

    private Place known(SystemName name) {
        boolean known =
                services.systems().find(name).isPresent()
                        || services.systems().selection(name).isPresent();
        return known ? system(name) : Place.nowhere(name.value());
    }

    CheckRow checkRow(Moment moment, CheckStatus status) {
        return new CheckRow(
                badge(status),
                check(status.key()),
                status.key().entity().value(),
                new CheckRow.Said(line(status.output()), because(status)),
                ago(moment, status.since()),
                ago(moment, status.seenAt()));
    }

    static StateBadge badge(CheckStatus status) {
        return status.state() == State.STALE && status.planned().isPresent()
                ? StateBadge.plannedStale()
                : StateBadge.of(status.state());
    }

    /// Why a state is no plain result; empty for one that is.
    static String because(CheckStatus status) {
        if (status.planned().isPresent()) {
            return status.planned().get()
                    + (status.state() == State.STALE ? ", was " + status.lastState().word() : "");
        }
        if (status.state() == State.PENDING) {
            return "no result yet";
        }
        if (status.flapping()) {
            int changes = status.latest().map(l -> l.trail().flapping().count()).orElse(0);
            return "flapping: " + count(changes, "change", "changes") + " in 20 results";
        }
        if (status.state() != State.STALE) {
            return "";
        }
        String who =
                status.because()
                        .map(
                                b ->
                                        switch (b) {
                                            case CHECK -> "no result for too long";
                                            case AGENT -> "agent silent";
                                            case SERVER -> "this server was away";
                                            case LINK -> "the link to the peer is cut";
                                        })
                        .orElse("no result for too long");
        return who
                + (status.latest().isEmpty()
                        ? ", never seen"
                        : ", was " + status.lastState().word());
    }

    AgentRow agent(Moment moment, AgentRecord agent, AgentRow.Spool spool) {
        return new AgentRow(
                agent.name().value(),
                host(agent),
                switch (agent.presence()) {
                    case CONNECTED ->
                            agent.paused(moment.now())
                                    ? StateBadge.paused()
                                    : StateBadge.connected();
                    case SILENT -> StateBadge.silent();
                    case STOPPED -> StateBadge.stopped();
                    case REVOKED -> StateBadge.revoked();
                },
                services.systems().servedBy(agent).stream()
                        .filter(s -> Sight.current().sees(s.name()))
                        .map(s -> system(s.name()))
                        .toList(),
                agent.planned(moment.now()).map(why -> why + "; ").orElse("")
                        + (agent.policy().isEmpty() ? "not told" : agent.policy()),
                ago(moment, Optional.of(services.silence().lastHeard(agent))),
                spool);
    }

    private static String host(AgentRecord agent) {
        var facts = agent.facts();
        var words =
                List.of(
                        facts.getOrDefault("os", ""),
                        facts.getOrDefault("kernel", ""),
                        facts.getOrDefault("arch", ""));
        return String.join(" ", words.stream().filter(w -> !w.isEmpty()).toList());
    }

    FileProblem problem(aramaki.server.system.files.FileProblem problem) {
        boolean wholeFile = problem.field().equals("file") || problem.field().equals("yaml");
        return new FileProblem(
                problem.file() + ":" + problem.line(),
                wholeFile ? problem.message() : problem.field() + ": " + problem.message(),
                activeMeanwhile(problem.file())
                        ? "The version before it stays active."
                        : "The system is not there yet.");
    }

    private boolean activeMeanwhile(String file) {
        return services.systems().all().stream().anyMatch(s -> file.startsWith(s.name() + "/"));
    }

    /// `1 ok` is singular, `2 checks` is not.
    static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /// The first line, and of a long one its beginning: a list is no place to read on.
    static String line(String output) {
        String first = output.lines().findFirst().orElse("");
        if (first.length() <= LINE) {
            return first;
        }
        boolean split = Character.isHighSurrogate(first.charAt(LINE - 1));
        return first.substring(0, split ? LINE - 1 : LINE) + " …";
    }

    static String capital(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    static String parameter(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
