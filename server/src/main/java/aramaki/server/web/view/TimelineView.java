package aramaki.server.web.view;

import java.util.List;

/// The events of the systems one asked for, by day, newest first.
///
/// @param newer the page of younger events; empty on the first, which alone is live
/// @param older the page of older events; empty on the last
public record TimelineView(Frame frame, Filter filter, List<Day> days, String newer, String older) {

    public TimelineView {
        days = List.copyOf(days);
    }
}
