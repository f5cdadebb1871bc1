package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import aramaki.model.timeline.EventType;
import aramaki.server.web.view.AgentRow;
import aramaki.server.web.view.AgentsView;
import aramaki.server.web.view.AlertRow;
import aramaki.server.web.view.AlertRow.Episode;
import aramaki.server.web.view.AlertsView;
import aramaki.server.web.view.CheckRow;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.Day;
import aramaki.server.web.view.EventRow;
import aramaki.server.web.view.EventView;
import aramaki.server.web.view.Fact;
import aramaki.server.web.view.FileProblem;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Frame.Section;
import aramaki.server.web.view.HomeView;
import aramaki.server.web.view.HopRow;
import aramaki.server.web.view.LinkRow;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.RefusedView;
import aramaki.server.web.view.SignInView;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StateCount;
import aramaki.server.web.view.SystemView;
import aramaki.server.web.view.SystemsView;
import aramaki.server.web.view.TimelineView;
import aramaki.server.web.view.TreeNode;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Views with invented content: a night at a web shop, and the first minute of a new instance.
final class Invented {
    private static final ZoneId ZONE = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:14.250Z");
    private static final String HASH =
            "9f2c1e07b4d85a6630cf7715e2ab9d4486f0c3b1d7e95a2f4c8b6e1037d9a5f2";

    private Invented() {}

    static Frame frame(String title, Section section, int firing, String command) {
        return new Frame(title, section, "kontor", firing, "ada", command, When.clock(NOW, ZONE));
    }

    static When ago(Duration age) {
        return When.of(NOW.minus(age), NOW, ZONE);
    }

    static When clock(Duration age) {
        return When.clock(NOW.minus(age), ZONE);
    }

    static Place system(String name) {
        return new Place(name, "/s/" + name);
    }

    static Place check(String system, String name) {
        return new Place(name, "/s/" + system + "/checks/" + name);
    }

    // ---- Rich -----------------------------------------------------------------------------------

    static List<AlertRow> firing() {
        var down = List.of(system("shop"), system("shop-production"), system("shop-host"));
        return List.of(
                new AlertRow(
                        StateBadge.of(State.CRITICAL),
                        check("shop-production", "http-front"),
                        "web2",
                        down.subList(0, 2),
                        "HTTP CRITICAL: HTTP/1.1 503 Backend fetch failed - 412 bytes in 0.002"
                                + " second response time",
                        Episode.firing(
                                ago(Duration.ofMinutes(9)),
                                "First seen Mar 2024 · 3 times in 90 days, median 14 min")),
                new AlertRow(
                        StateBadge.of(State.STALE),
                        check("shop-host", "backup"),
                        "db2",
                        down,
                        "agent db2 was last heard 26 h ago",
                        Episode.firing(ago(Duration.ofHours(26)), "")),
                new AlertRow(
                        StateBadge.of(State.UNKNOWN),
                        check("shop-host", "smart-nvme0"),
                        "db1",
                        down,
                        "smartctl: cannot open /dev/nvme0: Permission denied",
                        Episode.firing(ago(Duration.ofDays(3)), "")),
                new AlertRow(
                        StateBadge.of(State.WARNING),
                        check("shop-host", "disk-var"),
                        "db1",
                        down,
                        "DISK WARNING - free space: /var 9 GiB (8% inode=91%)",
                        Episode.firing(ago(Duration.ofDays(64)), "61 times in 90 days")));
    }

    static List<AlertRow> resolved() {
        return List.of(
                new AlertRow(
                        StateBadge.of(State.CRITICAL),
                        check("shop-production", "http-cache"),
                        "web1",
                        List.of(system("shop-production")),
                        "HTTP OK",
                        Episode.over(
                                ago(Duration.ofMinutes(52)),
                                ago(Duration.ofMinutes(38)),
                                "14 min",
                                "")),
                new AlertRow(
                        StateBadge.of(State.WARNING),
                        check("shop-host", "load"),
                        "web1",
                        List.of(system("shop-host")),
                        "LOAD OK",
                        Episode.over(
                                ago(Duration.ofHours(5)), ago(Duration.ofHours(4)), "48 min", "")));
    }

    static TreeNode node(
            String name,
            String title,
            String category,
            String note,
            Map<State, Integer> counts,
            TreeNode... below) {
        var all = new StateCounts(counts);
        return new TreeNode(
                new TreeNode.Naming(system(name), title, category, note),
                StateBadge.of(all.worst()),
                StateCount.of(all),
                ago(Duration.ofSeconds(3)),
                all.of(State.STALE) > 0 ? ago(Duration.ofHours(26)) : ago(Duration.ofSeconds(58)),
                List.of(below));
    }

    static TreeNode shop() {
        return node(
                "shop",
                "Shop",
                "customer project",
                "",
                Map.of(
                        State.CRITICAL,
                        1,
                        State.STALE,
                        1,
                        State.UNKNOWN,
                        1,
                        State.WARNING,
                        1,
                        State.OK,
                        27),
                shopProduction(),
                node("shop-staging", "Staging", "environment", "", Map.of(State.OK, 6)));
    }

    static TreeNode shopProduction() {
        return node(
                "shop-production",
                "Production",
                "environment",
                "",
                Map.of(
                        State.CRITICAL,
                        1,
                        State.STALE,
                        1,
                        State.UNKNOWN,
                        1,
                        State.WARNING,
                        1,
                        State.OK,
                        21),
                node(
                        "shop-host",
                        "Hosts of the shop",
                        "infrastructure",
                        "",
                        Map.of(State.STALE, 1, State.UNKNOWN, 1, State.WARNING, 1, State.OK, 14)),
                new TreeNode(
                        new TreeNode.Naming(
                                Place.nowhere("storage-rack-4@hoster"),
                                "",
                                "",
                                "no peer hoster here"),
                        StateBadge.notKnown(),
                        List.of(),
                        When.NEVER,
                        When.NEVER,
                        List.of()));
    }

    static List<TreeNode> roots() {
        return List.of(
                shop(),
                node("kontor", "This host", "host", "", Map.of(State.OK, 9)),
                node(
                        "all-storage",
                        "All storage",
                        "infrastructure",
                        "selection kind=storage",
                        Map.of(State.WARNING, 1, State.OK, 11),
                        node("storage-1", "Rack 1", "infrastructure", "", Map.of(State.OK, 6)),
                        node(
                                "storage-2",
                                "Rack 2",
                                "infrastructure",
                                "",
                                Map.of(State.WARNING, 1, State.OK, 5))),
                node("newcomer", "Newcomer", "project", "", Map.of(State.PENDING, 2)));
    }

    static EventRow event(
            Duration age, StateBadge mark, String system, String by, EventRow.Told told) {
        return new EventRow("/events/" + HASH, clock(age), mark, system(system), by, told);
    }

    static List<Day> days() {
        return List.of(
                new Day(
                        "Today, Sunday 22 November",
                        List.of(
                                event(
                                        Duration.ofMinutes(8),
                                        StateBadge.of(EventType.NOTE_ADDED),
                                        "shop",
                                        "Ada, as owner",
                                        EventRow.Told.of("Note")
                                                .withDetail(
                                                        "Backend pool is 4 now, not 3.\n"
                                                                + "Do not restart app1 alone.")),
                                event(
                                        Duration.ofMinutes(9),
                                        StateBadge.of(EventType.ALERT_FIRED),
                                        "shop-production",
                                        "",
                                        EventRow.Told.of("Alert: http-front on web2")),
                                event(
                                        Duration.ofMinutes(9),
                                        StateBadge.of(State.CRITICAL),
                                        "shop-production",
                                        "agent web2",
                                        EventRow.Told.change(
                                                "http-front on web2",
                                                State.OK,
                                                State.CRITICAL,
                                                "HTTP/1.1 503 Backend fetch failed")),
                                event(
                                        Duration.ofMinutes(38),
                                        StateBadge.of(EventType.ALERT_RESOLVED),
                                        "shop-production",
                                        "",
                                        EventRow.Told.of(
                                                "Resolved after 14 min: http-cache on web1")),
                                event(
                                        Duration.ofMinutes(92),
                                        StateBadge.of(EventType.SYSTEM_CHANGED),
                                        "shop",
                                        "folder shop",
                                        EventRow.Told.of(
                                                "checks/http-front.yaml: every 60s → 5s")))),
                new Day(
                        "Yesterday, Saturday 21 November",
                        List.of(
                                event(
                                        Duration.ofHours(26),
                                        StateBadge.of(EventType.AGENT_SILENT),
                                        "shop-host",
                                        "",
                                        EventRow.Told.of(
                                                "Agent db2 fell silent; 5 checks are stale")),
                                event(
                                        Duration.ofHours(26),
                                        StateBadge.of(EventType.RESULTS_GAP),
                                        "shop-host",
                                        "",
                                        EventRow.Told.of(
                                                "Results 4,100 to 4,182 of agent db2 are lost")))));
    }

    static List<AgentRow> agents() {
        return List.of(
                new AgentRow(
                        "db2",
                        "Debian 13, 4 cores, 16 GiB",
                        StateBadge.silent(),
                        List.of(system("shop-host")),
                        "checks from /usr/lib/nagios/plugins as nobody; no actions",
                        ago(Duration.ofHours(26)),
                        new AgentRow.Spool("4,182, epoch 0", 0, "")),
                new AgentRow(
                        "kontor",
                        "Debian 13, 2 cores, 8 GiB",
                        StateBadge.connected(),
                        List.of(system("kontor"), system("shop"), system("shop-production")),
                        "checks: any, actions: level 1; plugins run as the agent's own user ada",
                        ago(Duration.ofSeconds(2)),
                        new AgentRow.Spool(
                                "18,204,117, epoch 1", 3, "no such check: http-old of shop")),
                new AgentRow(
                        "web1",
                        "",
                        StateBadge.stopped(),
                        List.of(system("shop-production")),
                        "checks from /usr/lib/nagios/plugins as nobody; no actions",
                        ago(Duration.ofMinutes(3)),
                        new AgentRow.Spool("77, epoch 0", 0, "")),
                new AgentRow(
                        "old",
                        "",
                        StateBadge.revoked(),
                        List.of(),
                        "not told",
                        ago(Duration.ofDays(400)),
                        new AgentRow.Spool("12, epoch 0", 0, "")));
    }

    static List<FileProblem> problems() {
        return List.of(
                new FileProblem(
                        "examples/shop/shop/checks/http-front.yaml:3",
                        "every: \"fast\" is no duration; write 30s, 5m or 2h",
                        "The version of 02:12 stays active."));
    }

    static HomeView home() {
        return new HomeView(
                frame("Home", Section.HOME, 4, "aramaki system status"),
                firing(),
                List.of(shop().flat(), roots().get(1), roots().get(2).flat(), roots().get(3)),
                problems(),
                days(),
                "");
    }

    static SystemsView systems() {
        return new SystemsView(
                frame("Systems", Section.SYSTEMS, 4, "aramaki system list"),
                new Filter(
                        "",
                        "9 systems in 4 anchors",
                        List.of(
                                new Place("state:critical", "/systems?q=state:critical"),
                                new Place("category:project", "/systems?q=category:project"),
                                new Place("customer=muster", "/systems?q=customer%3Dmuster"))),
                roots(),
                "");
    }

    static SystemView system() {
        return new SystemView(
                frame("Shop", Section.SYSTEMS, 4, "aramaki system status shop"),
                new SystemView.Head(
                        system("shop"),
                        "Shop",
                        StateBadge.of(State.CRITICAL),
                        shop().counts(),
                        "customer project · 2 environments",
                        ago(Duration.ofSeconds(3)),
                        new SystemView.About(
                                "Web shop of Muster GmbH: nginx → Varnish → app ×4 → PostgreSQL."
                                        + " Fridays 18–21 h are sacred.",
                                List.of("customer=muster", "web"),
                                List.of(system("muster-gmbh")),
                                "defined in examples/shop/shop/system.yaml",
                                problems())),
                firing(),
                checks(),
                shop().below(),
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
                days(),
                agents().subList(0, 2));
    }

    static List<CheckRow> checks() {
        return List.of(
                new CheckRow(
                        StateBadge.of(State.CRITICAL),
                        check("shop", "http-front"),
                        "web2",
                        new CheckRow.Said(
                                "HTTP CRITICAL: HTTP/1.1 503 Backend fetch failed - 412 bytes", ""),
                        ago(Duration.ofMinutes(9)),
                        ago(Duration.ofSeconds(4))),
                new CheckRow(
                        StateBadge.of(State.STALE),
                        check("shop", "backup"),
                        "db2",
                        new CheckRow.Said("BACKUP OK - 41 GiB", "agent silent, was ok"),
                        ago(Duration.ofHours(26)),
                        ago(Duration.ofHours(26))),
                new CheckRow(
                        StateBadge.of(State.PENDING),
                        check("shop", "certificate"),
                        "web1",
                        new CheckRow.Said("", "no result yet"),
                        When.NEVER,
                        When.NEVER),
                new CheckRow(
                        StateBadge.of(State.OK),
                        check("shop", "http-front"),
                        "web1",
                        new CheckRow.Said("HTTP OK: HTTP/1.1 200 OK - 5,123 bytes in 0.004 s", ""),
                        ago(Duration.ofDays(21)),
                        ago(Duration.ofSeconds(2))));
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
                            clock(Duration.ofSeconds(5L * i + 4)),
                            StateBadge.of(state),
                            state == State.OK
                                    ? "HTTP OK: 200 in 0.004 s"
                                    : "HTTP/1.1 503 Backend"));
        }
        Instant due = NOW.minusSeconds(4);
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
                        ZONE);
        return new CheckView(
                frame("http-front", Section.SYSTEMS, 4, "aramaki check show shop http-front"),
                new CheckView.Head(
                        "http-front",
                        StateBadge.of(State.CRITICAL),
                        List.of(system("shop"), system("shop-production")),
                        "On 2 entities, every 5 s."),
                List.of(
                        new CheckView.EntityCheck(
                                "web2",
                                new CheckView.Now(
                                        StateBadge.of(State.CRITICAL),
                                        "",
                                        ago(Duration.ofMinutes(9)),
                                        ago(Duration.ofSeconds(4)),
                                        "HTTP CRITICAL: HTTP/1.1 503 Backend fetch failed - 412 bytes"
                                                + " in 0.002 second response time\nVia: 1.1 varnish"
                                                + "\nX-Varnish: 32770"),
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
                                        ago(Duration.ofHours(26)),
                                        ago(Duration.ofHours(26)),
                                        "HTTP OK"),
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
                frame("Alerts", Section.ALERTS, 4, "aramaki alert list"),
                new Filter(
                        "system:shop",
                        "4 firing, 2 resolved in the last 24 h",
                        List.of(new Place("severity:critical", "/alerts?q=severity:critical"))),
                firing(),
                resolved(),
                "/alerts?after=abc");
    }

    static TimelineView timeline() {
        return new TimelineView(
                frame("Timeline", Section.TIMELINE, 4, "aramaki timeline list --system shop"),
                new Filter("system:shop", "7 events, all layers of shop", List.of()),
                days(),
                "",
                "/timeline?q=system:shop&before=abc");
    }

    static EventView event() {
        return new EventView(
                frame("Event", Section.TIMELINE, 4, "aramaki timeline list --json"),
                days().getFirst().events().get(2),
                List.of(
                        Fact.code("hash", HASH),
                        Fact.code("prev", HASH.replace('9', 'a')),
                        Fact.code("log", "s_k3jd7… ops, epoch 0, seq 412"),
                        Fact.code("type", "state.changed"),
                        Fact.words("at", "2026-11-22 02:51:14.031 UTC"),
                        Fact.words("recorded", "2026-11-22 02:51:14.042 UTC, counter 0"),
                        Fact.code("actor", "a_web2"),
                        Fact.code("grant", HASH.replace('f', '0')),
                        Fact.code("payload hash", HASH.replace('e', '7'))),
                """
                {
                  "check": "http-front",
                  "entity": "web2",
                  "from": "ok",
                  "state": "critical",
                  "output": "HTTP/1.1 503 Backend fetch failed"
                }
                """,
                "/events/" + HASH,
                "/events/" + HASH);
    }

    static AgentsView agentsView() {
        return new AgentsView(
                frame("Agents", Section.AGENTS, 4, "aramaki agent list"),
                agents(),
                "aramaki agent invite --system shop");
    }

    static SignInView signIn() {
        return new SignInView(
                Frame.stranger("Sign in", "kontor", When.clock(NOW, ZONE)),
                "./aramaki login --server http://localhost:8700",
                "That link was used already.",
                "");
    }

    static SignInView confirm() {
        return new SignInView(
                Frame.stranger("Sign in", "kontor", When.clock(NOW, ZONE)), "", "", "k3jd-77ab");
    }

    static RefusedView refused() {
        return new RefusedView(
                frame("Not found", Section.NONE, 4, ""),
                404,
                "not-found",
                "There is no such page",
                "there is no system shopp",
                "r_01JD8",
                new Place("All systems", "/systems"));
    }

    // ---- Empty ----------------------------------------------------------------------------------

    private static final Filter NO_FILTER = new Filter("", "", List.of());
    private static final String HINT =
            "Put a folder with a system.yaml into examples/shop, or type: aramaki system create NAME";

    static HomeView emptyHome() {
        return new HomeView(
                frame("Home", Section.HOME, 0, "aramaki system status"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                HINT);
    }

    static SystemsView emptySystems() {
        return new SystemsView(
                frame("Systems", Section.SYSTEMS, 0, "aramaki system list"),
                NO_FILTER,
                List.of(),
                HINT);
    }

    static SystemView emptySystem() {
        return new SystemView(
                frame("Newcomer", Section.SYSTEMS, 0, "aramaki system status newcomer"),
                new SystemView.Head(
                        system("newcomer"),
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
                List.of());
    }

    static CheckView emptyCheck() {
        return new CheckView(
                frame("load", Section.SYSTEMS, 0, "aramaki check show newcomer load"),
                new CheckView.Head(
                        "load", StateBadge.of(State.PENDING), List.of(system("newcomer")), ""),
                List.of(),
                List.of(Fact.words("probe", "load"), Fact.words("every", "1 min")));
    }

    static AlertsView emptyAlerts() {
        return new AlertsView(
                frame("Alerts", Section.ALERTS, 0, "aramaki alert list"),
                NO_FILTER,
                List.of(),
                List.of(),
                "");
    }

    static TimelineView emptyTimeline() {
        return new TimelineView(
                frame("Timeline", Section.TIMELINE, 0, "aramaki timeline list"),
                new Filter("system:nobody", "no events", List.of()),
                List.of(),
                "",
                "");
    }

    static EventView prunedEvent() {
        return new EventView(
                frame("Event", Section.TIMELINE, 0, ""),
                days().getFirst().events().getFirst(),
                List.of(Fact.code("hash", HASH)),
                "",
                "",
                "");
    }

    static AgentsView emptyAgents() {
        return new AgentsView(
                frame("Agents", Section.AGENTS, 0, "aramaki agent list"),
                List.of(),
                "aramaki agent invite --system kontor");
    }

    /// A long list, for the eye and for the weight of a page.
    static AlertsView manyAlerts(int rows) {
        return new AlertsView(
                frame("Alerts", Section.ALERTS, rows, "aramaki alert list"),
                NO_FILTER,
                Collections.nCopies(rows, firing().getFirst()),
                List.of(),
                "");
    }

    // ---- Hostile --------------------------------------------------------------------------------

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
                        Episode.firing(ago(Duration.ofMinutes(1)), evil));
        var layer =
                new TreeNode(
                        new TreeNode.Naming(new Place(evil, evil), evil, evil, evil),
                        StateBadge.of(State.OK),
                        List.of(),
                        When.NEVER,
                        When.NEVER,
                        List.of());
        return new SystemView(
                frame(evil, Section.SYSTEMS, 1, evil),
                new SystemView.Head(
                        new Place(evil, "/s/x"),
                        evil,
                        StateBadge.of(State.CRITICAL),
                        List.of(),
                        evil,
                        When.NEVER,
                        new SystemView.About(
                                evil,
                                List.of(evil),
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
                                new AgentRow.Spool(evil, 1, evil))));
    }

    static CheckView hostileCheck(String evil) {
        return new CheckView(
                frame(evil, Section.SYSTEMS, 1, evil),
                new CheckView.Head(evil, StateBadge.of(State.OK), List.of(), evil),
                List.of(
                        new CheckView.EntityCheck(
                                evil,
                                new CheckView.Now(
                                        StateBadge.of(State.OK),
                                        evil,
                                        When.NEVER,
                                        When.NEVER,
                                        evil),
                                List.of(
                                        new CheckView.MetricRow(
                                                evil, evil, evil, evil, evil, evil)),
                                List.of(
                                        new CheckView.HistoryRow(
                                                new When(evil, evil, evil),
                                                StateBadge.of(State.OK),
                                                evil)),
                                List.of(new HopRow(evil, When.NEVER, evil)))),
                List.of(Fact.words(evil, evil), Fact.code(evil, evil)));
    }
}
