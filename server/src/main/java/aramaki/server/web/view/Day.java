package aramaki.server.web.view;

import java.util.List;

/// The events of one day, newest first.
///
/// @param heading `today`, `yesterday`, or the weekday and date
public record Day(String heading, List<EventRow> events) {
    public Day {
        events = List.copyOf(events);
    }
}
