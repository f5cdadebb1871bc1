package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import aramaki.model.timeline.EventType;
import aramaki.server.web.view.AgentRow;
import aramaki.server.web.view.AlertRow;
import aramaki.server.web.view.AlertRow.Episode;
import aramaki.server.web.view.Day;
import aramaki.server.web.view.EventRow;
import aramaki.server.web.view.FileProblem;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Frame.Section;
import aramaki.server.web.view.Markdown;
import aramaki.server.web.view.OfferRow;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StateCount;
import aramaki.server.web.view.TreeNode;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// Invented rows for views: a night at a web shop.
final class InventedRows {
    static final ZoneId ZONE = ZoneId.of("UTC");
    static final Instant NOW = Instant.parse("2026-11-22T03:00:14.250Z");
    static final String HASH = "9f2c1e07b4d85a6630cf7715e2ab9d4486f0c3b1d7e95a2f4c8b6e1037d9a5f2";

    private InventedRows() {}

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

    /// Two that somebody has, one of them also silenced.
    static List<AlertRow> kept() {
        var first = firing().getFirst();
        return List.of(
                held(
                        first,
                        new AlertRow.Held(
                                "shop/web1/http",
                                "ada",
                                true,
                                ago(Duration.ofMinutes(-12)),
                                true,
                                "swapping the disk",
                                "")),
                held(
                        first,
                        new AlertRow.Held(
                                "shop/web2/http",
                                "bo",
                                false,
                                When.NEVER,
                                false,
                                "",
                                "new disk for db1")));
    }

    private static AlertRow held(AlertRow row, AlertRow.Held held) {
        return new AlertRow(
                row.severity(),
                row.check(),
                row.entity(),
                row.where(),
                row.output(),
                row.episode(),
                row.seen(),
                held);
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
                new TreeNode.Naming(
                        system(name),
                        title,
                        category,
                        List.of(new Place("customer=muster", "/systems?q=customer%3Dmuster")),
                        note),
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
                                List.of(),
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
                                                .withMarkup(
                                                        Markdown.of(
                                                                """
                                                                ## Pool
                                                                Backend pool is **4** now, not 3.
                                                                Do not restart `app1` alone:

                                                                1. drain it
                                                                2. [look](https://graphs.example/)
                                                                   - at least *twice*

                                                                > Who says so?
                                                                """))
                                                .withLinks(
                                                        List.of(
                                                                new Place(
                                                                        "about this event",
                                                                        "/events/" + HASH)))),
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

    static List<OfferRow> offers() {
        return List.of(
                offer(
                        "p_nginx",
                        "nginx on port 80",
                        "nginx-80",
                        "http url=http://127.0.0.1/",
                        StateBadge.of(State.OK),
                        ""),
                offer(
                        "p_disk",
                        "space on /var/lib/postgresql/16/main",
                        "disk-var-lib-postgresql-16-main",
                        "disk path=/var/lib/postgresql/16/main",
                        StateBadge.of(State.CRITICAL),
                        "/srv/aramaki/systems/shop"));
    }

    private static OfferRow offer(
            String id, String title, String check, String how, StateBadge tried, String folder) {
        return new OfferRow(
                id,
                new Place(title, "/proposals?system=shop#o-" + id),
                system("shop"),
                check,
                how,
                new OfferRow.Words(
                        title + " serves others; a check tells when it no longer answers.",
                        "nginx listens on *:80",
                        List.of("web1")),
                java.util.Optional.of(new OfferRow.Tried(tried, "HTTP 200, 612 B in 0.002 s")),
                ago(Duration.ofMinutes(3)),
                new OfferRow.Document(
                        "checks/" + check + ".yaml",
                        "name: "
                                + check
                                + "\nprobe:\n  http:\n    url: \"http://127.0.0.1/\"\nevery: 30s\n",
                        folder));
    }

    static List<FileProblem> problems() {
        return List.of(
                new FileProblem(
                        "examples/shop/shop/checks/http-front.yaml:3",
                        "every: \"fast\" is no duration; write 30s, 5m or 2h",
                        "The version of 02:12 stays active."));
    }
}
