package aramaki.cli.watch;

import aramaki.cli.output.Plain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a terminal shows, and the fewest bytes that make it show something else. Every character
/// passes here, so that none is sent which a terminal would obey.
final class Screen {
    /// Over a slow line a jump costs about as much as this many unchanged characters.
    private static final int JUMP = 6;

    /// A frame that is longer is sent as one, by terminals that can.
    private static final int LONG_FRAME = 600;

    /// More marks on one letter are decoration at best, and a tower over other rows at worst.
    private static final int MOST_MARKS = 2;

    private static final Cell BLANK = new Cell(" ", 1, Style.PLAIN);

    /// One column; the right half of a wide character has no text and no width.
    private record Cell(String text, int width, Style style) {
        boolean simple() {
            return width == 1 && text.length() == 1;
        }
    }

    private final Glyphs glyphs;
    private final boolean colour;
    private Cell[][] shown = new Cell[0][0];
    private int columns;

    Screen(Glyphs glyphs, boolean colour) {
        this.glyphs = glyphs;
        this.colour = colour;
    }

    /// Whatever the terminal shows now is not what we believe.
    void forget() {
        shown = new Cell[0][0];
    }

    /// What to send so that the terminal shows these rows.
    String change(List<Line> rows, int height, int width) {
        var out = new StringBuilder();
        boolean fresh = shown.length != height || columns != width;
        if (fresh) {
            columns = width;
            shown = new Cell[height][];
            Arrays.setAll(shown, _ -> blank());
            out.append("\u001b[0m\u001b[2J");
        }
        var next = new ArrayList<Cell[]>();
        for (int y = 0; y < height; y++) {
            next.add(y < rows.size() ? cells(rows.get(y)) : blank());
        }
        var pen = new Pen(out);
        for (int y = 0; y < height; y++) {
            row(y, next.get(y), pen);
            shown[y] = next.get(y);
        }
        pen.put(Style.PLAIN);
        return out.length() > LONG_FRAME ? "\u001b[?2026h" + out + "\u001b[?2026l" : out.toString();
    }

    private Cell[] blank() {
        var row = new Cell[columns];
        Arrays.fill(row, BLANK);
        return row;
    }

    private Cell[] cells(Line line) {
        var row = blank();
        int x = 0;
        int marks = 0;
        for (var piece : line.pieces()) {
            var style = colour ? piece.style() : piece.style().colourless();
            for (int raw : piece.text().codePoints().toArray()) {
                int width = Plain.width(raw);
                int c = shownAs(raw);
                if (width == 0) {
                    if (x > 0 && row[x - 1].width() == 1 && marks++ < MOST_MARKS) {
                        row[x - 1] = new Cell(row[x - 1].text() + glyph(c), 1, style);
                    }
                    continue;
                }
                if (x + width > columns) {
                    return row;
                }
                marks = 0;
                boolean two = width == 2 && glyphs == Glyphs.UNICODE;
                row[x] = new Cell(glyph(c), two ? 2 : 1, style);
                if (width == 2) {
                    row[x + 1] = new Cell(two ? "" : glyph(c), two ? 0 : 1, style);
                }
                x += width;
            }
        }
        return row;
    }

    private int shownAs(int raw) {
        int type = Character.getType(raw);
        boolean odd = type == Character.PRIVATE_USE || type == Character.UNASSIGNED;
        return glyphs.shown(odd ? '\uFFFD' : Plain.harmless(raw));
    }

    private static String glyph(int c) {
        return Character.toString(c);
    }

    private void row(int y, Cell[] now, Pen pen) {
        var before = shown[y];
        if (Arrays.equals(before, now)) {
            return;
        }
        int end = columns;
        while (end > 0 && now[end - 1].equals(BLANK)) {
            end--;
        }
        boolean shorter = !Arrays.equals(before, end, columns, now, end, columns);
        // Where terminals may differ about a width, the whole row is sent, so that they agree.
        boolean whole = !simple(before) || !simple(now);
        int x = 0;
        while (x < end) {
            if (!whole && before[x].equals(now[x])) {
                x++;
                continue;
            }
            int last = whole ? end - 1 : lastOfRun(before, now, x, end);
            pen.moveTo(y, x);
            for (; x <= last; x++) {
                pen.put(now[x].style());
                pen.put(now[x].text());
            }
        }
        if ((shorter || whole) && end < columns) {
            pen.put(Style.PLAIN);
            pen.moveTo(y, end);
            pen.put("\u001b[K");
        }
    }

    private static int lastOfRun(Cell[] before, Cell[] now, int start, int end) {
        int last = start;
        for (int x = start; x < end && x - last <= JUMP; x++) {
            if (!before[x].equals(now[x])) {
                last = x;
            }
        }
        return last;
    }

    private static boolean simple(Cell[] row) {
        return Arrays.stream(row).allMatch(Cell::simple);
    }

    /// Knows which style the terminal is in.
    private static final class Pen {
        private final StringBuilder out;
        private Style style = Style.PLAIN;

        Pen(StringBuilder out) {
            this.out = out;
        }

        void moveTo(int y, int x) {
            out.append("\u001b[").append(y + 1);
            if (x > 0) {
                out.append(';').append(x + 1);
            }
            out.append('H');
        }

        void put(Style next) {
            if (!next.equals(style)) {
                out.append(next.sequence());
                style = next;
            }
        }

        void put(String text) {
            out.append(text);
        }
    }
}
