package aramaki.cli.watch;

import aramaki.cli.output.Plain;
import java.util.ArrayList;
import java.util.List;

/// Breaks long text into rows.
final class Wrapping {
    /// A host may print much; all of it is on the page.
    private static final int MOST_LINES = 2000;

    private Wrapping() {}

    /// The name, and the text beside it.
    static List<Line> lines(Details.Paragraph paragraph, int names, int width) {
        if (paragraph.text().isEmpty()) {
            return List.of(Line.of(Plain.line(paragraph.name()), paragraph.style()));
        }
        int indent = names + 2;
        var lines = new ArrayList<Line>();
        String name = Plain.cut(Plain.line(paragraph.name()), names);
        for (String text : wrapped(paragraph.text(), Math.max(8, width - indent))) {
            lines.add(Line.of(name, Style.DIM).to(indent).and(text, paragraph.style()));
            name = "";
        }
        return lines;
    }

    static List<String> wrapped(String text, int width) {
        var rows = new ArrayList<String>();
        for (String line : text.lines().limit(MOST_LINES).toList()) {
            wrap(harmless(line), width, rows);
        }
        return rows;
    }

    /// As `Plain.line`, with what a line begins with kept: it may be a table.
    private static String harmless(String line) {
        var safe = new StringBuilder();
        line.stripTrailing().codePoints().forEach(c -> safe.appendCodePoint(Plain.harmless(c)));
        return safe.toString();
    }

    private static void wrap(String line, int width, List<String> rows) {
        var row = new StringBuilder();
        int column = 0;
        int space = -1;
        for (int c : line.codePoints().toArray()) {
            int wide = Plain.width(c);
            if (column + wide > width) {
                boolean atSpace = space > width / 2;
                String rest = atSpace ? row.substring(space + 1) : "";
                rows.add(atSpace ? row.substring(0, space) : row.toString());
                row.setLength(0);
                row.append(rest);
                column = Plain.width(rest);
                space = -1;
                if (rows.size() > MOST_LINES) {
                    return;
                }
            }
            if (c == ' ') {
                space = row.length();
            }
            row.appendCodePoint(c);
            column += wide;
        }
        rows.add(row.toString());
    }
}
