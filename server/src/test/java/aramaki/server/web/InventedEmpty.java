package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.server.web.view.AgentsView;
import aramaki.server.web.view.AlertsView;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.DoctorLine;
import aramaki.server.web.view.EventView;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame.Section;
import aramaki.server.web.view.HomeView;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.ProposalsView;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.SystemView;
import aramaki.server.web.view.SystemsView;
import aramaki.server.web.view.TimelineView;
import aramaki.server.web.view.When;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Every page in the first minute of a new instance, and a very long one.
final class InventedEmpty {
    private static final Filter NO_FILTER = new Filter("", "", List.of());
    private static final String HINT =
            "Put a folder with a system.yaml into examples/shop, or type: aramaki system create NAME";

    static HomeView emptyHome() {
        return new HomeView(
                InventedRows.frame("Home", Section.HOME, 0, "aramaki alert list"),
                List.of(),
                "",
                "All 42 checks on 3 systems are ok; nothing happened since you looked 2 h ago.",
                true,
                InventedHome.nothing(),
                List.of(),
                List.of(),
                List.of(),
                HINT,
                List.of(),
                Optional.of(new DoctorLine(new StateBadge("well", "✔", "ok"), "All is well.", "")));
    }

    static ProposalsView noProposals() {
        return new ProposalsView(
                InventedRows.frame(
                        "Found, and not watched yet",
                        Section.SYSTEMS,
                        0,
                        "aramaki check proposals --system newcomer"),
                InventedRows.system("newcomer"),
                "newcomer",
                List.of());
    }

    static SystemsView emptySystems() {
        return new SystemsView(
                InventedRows.frame("Systems", Section.SYSTEMS, 0, "aramaki system list"),
                NO_FILTER,
                new Place("Tree", "/systems"),
                new Place("Graph", "/systems?view=graph"),
                List.of(),
                null,
                HINT);
    }

    static SystemView emptySystem() {
        return new SystemView(
                InventedRows.frame(
                        "Newcomer", Section.SYSTEMS, 0, "aramaki system status newcomer"),
                new SystemView.Head(
                        InventedRows.system("newcomer"),
                        "newcomer",
                        StateBadge.of(State.PENDING),
                        List.of(),
                        "project",
                        When.NEVER,
                        new SystemView.About(
                                "", List.of(), List.of(), "kept by this server", List.of())),
                List.of(),
                List.of(),
                List.of(),
                new SystemView.Guide("", List.of(), List.of(), List.of()),
                List.of(),
                List.of(),
                List.of());
    }

    static CheckView emptyCheck() {
        return new CheckView(
                InventedRows.frame("load", Section.SYSTEMS, 0, "aramaki check show newcomer load"),
                new CheckView.Head(
                        "load",
                        StateBadge.of(State.PENDING),
                        List.of(InventedRows.system("newcomer")),
                        "",
                        "/s/newcomer/checks/load/run",
                        Optional.empty()),
                List.of(),
                List.of(Fact.words("probe", "load"), Fact.words("every", "1 min")));
    }

    static AlertsView emptyAlerts() {
        return new AlertsView(
                InventedRows.frame("Alerts", Section.ALERTS, 0, "aramaki alert list"),
                NO_FILTER,
                List.of(),
                List.of(),
                "");
    }

    /// An hour with few events.
    static TimelineView signs() {
        return new TimelineView(
                InventedRows.frame("Timeline", Section.TIMELINE, 0, "aramaki timeline list"),
                NO_FILTER,
                InventedLanes.signs("12 events"),
                InventedRows.days(),
                "",
                "",
                false);
    }

    static TimelineView emptyTimeline() {
        return new TimelineView(
                InventedRows.frame("Timeline", Section.TIMELINE, 0, "aramaki timeline list"),
                new Filter("system:nobody", "no events", List.of()),
                InventedLanes.empty(),
                List.of(),
                "",
                "",
                true);
    }

    static EventView prunedEvent() {
        return new EventView(
                InventedRows.frame("Event", Section.TIMELINE, 0, ""),
                InventedRows.days().getFirst().events().getFirst(),
                EventView.About.NOTHING,
                List.of(Fact.code("hash", InventedRows.HASH)),
                "",
                "",
                "");
    }

    static AgentsView emptyAgents() {
        return new AgentsView(
                InventedRows.frame("Agents", Section.AGENTS, 0, "aramaki agent list"),
                List.of(),
                "aramaki agent invite --system kontor");
    }

    /// A long list, for the eye and for the weight of a page.
    static AlertsView manyAlerts(int rows) {
        return new AlertsView(
                InventedRows.frame("Alerts", Section.ALERTS, rows, "aramaki alert list"),
                NO_FILTER,
                Collections.nCopies(rows, InventedRows.firing().getFirst()),
                List.of(),
                "");
    }

    private InventedEmpty() {}
}
