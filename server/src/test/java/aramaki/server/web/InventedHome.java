package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.server.web.view.AlertRow;
import aramaki.server.web.view.Around;
import aramaki.server.web.view.DoctorLine;
import aramaki.server.web.view.FoundLine;
import aramaki.server.web.view.Frame.Section;
import aramaki.server.web.view.HomeView;
import aramaki.server.web.view.LastLook;
import aramaki.server.web.view.LatelyView;
import aramaki.server.web.view.NeedRow;
import aramaki.server.web.view.OpenBy;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.SearchView;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Invented content of home, and of what stands around other pages.
final class InventedHome {
    private InventedHome() {}

    static Around around(String back) {
        return new Around(List.of(bo(), chris()), look("3 new", 4711), back);
    }

    static OpenBy bo() {
        return opened("bo", Duration.ofMinutes(2));
    }

    static OpenBy chris() {
        return opened("chris", Duration.ofMinutes(41));
    }

    private static OpenBy opened(String person, Duration age) {
        return new OpenBy(person, InventedRows.clock(age), InventedRows.ago(age));
    }

    private static LastLook look(String news, long upTo) {
        return new LastLook(InventedRows.ago(Duration.ofHours(2)), news, upTo, "shop", List.of());
    }

    static List<NeedRow> needs() {
        var alerts = InventedRows.firing();
        var front = alerts.getFirst();
        return List.of(
                NeedRow.single(
                        new AlertRow(
                                front.severity(),
                                front.check(),
                                front.entity(),
                                front.where(),
                                front.output(),
                                front.episode(),
                                new AlertRow.Seen(true, List.of(bo())))),
                new NeedRow(
                        alerts.get(1),
                        new NeedRow.Fold(
                                StateBadge.of(State.STALE),
                                new Place("agent", "/agents#a-db2"),
                                "db2",
                                "50 checks are stale because of it; of 1 alert that fired"
                                        + " before, nothing newer is known",
                                "",
                                List.of(member(State.CRITICAL, "backup on db2")),
                                0,
                                0,
                                InventedRows.ago(Duration.ofHours(26)),
                                InventedRows.ago(Duration.ofHours(26)),
                                List.of())),
                new NeedRow(
                        alerts.get(3),
                        new NeedRow.Fold(
                                StateBadge.of(State.WARNING),
                                new Place("5 checks", "/alerts?q=system:shop-host%20entity:db1"),
                                "db1",
                                "",
                                "disk-var",
                                List.of(
                                        member(State.WARNING, "disk-var"),
                                        member(State.WARNING, "disk-root"),
                                        member(State.WARNING, "load"),
                                        member(State.WARNING, "swap")),
                                1,
                                2,
                                InventedRows.ago(Duration.ofDays(64)),
                                InventedRows.ago(Duration.ofMinutes(12)),
                                List.of(bo(), chris()))));
    }

    private static NeedRow.Member member(State state, String name) {
        return new NeedRow.Member(
                StateBadge.of(state), new Place(name, "/s/shop-host/checks/disk-var#e-db1"));
    }

    static LatelyView lately() {
        return new LatelyView(
                look("new", 4711),
                false,
                List.of("12 alerts fired, 9 still firing", "4 ended", "2 notes"),
                List.of(
                        new LatelyView.Line(
                                StateBadge.of(State.CRITICAL),
                                new Place("http-cache on web1", "/s/shop/checks/http-cache#e-web1"),
                                "fired and ended",
                                InventedRows.system("shop-production"),
                                "",
                                "2 times",
                                InventedRows.ago(Duration.ofMinutes(38))),
                        new LatelyView.Line(
                                new StateBadge("note", "✎", "note"),
                                new Place(
                                        "Flushed Varnish, see runbook",
                                        "/events/" + InventedRows.HASH),
                                "",
                                InventedRows.system("shop"),
                                "bo",
                                "",
                                InventedRows.ago(Duration.ofMinutes(30)))),
                "and 212 more",
                "2 alerts came and went again and again, 43 times in all:"
                        + " shop-host/db1/load 40 times, shop-host/web1/swap 3 times",
                "/timeline?q=since:2026-11-22T01:00:14Z");
    }

    static LatelyView nothing() {
        return new LatelyView(
                new LastLook(When.NEVER, "", 12, "", List.of()),
                true,
                List.of(),
                List.of(),
                "",
                "",
                "/timeline?q=since:2h");
    }

    static SearchView found(String q) {
        return new SearchView(
                InventedRows.frame("Search: " + q, Section.NONE, 9, "aramaki search 'front'"),
                q,
                "3 found",
                List.of(
                        new SearchView.Group(
                                "check",
                                "Checks",
                                List.of(
                                        new SearchView.Option(
                                                0,
                                                StateBadge.of(State.CRITICAL),
                                                "http-front on web2",
                                                "shop-production",
                                                "/s/shop-production/checks/http-front#e-web2",
                                                ""),
                                        new SearchView.Option(
                                                1,
                                                StateBadge.of(State.OK),
                                                q,
                                                q,
                                                "/s/shop-production/checks/http-front#e-web1",
                                                ""))),
                        new SearchView.Group(
                                "command",
                                "Commands",
                                List.of(
                                        new SearchView.Option(
                                                2,
                                                new StateBadge("command", "$", "plain"),
                                                "aramaki check show CHECK",
                                                "Show one check.",
                                                "",
                                                "aramaki check show")))));
    }

    static SearchView nothingFound() {
        return new SearchView(
                InventedRows.frame("Search: zzz", Section.NONE, 9, "aramaki search 'zzz'"),
                "zzz",
                "nothing found",
                List.of());
    }

    /// Home where everything that anybody can name is named like this.
    static HomeView hostile(String evil) {
        var place = new Place(evil, evil);
        var by = new OpenBy(evil, InventedRows.clock(Duration.ZERO), When.NEVER);
        var lead = InventedRows.firing().getFirst();
        var row =
                new AlertRow(
                        lead.severity(),
                        place,
                        evil,
                        List.of(place),
                        evil,
                        lead.episode(),
                        new AlertRow.Seen(true, List.of(by, by, by, by)));
        var look = new LastLook(When.NEVER, evil, 1, evil, List.of(evil));
        return new HomeView(
                InventedRows.frame(evil, Section.HOME, 1, evil)
                        .with(new Around(List.of(by), look, evil)),
                List.of(
                        NeedRow.single(row),
                        new NeedRow(
                                row,
                                new NeedRow.Fold(
                                        StateBadge.of(State.CRITICAL),
                                        place,
                                        evil,
                                        evil,
                                        evil,
                                        List.of(new NeedRow.Member(StateBadge.of(State.OK), place)),
                                        1,
                                        1,
                                        When.NEVER,
                                        When.NEVER,
                                        List.of(by)))),
                evil,
                evil,
                false,
                new LatelyView(
                        look,
                        false,
                        List.of(evil),
                        List.of(
                                new LatelyView.Line(
                                        new StateBadge(evil, evil, "plain"),
                                        place,
                                        evil,
                                        place,
                                        evil,
                                        evil,
                                        When.NEVER)),
                        evil,
                        evil,
                        evil),
                List.of(),
                List.of(),
                List.of(),
                evil,
                List.of(new FoundLine(evil, evil, place)),
                Optional.of(new DoctorLine(StateBadge.of(State.CRITICAL), evil, evil)));
    }
}
