package aramaki.cli.watch;

import aramaki.cli.output.Plain;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A terminal that obeys what a screen may send, and refuses everything else.
final class VirtualTerminal {
    private static final Pattern SENT =
            Pattern.compile(
                    "\u001b\\[(?<move>[0-9;]*)H|\u001b\\[(?<style>[0-9;]*)m"
                            + "|\u001b\\[(?<erase>2J|K)|\u001b\\[\\?2026[hl]|(?<text>[^\u001b]+)");

    private final String[][] cells;
    private final String[][] styles;
    private int y;
    private int x;
    private String style = "";

    VirtualTerminal(int height, int width) {
        cells = new String[height][width];
        styles = new String[height][width];
        for (int row = 0; row < height; row++) {
            Arrays.fill(cells[row], "#"); // what was there before must not be believed
            Arrays.fill(styles[row], "");
        }
    }

    void take(String sent) {
        var matcher = SENT.matcher(sent);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() != end) {
                break;
            }
            end = matcher.end();
            if (matcher.group("move") != null) {
                var to = (matcher.group("move") + ";").split(";");
                y = Integer.parseInt(to[0]) - 1;
                x = to.length > 1 ? Integer.parseInt(to[1]) - 1 : 0;
            } else if (matcher.group("style") != null) {
                String change = matcher.group("style");
                style = change.equals("0") ? "" : change.startsWith("0") ? change : style + change;
            } else if (matcher.group("erase") != null) {
                erase(matcher.group("erase").equals("2J"));
            } else if (matcher.group("text") != null) {
                matcher.group("text").codePoints().forEach(this::put);
            }
        }
        if (end != sent.length()) {
            throw new AssertionError("sent what no screen may send: " + sent.substring(end));
        }
    }

    private void erase(boolean all) {
        for (int row = all ? 0 : y; row < (all ? cells.length : y + 1); row++) {
            int from = all ? 0 : x;
            Arrays.fill(cells[row], from, cells[row].length, " ");
            Arrays.fill(styles[row], from, cells[row].length, style);
        }
    }

    private void put(int c) {
        if (c < ' ' || c >= 0x7f && c < 0xa0) {
            throw new AssertionError("sent the control character " + c);
        }
        int width = Plain.width(c);
        if (width == 0) {
            cells[y][x - 1] += Character.toString(c);
            return;
        }
        cells[y][x] = Character.toString(c);
        styles[y][x] = style;
        if (width == 2) {
            cells[y][x + 1] = "";
            styles[y][x + 1] = style;
        }
        x += width;
    }

    /// The rows, without blanks at their ends.
    List<String> rows() {
        return Stream.of(cells).map(row -> String.join("", row).stripTrailing()).toList();
    }

    List<String> styles() {
        return Stream.of(styles).map(row -> String.join("|", row)).toList();
    }
}
