package aramaki.server.web.view;

import java.util.List;

/// The events of the systems one asked for: drawn over time, and by day, newest first.
///
/// @param newer the page of younger events; empty on the first
/// @param older the page of older events; empty on the last
/// @param live whether it shows what happens from now on
public record TimelineView(
        Frame frame,
        Filter filter,
        Lanes lanes,
        List<Day> days,
        String newer,
        String older,
        boolean live) {

    public TimelineView {
        days = List.copyOf(days);
    }
}
