package aramaki.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Sign;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is on the screen.
class PainterTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;
    private final InstantSource clock = () -> now;
    private final Ages ages = new Ages(clock, ZoneOffset.UTC);
    private final Painter painter = new Painter("ops:8700", ages);

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'), JsonNode.class);
    }

    private static JsonNode alert(String check, String severity, String output) {
        return json(
                ("{'key':'shop/web1/%s','system':'shop','entity':'web1','check':'%s','state':'firing',"
                                + "'severity':'%s','since':'2026-03-01T11:57:00Z','output':'%s'}")
                        .formatted(check, check, severity, output));
    }

    private static JsonNode system(String name, String state, String below) {
        return json(
                "{'name':'%s','title':'The %s','state':'%s','counts':{'%s':2},'subsystems':[%s]}"
                        .formatted(name, name, state, state, below));
    }

    private static JsonNode event(int n) {
        return json(
                ("{'id':'e%d','at':'2026-03-01T11:59:%02dZ','recordedAt':'2026-03-01T11:59:%02dZ',"
                                + "'system':'shop','type':'note.added','text':'note %d'}")
                        .formatted(n, n % 60, n % 60, n));
    }

    private Board board(List<JsonNode> alerts) {
        return Board.of(
                now,
                alerts,
                List.of(system("db", "ok", ""), system("shop", "critical", "'db','gone'")),
                List.of());
    }

    private View view(JsonNode... alerts) {
        var view = new View(board(List.of(alerts)), List.of(event(1), event(2)), now);
        view.take(new News.Heard(), now);
        return view;
    }

    private String screen(View view, int height, int width) {
        var lines = painter.paint(view, height, width);
        assertThat(lines).hasSizeLessThanOrEqualTo(height);
        return lines.stream()
                .map(Line::text)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void oneScreenShowsAlertsSystemsAndTheTimeline() {
        var view = view(alert("http", "critical", "refused"), alert("disk", "warning", "91 %"));

        assertThat(screen(view, 24, 80))
                .startsWith("aramaki ops:8700  2 firing  systems ✖1 ✔1")
                .contains("live 0s")
                .contains("▸ ✖ critical  http on web1  shop  3m  refused")
                .contains("  ▲ warning   disk on web1  shop  3m  91 %")
                .contains("  shop       ✖ critical    ✖2  The shop")
                .contains("  ├─ db      ✔ ok          ✔2  The db")
                .contains("  └─ ? gone  unknown here")
                .contains("11:59:02  shop  note 2")
                .endsWith("? help  q quit");
    }

    @Test
    void noAlertsIsSaid() {
        assertThat(screen(view(), 24, 80))
                .contains("no alerts  systems")
                .contains("no alerts fire");
    }

    @Test
    void whatMayNoLongerBeSoIsNeverGreen() {
        var view = view(alert("http", "critical", "refused"));
        now = START.plusSeconds(7);
        view.take(new News.StreamLost("nothing answers there"), now);
        now = START.plusSeconds(20);

        var lines = painter.paint(view, 24, 80);

        assertThat(screen(view, 24, 80))
                .contains("NOT LIVE since 12:00:00 (20s)")
                .contains("◌ was critical  http")
                .contains("◌ was ok")
                .contains("nothing answers there")
                .doesNotContain("✔");
        assertThat(lines.stream().flatMap(l -> l.pieces().stream()))
                .noneMatch(p -> p.style().colour().equals(Style.of(Sign.GOOD).colour()))
                .filteredOn(p -> p.text().contains("was"))
                .allMatch(p -> p.style().dim());
    }

    @Test
    void aSilentConnectionIsNoLiveOne() {
        var view = view();
        now = START.plusSeconds(41);

        assertThat(screen(view, 24, 80)).contains("NOT LIVE since 12:00:00");
    }

    @Test
    void freshAnswersWithoutAStreamAreShownAsThat() {
        var view = view();
        view.take(new News.StreamLost("a proxy"), now);
        view.take(new News.Loaded(board(List.of())), now);

        assertThat(screen(view, 24, 80)).contains("no stream, asked 0s").contains("✔ ok");
    }

    @Test
    void theServerThatIsBackIsLiveOnlyOnceItAnswered() {
        var view = view();
        view.take(new News.StreamLost("gone"), now);
        view.take(new News.Heard(), now);
        assertThat(screen(view, 24, 80)).contains("NOT LIVE");

        view.take(new News.Loaded(board(List.of())), now);
        assertThat(screen(view, 24, 80)).contains("live 0s").doesNotContain("NOT LIVE");
    }

    @Test
    void theSelectionStaysWithItsRowWhenOthersCome() {
        var view = view(alert("a", "warning", ""), alert("b", "warning", ""));
        view.move(1);

        view.take(
                new News.Loaded(
                        board(
                                List.of(
                                        alert("new", "critical", ""),
                                        alert("a", "warning", ""),
                                        alert("b", "warning", "")))),
                now);

        assertThat(screen(view, 24, 80)).contains("▸ ▲ warning   b on web1");
    }

    @Test
    void theFilterWantsEveryWordAndIsShown() {
        var view = view(alert("http", "critical", "refused"), alert("disk", "warning", "91 %"));
        view.filter("WARN web1");

        assertThat(screen(view, 24, 80))
                .contains("disk on web1")
                .doesNotContain("http on web1")
                .contains("ALERTS 1 with /WARN web1");
    }

    @Test
    void theTimelineFollowsTheNewestUntilItIsMoved() {
        var view = view();
        view.turn(-1);
        view.take(new News.Happened(List.of(event(3))), now);
        assertThat(screen(view, 24, 80)).contains("▸ 11:59:03  shop  note 3");

        view.move(-1);
        view.take(new News.Happened(List.of(event(4))), now);
        assertThat(screen(view, 24, 80)).contains("▸ 11:59:02  shop  note 2");
    }

    @Test
    void theTimelineIsBounded() {
        var many = new ArrayList<JsonNode>();
        for (int i = 0; i < Happenings.KEPT + 300; i++) {
            many.add(event(i));
        }
        var view = view();
        view.take(new News.Happened(many), now);

        assertThat(view.items(View.Pane.TIMELINE)).hasSize(Happenings.KEPT);
    }

    @Test
    void everySizeHasAScreen() {
        var view = view(alert("http", "critical", "x".repeat(300)), alert("監視", "warning", "監視"));
        view.open(
                new Details(
                        "x",
                        "t",
                        "u",
                        List.of(Details.Paragraph.of("output", "word ".repeat(90)))));
        for (int turn = 0; turn < 2; turn++) {
            for (int height = 1; height < 40; height++) {
                for (int width = 1; width < 170; width += 3) {
                    var terminal = new VirtualTerminal(height, width);
                    var lines = painter.paint(view, height, width);
                    terminal.take(new Screen(Glyphs.UNICODE, true).change(lines, height, width));
                    assertThat(terminal.rows()).hasSize(height);
                }
            }
            view.back();
        }
    }

    @Test
    void theWholeOutputIsWrappedAndKeepsItsLines() {
        var view = view();
        view.open(
                new Details(
                        "x",
                        "http on web1",
                        "http://ops/s/shop",
                        List.of(
                                Details.Paragraph.of(
                                        "output", "first line is a long one\n  second\u001b[2J"))));

        assertThat(screen(view, 12, 30))
                .contains("output  first line is a long", "        one", "          second␛[2J");
    }

    @Test
    void aQuietSecondCostsAFewBytes() {
        var view = view(alert("http", "critical", "refused"));
        var screen = new Screen(Glyphs.UNICODE, true);
        screen.change(painter.paint(view, 24, 80), 24, 80);
        now = START.plusSeconds(1);

        String sent = screen.change(painter.paint(view, 24, 80), 24, 80);

        assertThat(sent.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 40);
    }

    @Test
    void namesThatGoInACircleEnd() {
        var board =
                Board.of(
                        now,
                        List.of(),
                        List.of(system("a", "ok", "'b','b'"), system("b", "ok", "'a','a'")),
                        List.of("a"));

        assertThat(board.tree()).hasSizeBetween(2, 5000);
    }

    @Test
    void onlyTheSystemsAskedForAndThoseBelowAreShown() {
        var other =
                json("{'key':'x/e/c','system':'x','entity':'e','check':'c','severity':'warning'}");
        var board =
                Board.of(
                        now,
                        List.of(alert("http", "critical", ""), other),
                        List.of(
                                system("db", "ok", ""),
                                system("x", "ok", ""),
                                system("shop", "critical", "'db'")),
                        List.of("shop"));

        assertThat(board.systems()).containsOnlyKeys("db", "shop");
        assertThat(board.alerts()).hasSize(1);
        assertThat(board.shows("x")).isFalse();
        assertThat(board.shows("db")).isTrue();
    }
}
