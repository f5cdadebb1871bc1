package aramaki.cli.watch;

import aramaki.cli.output.Plain;
import java.util.ArrayList;
import java.util.List;

/// Rows in columns as wide as they need, as far as there is room: the last column gives way first,
/// then always the widest.
final class Grid {
    private static final int GAP = 2;
    private static final int SMALLEST_LAST = 10;
    private static final int SMALLEST = 4;

    private Grid() {}

    static List<Line> lines(List<List<Line>> rows, int width) {
        if (rows.isEmpty()) {
            return List.of();
        }
        int[] widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        fit(widths, width);
        var lines = new ArrayList<Line>();
        for (var row : rows) {
            var line = Line.EMPTY;
            int column = 0;
            for (int i = 0; i < widths.length; i++) {
                line = line.to(column).and(cut(row.get(i), widths[i]));
                column += widths[i] == 0 ? 0 : widths[i] + GAP;
            }
            lines.add(line);
        }
        return lines;
    }

    private static void fit(int[] widths, int width) {
        int last = widths.length - 1;
        int over = -width;
        for (int w : widths) {
            over += w == 0 ? 0 : w + GAP;
        }
        over -= GAP;
        int fromLast = Math.clamp(over, 0, Math.max(0, widths[last] - SMALLEST_LAST));
        widths[last] -= fromLast;
        for (over -= fromLast; over > 0; over--) {
            int widest = 0;
            for (int i = 1; i < last; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= SMALLEST) {
                return;
            }
            widths[widest]--;
        }
    }

    static Line cut(Line line, int width) {
        if (line.width() <= width) {
            return line;
        }
        var pieces = new ArrayList<Line.Piece>();
        int left = width;
        for (var piece : line.pieces()) {
            int wide = Plain.width(piece.text());
            if (wide < left) {
                pieces.add(piece);
                left -= wide;
            } else {
                String text = wide == left ? piece.text() + "x" : piece.text();
                pieces.add(new Line.Piece(Plain.cut(text, left), piece.style()));
                break;
            }
        }
        return new Line(pieces);
    }
}
