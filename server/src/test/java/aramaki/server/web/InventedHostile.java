package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.model.timeline.EventType;
import aramaki.server.web.view.ActBar;
import aramaki.server.web.view.AgentRow;
import aramaki.server.web.view.AlertRow;
import aramaki.server.web.view.AlertRow.Episode;
import aramaki.server.web.view.AlertsView;
import aramaki.server.web.view.CheckRow;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.Day;
import aramaki.server.web.view.EventRow;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.FileProblem;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame.Section;
import aramaki.server.web.view.HopRow;
import aramaki.server.web.view.LinkRow;
import aramaki.server.web.view.Markdown;
import aramaki.server.web.view.OfferRow;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.SystemView;
import aramaki.server.web.view.TimelineView;
import aramaki.server.web.view.TreeNode;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Pages all of whose words come from somebody who means harm.
final class InventedHostile {
    private InventedHostile() {}

    /// A system all of whose words come from somebody who means harm.
    static SystemView hostileSystem(String evil) {
        var told = EventRow.Told.of(evil).withDetail(evil);
        var row =
                new AlertRow(
                        StateBadge.of(State.CRITICAL),
                        new Place(evil, evil),
                        evil,
                        List.of(new Place(evil, evil)),
                        evil,
                        Episode.firing(InventedRows.ago(Duration.ofMinutes(1)), evil));
        var layer =
                new TreeNode(
                        new TreeNode.Naming(
                                new Place(evil, evil),
                                evil,
                                evil,
                                List.of(new Place(evil, evil)),
                                evil),
                        StateBadge.of(State.OK),
                        List.of(),
                        When.NEVER,
                        When.NEVER,
                        List.of());
        return new SystemView(
                InventedRows.frame(evil, Section.SYSTEMS, 1, evil),
                new SystemView.Head(
                        new Place(evil, "/s/x"),
                        evil,
                        StateBadge.of(State.CRITICAL),
                        List.of(),
                        evil,
                        When.NEVER,
                        new SystemView.About(
                                evil,
                                List.of(new Place(evil, evil)),
                                List.of(new Place(evil, evil)),
                                evil,
                                List.of(new FileProblem(evil, evil, evil)))),
                List.of(row),
                List.of(
                        new CheckRow(
                                StateBadge.of(State.OK),
                                new Place(evil, evil),
                                evil,
                                new CheckRow.Said(evil, evil),
                                When.NEVER,
                                When.NEVER)),
                List.of(layer),
                new SystemView.Guide(
                        evil,
                        List.of(new SystemView.Role(evil, evil)),
                        List.of(LinkRow.of(evil, evil, evil)),
                        List.of(evil)),
                List.of(
                        new Day(
                                evil,
                                List.of(
                                        new EventRow(
                                                evil,
                                                When.NEVER,
                                                StateBadge.of(EventType.NOTE_ADDED),
                                                new Place(evil, evil),
                                                evil,
                                                told)))),
                List.of(
                        new AgentRow(
                                evil,
                                evil,
                                StateBadge.connected(),
                                List.of(),
                                evil,
                                When.NEVER,
                                new AgentRow.Spool(evil, 1, evil))),
                List.of(
                        new OfferRow(
                                "p_x",
                                new Place(evil, "/proposals"),
                                new Place(evil, evil),
                                evil,
                                evil,
                                new OfferRow.Words(evil, evil, List.of(evil)),
                                java.util.Optional.of(
                                        new OfferRow.Tried(StateBadge.of(State.OK), evil)),
                                When.NEVER,
                                new OfferRow.Document(evil, evil, evil))));
    }

    /// A timeline all of whose words, notes and marks mean harm.
    static TimelineView hostileTimeline(String evil) {
        var row =
                new EventRow(
                        evil,
                        When.NEVER,
                        StateBadge.of(EventType.EVENT_RECEIVED),
                        new Place(evil, evil),
                        evil,
                        EventRow.Told.of(evil)
                                .withDetail(evil)
                                .withMarkup(Markdown.of(evil + "\n\n[" + evil + "](" + evil + ")"))
                                .withLinks(List.of(LinkRow.of(evil, evil, "").place())));
        return new TimelineView(
                InventedRows.frame(evil, Section.TIMELINE, 1, evil),
                new Filter(evil, evil, List.of(new Place(evil, evil))),
                InventedLanes.signs(evil),
                List.of(new Day(evil, List.of(row))),
                evil,
                evil,
                false);
    }

    static CheckView hostileCheck(String evil) {
        return new CheckView(
                InventedRows.frame(evil, Section.SYSTEMS, 1, evil),
                new CheckView.Head(
                        evil,
                        StateBadge.of(State.OK),
                        List.of(),
                        evil,
                        evil,
                        Optional.of(new Place(evil, evil))),
                List.of(
                        new CheckView.EntityCheck(
                                evil,
                                new CheckView.Now(
                                        StateBadge.of(State.OK),
                                        evil,
                                        When.NEVER,
                                        When.NEVER,
                                        evil,
                                        evil),
                                InventedPast.hostile(evil),
                                List.of(
                                        new CheckView.MetricRow(
                                                evil, evil, evil, evil, evil, evil)),
                                List.of(
                                        new CheckView.HistoryRow(
                                                new When(evil, evil, evil),
                                                StateBadge.of(State.OK),
                                                evil,
                                                evil)),
                                List.of(new HopRow(evil, When.NEVER, evil)))),
                List.of(Fact.words(evil, evil), Fact.code(evil, evil)));
    }

    /// The page of alerts with an owner, a comment, a silence and a person of these words.
    static AlertsView hostileAlerts(String evil) {
        var row =
                new AlertRow(
                        StateBadge.of(State.CRITICAL),
                        new Place("disk", "/s/shop"),
                        "web1",
                        List.of(new Place("shop", "/s/shop")),
                        evil,
                        Episode.firing(InventedRows.ago(Duration.ofMinutes(1)), evil),
                        new AlertRow.Seen(false, List.of()),
                        new AlertRow.Held(evil, evil, true, When.NEVER, true, evil, evil));
        return new AlertsView(
                InventedRows.frame("Alerts", Section.ALERTS, 4, "aramaki alert list"),
                new Filter(evil, evil, List.of()),
                List.of(),
                List.of(row),
                List.of(),
                "",
                "",
                new ActBar(evil, 1, List.of(evil), new ActBar.Notice(evil, evil)));
    }
}
