package aramaki.server.web.view;

import java.util.List;

/// One metric over time, drawn, and as a table.
///
/// @param now the newest value
/// @param says what a point is: `average of 5 min, with least and most`
/// @param marks the values at the top, the middle and the bottom
/// @param times along the bottom, evenly spread
public record ChartView(
        String name,
        String now,
        String says,
        Drawing drawing,
        List<String> marks,
        List<When> times,
        List<Row> rows) {
    /// The size of the picture in its own units; it is stretched to its place.
    public static final int WIDTH = 1000;

    public static final int HEIGHT = 100;

    public ChartView {
        marks = List.copyOf(marks);
        times = List.copyOf(times);
        rows = List.copyOf(rows);
    }

    /// Paths in the picture's units; a gap in the results is a gap in them.
    ///
    /// @param band between least and most
    /// @param warn where a warning begins
    /// @param crit where it becomes critical
    public record Drawing(String band, String line, String warn, String crit, String beyond) {}

    /// One point in words.
    ///
    /// @param x where it lies in the picture
    public record Row(int x, int y, When at, String average, String least, String most) {}
}
