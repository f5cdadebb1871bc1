package aramaki.server.web.view;

import java.util.List;

/// The past of a check as a strip of cells, and in words.
///
/// @param says what it shows: `90 days to now`
/// @param cells in order; each leads to a closer look
/// @param told what was not plainly good, the latest first; the strip for those who do not see it
/// @param more how many more of those there are
public record StripView(String says, List<Cell> cells, List<Told> told, int more) {
    /// The size of the picture in its own units.
    public static final int WIDTH = 1000;

    public static final int HEIGHT = 24;

    public StripView {
        cells = List.copyOf(cells);
        told = List.copyOf(told);
    }

    /// A strip of nothing.
    public static StripView none() {
        return new StripView("", List.of(), List.of(), 0);
    }

    public boolean shown() {
        return !cells.isEmpty();
    }

    /// One step of time.
    ///
    /// @param chosen whether the page looks at a part of it just now
    public record Cell(
            int x, int width, String href, String title, boolean chosen, List<Bar> bars) {
        public Cell {
            bars = List.copyOf(bars);
        }
    }

    /// How long a cell was in one state, as a height.
    public record Bar(String css, int y, int height) {}

    /// One span in words.
    public record Told(Place from, String lasted, StateBadge state, String note) {}
}
