package aramaki.server.web;

import aramaki.model.alert.Alert;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.alert.AlertStore;
import aramaki.server.home.Lately;
import aramaki.server.home.Needs;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckStatus;
import aramaki.server.sight.Sight;
import aramaki.server.system.Systems;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Timeline;
import aramaki.server.web.view.Ages;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.HomeView;
import aramaki.server.web.view.Pages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/`: what needs somebody now, what happened since the last look, how everything stands.
final class HomePage {
    /// What to do while there is nothing to look at.
    static final String HINT =
            "Write one as a folder with a system.yaml below the folder that --systems names, or"
                    + " make one with: aramaki system create NAME --title TITLE";

    /// Lines of what needs somebody; the worst and latest stand first.
    static final int NEEDS = 25;

    private static final int EVENTS = 15;

    private final Services services;
    private final Views views;
    private final Trees trees;
    private final EventRows events;
    private final ProposalsPage proposals;
    private final DoctorPage doctor;
    private final Pages pages;
    private final NeedRows needRows;
    private final LatelyRows latelyRows;

    HomePage(
            Services services,
            Views views,
            Trees trees,
            EventRows events,
            ProposalsPage proposals,
            DoctorPage doctor,
            Pages pages) {
        this.services = services;
        this.views = views;
        this.trees = trees;
        this.events = events;
        this.proposals = proposals;
        this.doctor = doctor;
        this.pages = pages;
        this.needRows = new NeedRows(services, views);
        this.latelyRows = new LatelyRows(services, views);
    }

    Route route() {
        return Route.page("/", Need.SOMEONE, "Home.", this::show);
    }

    private void show(Exchange exchange) {
        exchange.html(200, html(exchange.caller()));
    }

    String html(Caller person) {
        var moment = views.moment(person);
        boolean everything = Sight.current().everything();
        var anchors = trees.anchors(moment);
        boolean onlyOurs = anchors.equals(List.<SystemName>of(Systems.INSTANCE));
        var open = views.alerts(AlertStore.Which.FIRING);
        var firing = open.stream().filter(a -> Views.needs(moment, a)).toList();
        var keys = open.stream().map(Alert::key).collect(Collectors.toSet());
        var needs = Needs.fold(firing, needRows.causes(moment, keys));
        var shown = needs.subList(0, Math.min(NEEDS, needs.size()));
        var lately =
                Lately.since(
                        moment.attention().marks().home(),
                        moment.attention().news(),
                        person.person(),
                        keys::contains);
        return pages.home(
                new HomeView(
                        views.frame(moment, "Home", Frame.Section.HOME, "aramaki alert list"),
                        needRows.of(moment, shown, moment.ways(anchors)),
                        more(needs.size() - shown.size()),
                        kept(moment, open),
                        open.isEmpty() ? quiet(moment, lately) : "",
                        onlyOk(moment),
                        latelyRows.of(moment, lately),
                        onlyOurs ? List.of() : trees.of(moment, anchors, _ -> true),
                        everything
                                ? services.systems().problems().stream()
                                        .map(views::problem)
                                        .toList()
                                : List.of(),
                        events.days(last(), moment.now()),
                        HINT,
                        proposals.lines(),
                        everything ? Optional.of(doctor.line()) : Optional.empty()));
    }

    /// `2 acknowledged, 5 silenced`; what is both counts as acknowledged.
    private static String kept(Moment moment, List<Alert> open) {
        long acknowledged = open.stream().filter(Alert::acknowledged).count();
        long silenced =
                open.stream()
                        .filter(a -> !a.acknowledged())
                        .filter(a -> moment.hidden().apply(a).isPresent())
                        .count();
        return Stream.of(
                        acknowledged == 0 ? "" : acknowledged + " acknowledged",
                        silenced == 0 ? "" : silenced + " silenced")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String more(int left) {
        return left == 0 ? "" : "and " + left + " more";
    }

    private static boolean onlyOk(Moment moment) {
        return moment.statuses().allMatch(s -> s.state() == State.OK);
    }

    /// `All 42 checks on 3 systems are ok; nothing happened since you looked 2 h ago.`
    private static String quiet(Moment moment, Lately lately) {
        var states = moment.statuses().map(CheckStatus::state).toList();
        long systems = moment.statuses().map(s -> s.key().system()).distinct().count();
        if (states.isEmpty()) {
            return "No check has run yet, so nothing is known.";
        }
        String all = states.size() == 1 ? "The only check" : "All " + states.size() + " checks";
        String on = " on " + Views.count((int) systems, "system", "systems");
        var counts = StateCounts.of(states);
        String how =
                counts.of(State.OK) == states.size()
                        ? all + on + (states.size() == 1 ? " is ok" : " are ok")
                        : "Nothing fires, but not everything is known to be well: of "
                                + Views.count(states.size(), "check", "checks")
                                + on
                                + " "
                                + told(counts);
        if (!lately.mark().put() || !lately.nothing() || !lately.complete()) {
            return how + ".";
        }
        var looked = Duration.between(lately.mark().at(), moment.now());
        return how + "; nothing happened since you looked " + Ages.text(looked) + " ago.";
    }

    private static String told(StateCounts counts) {
        return List.of(State.values()).stream()
                .filter(state -> counts.of(state) > 0)
                .map(
                        state ->
                                counts.of(state)
                                        + " "
                                        + (counts.of(state) == 1 ? "is " : "are ")
                                        + state.word())
                .collect(Collectors.joining(", "));
    }

    private List<StoredEvent> last() {
        return services.timeline()
                .find(
                        new Timeline.Filter(
                                Set.of(),
                                false,
                                Set.of(),
                                Set.of(),
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                Long.MAX_VALUE,
                                EVENTS));
    }

    /// Whether a check cannot be known because its agent is silent.
    static boolean agentSilent(CheckStatus status) {
        return status.state() == State.STALE
                && status.because().filter(b -> b == StaleBecause.AGENT).isPresent();
    }
}
