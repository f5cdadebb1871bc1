package aramaki.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Rows with aligned columns that never wrap: what does not fit is cut, the last column first.
final class TextTable {
    private static final String GAP = "  ";
    private static final int SMALLEST_LAST = 12;
    private static final int SMALLEST = 4;

    private final Terminal terminal;
    private final Ages ages;

    TextTable(Terminal terminal, Ages ages) {
        this.terminal = terminal;
        this.ages = ages;
    }

    List<String> lines(List<String> titles, List<List<Cell>> rows) {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Plain.width(titles.get(i));
            for (var row : rows) {
                widths[i] = Math.max(widths[i], Plain.width(row.get(i).shown(ages)));
            }
        }
        fit(widths);
        var lines = new ArrayList<String>();
        lines.add(line(titles.stream().<Cell>map(Cell.Text::new).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private void fit(int[] widths) {
        int last = widths.length - 1;
        int over = GAP.length() * last - terminal.width();
        for (int width : widths) {
            over += width;
        }
        int fromLast = Math.clamp(over, 0, Math.max(0, widths[last] - SMALLEST_LAST));
        widths[last] -= fromLast;
        for (over -= fromLast; over > 0; over--) {
            int widest = 0;
            for (int i = 0; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= SMALLEST) {
                return;
            }
            widths[widest]--;
        }
    }

    private String line(List<Cell> cells, int[] widths) {
        var line = new StringBuilder();
        int left = terminal.width();
        for (int i = 0; i < cells.size() && left > 0; i++) {
            String text = Plain.cut(cells.get(i).shown(ages), Math.min(widths[i], left));
            line.append(coloured(cells.get(i), text));
            left -= Plain.width(text);
            if (i < cells.size() - 1) {
                int gap = Math.clamp(widths[i] - Plain.width(text) + GAP.length(), 0, left);
                line.repeat(' ', gap);
                left -= gap;
            }
        }
        return line.toString().stripTrailing();
    }

    private String coloured(Cell cell, String text) {
        return terminal.colour() ? cell.sign().map(s -> s.coloured(text)).orElse(text) : text;
    }

    static String tabbed(List<Cell> cells) {
        return cells.stream().map(Cell::data).collect(Collectors.joining("\t"));
    }
}
