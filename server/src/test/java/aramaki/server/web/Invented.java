package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.server.web.view.ActBar;
import aramaki.server.web.view.AgentsView;
import aramaki.server.web.view.AlertsView;
import aramaki.server.web.view.CheckRow;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.DoctorLine;
import aramaki.server.web.view.DoctorView;
import aramaki.server.web.view.EventView;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.FoundLine;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Frame.Section;
import aramaki.server.web.view.HomeView;
import aramaki.server.web.view.HopRow;
import aramaki.server.web.view.LinkRow;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.ProposalsView;
import aramaki.server.web.view.RefusedView;
import aramaki.server.web.view.SignInView;
import aramaki.server.web.view.SilencesView;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.SystemMap;
import aramaki.server.web.view.SystemView;
import aramaki.server.web.view.SystemsView;
import aramaki.server.web.view.TimelineView;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every page with invented content: a night at a web shop.
final class Invented {
    private Invented() {}

    static HomeView home() {
        return new HomeView(
                InventedRows.frame("Home", Section.HOME, 9, "aramaki alert list"),
                InventedHome.needs(),
                "and 37 more",
                "",
                false,
                InventedHome.lately(),
                List.of(
                        InventedRows.shop().flat(),
                        InventedRows.roots().get(1),
                        InventedRows.roots().get(2).flat(),
                        InventedRows.roots().get(3)),
                InventedRows.problems(),
                InventedRows.days(),
                "",
                List.of(
                        new FoundLine(
                                "web1",
                                "nginx on port 80, PostgreSQL on port 5432 and 4 more:",
                                new Place("6 checks proposed", "/proposals?system=shop"))),
                Optional.of(
                        new DoctorLine(
                                new StateBadge("broken", "✖", "critical"),
                                "One thing is broken; 2 pieces of advice.",
                                "disk-space")));
    }

    static DoctorView doctor() {
        return new DoctorView(
                InventedRows.frame("Doctor", Section.HOME, 4, "aramaki admin doctor"),
                new StateBadge("broken", "✖", "critical"),
                "One thing is broken; one piece of advice.",
                List.of(
                        new DoctorView.Row(
                                new StateBadge("broken", "✖", "critical"),
                                false,
                                "disk-space",
                                "118 MiB are left where /var/lib/aramaki is.",
                                "When nothing is left, nothing that is observed is kept.",
                                "Find what can go: du -xh --max-depth=2 /var/lib/aramaki | sort -h"),
                        new DoctorView.Row(
                                new StateBadge("advice", "▲", "warning"),
                                true,
                                "recovery-key",
                                "The recovery key is still in the data folder.",
                                "Whoever steals this machine has it.",
                                "mv /var/lib/aramaki/recovery-key /media/STICK/")),
                List.of(
                        new DoctorView.Look(
                                new StateBadge("well", "✔", "ok"),
                                "alerting",
                                "Alerting has read every event that is older than 30 s.",
                                InventedRows.ago(Duration.ofSeconds(40)))));
    }

    static ProposalsView proposals() {
        return new ProposalsView(
                InventedRows.frame(
                        "Found, and not watched yet",
                        Section.SYSTEMS,
                        4,
                        "aramaki check proposals"),
                Place.nowhere(""),
                "all",
                InventedRows.offers());
    }

    static SystemsView systems() {
        return new SystemsView(
                InventedRows.frame("Systems", Section.SYSTEMS, 4, "aramaki system list"),
                new Filter(
                        "",
                        "9 systems in 4 anchors",
                        List.of(
                                new Place("state:critical", "/systems?q=state:critical"),
                                new Place("category:project", "/systems?q=category:project"),
                                new Place("customer=muster", "/systems?q=customer%3Dmuster"))),
                new Place("Tree", "/systems"),
                new Place("Graph", "/systems?view=graph"),
                InventedRows.roots(),
                null,
                "");
    }

    static SystemsView graph() {
        return new SystemsView(
                InventedRows.frame("Systems", Section.SYSTEMS, 4, "aramaki system list"),
                new Filter("", "4 systems, 1 at the top", List.of()),
                new Place("Tree", "/systems"),
                new Place("Graph", "/systems?view=graph"),
                List.of(),
                new SystemMap(
                        508,
                        128,
                        List.of(
                                box(6, 6, "muster-gmbh", State.CRITICAL, "1 critical, 11 ok"),
                                box(286, 6, "shop-production", State.CRITICAL, "1 critical, 8 ok"),
                                box(
                                        286,
                                        64,
                                        "storage-all-of-frankfurt-and-oslo",
                                        State.OK,
                                        "3 ok")),
                        List.of("M222 29C254 29 254 29 286 29", "M222 29C254 29 254 87 286 87"),
                        0),
                "");
    }

    private static SystemMap.Node box(int x, int y, String name, State state, String says) {
        return new SystemMap.Node(x, y, InventedRows.system(name), StateBadge.of(state), says);
    }

    static SystemView system() {
        return new SystemView(
                InventedRows.frame("Shop", Section.SYSTEMS, 4, "aramaki system status shop")
                        .with(InventedHome.around("/s/shop")),
                new SystemView.Head(
                        InventedRows.system("shop"),
                        "Shop",
                        StateBadge.of(State.CRITICAL),
                        InventedRows.shop().counts(),
                        "customer project · 2 environments",
                        InventedRows.ago(Duration.ofSeconds(3)),
                        new SystemView.About(
                                "Web shop of Muster GmbH: nginx → Varnish → app ×4 → PostgreSQL."
                                        + " Fridays 18–21 h are sacred.",
                                List.of(
                                        new Place(
                                                "customer=muster", "/systems?q=customer%3Dmuster"),
                                        new Place("web", "/systems?q=web")),
                                List.of(InventedRows.system("muster-gmbh")),
                                "defined in examples/shop/shop/system.yaml",
                                InventedRows.problems())),
                InventedRows.firing(),
                checks(),
                InventedRows.shop().below(),
                new SystemView.Guide(
                        "Web tier: act first, tell later. Database: wake Muster’s on-call before you"
                                + " touch it.",
                        List.of(
                                new SystemView.Role("owner", "ada"),
                                new SystemView.Role("operator", "bo, chris (not known here)")),
                        List.of(
                                LinkRow.of(
                                        "Front latency",
                                        "https://grafana.example/d/front",
                                        "first, because http-front is critical"),
                                LinkRow.of("Wiki", "https://wiki.example/shop", "")),
                        List.of("actions/flush-varnish.yaml", "system.yaml: selections[1].each")),
                InventedRows.days(),
                InventedRows.agents().subList(0, 2),
                InventedRows.offers());
    }

    static List<CheckRow> checks() {
        return List.of(
                new CheckRow(
                        StateBadge.of(State.CRITICAL),
                        InventedRows.check("shop", "http-front"),
                        "web2",
                        new CheckRow.Said(
                                "HTTP CRITICAL: HTTP/1.1 503 Backend fetch failed - 412 bytes", ""),
                        InventedRows.ago(Duration.ofMinutes(9)),
                        InventedRows.ago(Duration.ofSeconds(4))),
                new CheckRow(
                        StateBadge.of(State.STALE),
                        InventedRows.check("shop", "backup"),
                        "db2",
                        new CheckRow.Said("BACKUP OK - 41 GiB", "agent silent, was ok"),
                        InventedRows.ago(Duration.ofHours(26)),
                        InventedRows.ago(Duration.ofHours(26))),
                new CheckRow(
                        StateBadge.of(State.PENDING),
                        InventedRows.check("shop", "certificate"),
                        "web1",
                        new CheckRow.Said("", "no result yet"),
                        When.NEVER,
                        When.NEVER),
                new CheckRow(
                        StateBadge.of(State.OK),
                        InventedRows.check("shop", "http-front"),
                        "web1",
                        new CheckRow.Said("HTTP OK: HTTP/1.1 200 OK - 5,123 bytes in 0.004 s", ""),
                        InventedRows.ago(Duration.ofDays(21)),
                        InventedRows.ago(Duration.ofSeconds(2))));
    }

    static CheckView check() {
        var history = new ArrayList<CheckView.HistoryRow>();
        for (int i = 0; i < 50; i++) {
            State state =
                    i < 6
                            ? State.CRITICAL
                            : i == 6 ? State.WARNING : i == 30 ? State.UNKNOWN : State.OK;
            history.add(
                    new CheckView.HistoryRow(
                            InventedRows.clock(Duration.ofSeconds(5L * i + 4)),
                            StateBadge.of(state),
                            state == State.OK ? "HTTP OK: 200 in 0.004 s" : "HTTP/1.1 503 Backend",
                            "/s/shop-production/checks/http-front?entity=web2&at=" + i));
        }
        Instant due = InventedRows.NOW.minusSeconds(4);
        var hops =
                HopRow.of(
                        List.of(
                                hop("due", due, 0),
                                hop("started", due, 3),
                                hop("finished", due, 131),
                                hop("spooled", due, 133),
                                hop("sent", due, 134),
                                hop("committed", due, 141),
                                Map.entry("event", Optional.empty()),
                                Map.entry("alert", Optional.empty()),
                                hop("page", due, 4250)),
                        InventedRows.ZONE);
        return new CheckView(
                InventedRows.frame(
                        "http-front", Section.SYSTEMS, 4, "aramaki check show shop http-front"),
                new CheckView.Head(
                        "http-front",
                        StateBadge.of(State.CRITICAL),
                        List.of(
                                InventedRows.system("shop"),
                                InventedRows.system("shop-production")),
                        "On 2 entities, every 5 s.",
                        "/s/shop-production/checks/http-front/run",
                        Optional.empty()),
                List.of(
                        new CheckView.EntityCheck(
                                "web2",
                                new CheckView.Now(
                                        StateBadge.of(State.CRITICAL),
                                        "",
                                        InventedRows.ago(Duration.ofMinutes(9)),
                                        InventedRows.ago(Duration.ofSeconds(4)),
                                        "HTTP CRITICAL: HTTP/1.1 503 Backend fetch failed - 412 bytes"
                                                + " in 0.002 second response time\nVia: 1.1 varnish"
                                                + "\nX-Varnish: 32770",
                                        "12th time in 90 days (3 in 7), usually 8 min, mostly around"
                                                + " 03 h; first 2026-03-02; last ok 9 min ago"),
                                InventedPast.past(),
                                List.of(
                                        new CheckView.MetricRow(
                                                "time", "0.002 s", "1", "3", "0", "10"),
                                        new CheckView.MetricRow("size", "412 B", "", "", "0", "")),
                                history,
                                hops),
                        new CheckView.EntityCheck(
                                "web1",
                                new CheckView.Now(
                                        StateBadge.of(State.STALE),
                                        "its agent is silent; was ok",
                                        InventedRows.ago(Duration.ofHours(26)),
                                        InventedRows.ago(Duration.ofHours(26)),
                                        "HTTP OK",
                                        ""),
                                CheckView.Past.none(),
                                List.of(),
                                history.subList(7, 12),
                                List.of())),
                List.of(
                        Fact.code("command", "check_http -H {{address}} -w 1 -c 3"),
                        Fact.words("every", "5 s"),
                        Fact.words("timeout", "10 s"),
                        Fact.words("ttl", "20 s"),
                        Fact.words("attempts", "1"),
                        Fact.code("on", "web"),
                        Fact.code("labels", "team=web"),
                        Fact.code("runbook", "docs/front.md")));
    }

    private static Map.Entry<String, Optional<Instant>> hop(String name, Instant due, long millis) {
        return Map.entry(name, Optional.of(due.plusMillis(millis)));
    }

    static AlertsView alerts() {
        return new AlertsView(
                InventedRows.frame("Alerts", Section.ALERTS, 4, "aramaki alert list"),
                new Filter(
                        "system:shop",
                        "4 firing, 2 resolved in the last 24 h",
                        List.of(new Place("severity:critical", "/alerts?q=severity:critical"))),
                InventedRows.firing(),
                InventedRows.kept(),
                InventedRows.resolved(),
                "/alerts?page=1",
                "/alerts?after=abc",
                new ActBar(
                        "system:shop",
                        6,
                        List.of("ada", "bo"),
                        new ActBar.Notice("You have 2 alerts.", "b_k3jdm2uzq5x7c4ta")));
    }

    static SilencesView silences(String words) {
        var soon =
                new SilencesView.Row(
                        "z_k3jdm2uzq5x7c4ta",
                        "active",
                        words,
                        new Place("shop", "/s/shop"),
                        "check=~disk.* team!=" + words,
                        "ada: " + words,
                        InventedRows.ago(Duration.ofMinutes(-40)),
                        true,
                        "");
        var over =
                new SilencesView.Row(
                        "z_a3jdm2uzq5x7c4ta",
                        "expired",
                        words,
                        Place.nowhere(""),
                        "everything",
                        "bo: " + words,
                        InventedRows.ago(Duration.ofHours(3)),
                        false,
                        "12 alerts");
        return new SilencesView(
                InventedRows.frame("Silences", Section.ALERTS, 4, "aramaki silence list"),
                List.of(soon),
                List.of(over),
                new SilencesView.Form("shop", "check=~" + words, true, "2h", words, words),
                new SilencesView.Preview(
                        2,
                        List.of("shop/db1/disk", "shop/db2/disk"),
                        30,
                        List.of("shop/db3/disk")));
    }

    static TimelineView timeline() {
        return new TimelineView(
                InventedRows.frame(
                        "Timeline", Section.TIMELINE, 4, "aramaki timeline list --system shop"),
                new Filter("system:shop", "7 events, all layers of shop", List.of()),
                InventedLanes.bars(),
                InventedRows.days(),
                "",
                "/timeline?q=system:shop&before=abc",
                true);
    }

    static EventView event() {
        return new EventView(
                InventedRows.frame("Event", Section.TIMELINE, 4, "aramaki timeline list --json"),
                InventedRows.days().getFirst().events().get(2),
                new EventView.About(
                        List.of(),
                        InventedRows.days().getFirst().events().subList(1, 2),
                        InventedRows.days().getFirst().events().subList(0, 1),
                        List.of(),
                        "/events/" + InventedRows.HASH + "/notes"),
                List.of(
                        Fact.code("hash", InventedRows.HASH),
                        Fact.code("prev", InventedRows.HASH.replace('9', 'a')),
                        Fact.code("log", "s_k3jd7… ops, epoch 0, seq 412"),
                        Fact.code("type", "state.changed"),
                        Fact.words("at", "2026-11-22 02:51:14.031 UTC"),
                        Fact.words("recorded", "2026-11-22 02:51:14.042 UTC, counter 0"),
                        Fact.code("actor", "a_web2"),
                        Fact.code("grant", InventedRows.HASH.replace('f', '0')),
                        Fact.code("payload hash", InventedRows.HASH.replace('e', '7'))),
                """
                {
                  "check": "http-front",
                  "entity": "web2",
                  "from": "ok",
                  "state": "critical",
                  "output": "HTTP/1.1 503 Backend fetch failed"
                }
                """,
                "/events/" + InventedRows.HASH,
                "/events/" + InventedRows.HASH);
    }

    static AgentsView agentsView() {
        return new AgentsView(
                InventedRows.frame("Agents", Section.AGENTS, 4, "aramaki agent list"),
                InventedRows.agents(),
                "aramaki agent invite --system shop");
    }

    static SignInView signIn() {
        return new SignInView(
                Frame.stranger(
                        "Sign in", "kontor", When.clock(InventedRows.NOW, InventedRows.ZONE)),
                "./aramaki login --server http://localhost:8700",
                "That link was used already.",
                "",
                List.of("Muster GmbH"));
    }

    static SignInView noPasskey() {
        return new SignInView(
                Frame.stranger(
                        "Sign in", "kontor", When.clock(InventedRows.NOW, InventedRows.ZONE)),
                "aramaki login --link",
                "",
                "passkeys work where this server has a name and not just an address",
                List.of());
    }

    static RefusedView refused() {
        return new RefusedView(
                InventedRows.frame("Not found", Section.NONE, 4, ""),
                404,
                "not-found",
                "There is no such page",
                "there is no system shopp",
                "r_01JD8",
                new Place("All systems", "/systems"));
    }
}
