package aramaki.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changing a terminal with few bytes, and never with a character that it would obey.
class ScreenTest {
    private static final int HEIGHT = 8;
    private static final int WIDTH = 30;

    private final Screen screen = new Screen(Glyphs.UNICODE, true);

    private static List<Line> lines(String... texts) {
        return List.of(texts).stream().map(Line::of).toList();
    }

    private String change(String... texts) {
        return screen.change(lines(texts), HEIGHT, WIDTH);
    }

    @Test
    void theFirstFrameShowsEverything() {
        var terminal = new VirtualTerminal(HEIGHT, WIDTH);

        terminal.take(change("one", "", "three"));

        assertThat(terminal.rows()).startsWith("one", "", "three").hasSize(HEIGHT);
    }

    @Test
    void nothingIsSentWhenNothingChanged() {
        change("one", "two");

        assertThat(change("one", "two")).isEmpty();
    }

    @Test
    void oneChangedNumberIsAJumpAndANumber() {
        change("live 3s", "two");

        assertThat(change("live 4s", "two")).isEqualTo("\u001b[1;6H4");
    }

    @Test
    void aShorterRowIsErasedToItsEnd() {
        change("a long row of text");

        assertThat(change("a long")).isEqualTo("\u001b[1;7H\u001b[K");
    }

    @Test
    void anotherSizeIsDrawnAnew() {
        change("one", "two");

        assertThat(screen.change(lines("one"), HEIGHT, WIDTH + 1)).contains("\u001b[2J", "one");
    }

    @Test
    void withoutColourNoColourIsSent() {
        var plain = new Screen(Glyphs.UNICODE, false);
        var red = Line.of("✖ critical", new Style("\u001b[31m", true, false, true));

        assertThat(plain.change(List.of(red), 1, WIDTH))
                .contains("\u001b[0;1;7m")
                .doesNotContain("[3");
    }

    @Test
    void anAsciiTerminalGetsAsciiOfTheSameWidth() {
        var ascii = new Screen(Glyphs.ASCII, false);
        var terminal = new VirtualTerminal(2, WIDTH);

        terminal.take(ascii.change(lines("✖ a │ ├─ b…", "監視 ok"), 2, WIDTH));

        assertThat(terminal.rows()).containsExactly("X a | |- b.", "???? ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b[Hgone",
                "\u001b]0;title\u0007",
                "\u001bP1$r0m\u001b\\",
                "\u009b31mred",
                "\u0090q\u009c",
                "a\rb\nc\u000bd\u0008e\u007ff\u000eg",
                "\u202eover\u202cride\u2066x\u2069",
                "zero\u200bwidth\u2060\ufeff",
                "tag\udb40\udc41",
                "half\ud83d",
                "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
                "\ue000private\uf8ff",
                "\u2028\u2029lines",
                "\u001b[?1049l\u001bc",
                "\u0000\u0001\u0018\u001a",
            })
    void noTextIsObeyed(String text) {
        var terminal = new VirtualTerminal(HEIGHT, WIDTH);

        terminal.take(change(text, "below"));

        assertThat(terminal.rows().get(1)).isEqualTo("below");
        assertThat(terminal.rows().getFirst())
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]")
                .doesNotContainPattern("\\p{M}{3}");
    }

    /// Whatever was shown before: after a change the terminal shows what a fresh one would.
    @Test
    void changesLeadToTheSameScreenAsDrawingAnew() {
        var random = new Random(4711);
        var terminal = new VirtualTerminal(HEIGHT, WIDTH);
        for (int frame = 0; frame < 3000; frame++) {
            var rows = randomRows(random);
            terminal.take(screen.change(rows, HEIGHT, WIDTH));
            var fresh = new VirtualTerminal(HEIGHT, WIDTH);
            fresh.take(new Screen(Glyphs.UNICODE, true).change(rows, HEIGHT, WIDTH));

            assertThat(terminal.rows()).isEqualTo(fresh.rows());
            assertThat(terminal.styles()).isEqualTo(fresh.styles());
        }
    }

    private static List<Line> randomRows(Random random) {
        var rows = new ArrayList<Line>();
        for (int y = random.nextInt(HEIGHT + 1); y > 0; y--) {
            var line = Line.EMPTY;
            for (int n = random.nextInt(4); n > 0; n--) {
                var style = random.nextInt(3) == 0 ? Style.BOLD : Style.PLAIN;
                String[] texts = {"abc ", "  ", "監", "e\u0301", "x".repeat(12), "✖ ", "7s", "8s"};
                line = line.and(texts[random.nextInt(texts.length)], style);
            }
            rows.add(line);
        }
        return rows;
    }

    @Test
    void aHundredScrolledRowsOfATimelineStayCheap() {
        int bytes = 0;
        for (int i = 0; i < 100; i++) {
            var rows = new ArrayList<Line>();
            for (int y = 0; y < HEIGHT; y++) {
                rows.add(Line.of("event number %04d".formatted(i + y)));
            }
            bytes += screen.change(rows, HEIGHT, WIDTH).getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(bytes / 100).isLessThan(HEIGHT * 12);
    }
}
