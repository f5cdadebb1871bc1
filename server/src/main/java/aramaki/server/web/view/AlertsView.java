package aramaki.server.web.view;

import java.util.List;

/// Alerts: first those that fire, then those that ended not long ago.
///
/// @param older the next page of ended ones; empty on the last
public record AlertsView(
        Frame frame, Filter filter, List<AlertRow> firing, List<AlertRow> resolved, String older) {

    public AlertsView {
        firing = List.copyOf(firing);
        resolved = List.copyOf(resolved);
    }
}
