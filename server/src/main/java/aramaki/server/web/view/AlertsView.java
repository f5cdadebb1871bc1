package aramaki.server.web.view;

import java.util.List;

/// Alerts: first those that fire, then those that somebody has or a silence hides, then those that
/// ended not long ago.
///
/// @param more the next page of firing ones; empty on the last
/// @param older the next page of ended ones; empty on the last
/// @param bar what can be done about them
public record AlertsView(
        Frame frame,
        Filter filter,
        List<AlertRow> firing,
        List<AlertRow> kept,
        List<AlertRow> resolved,
        String more,
        String older,
        ActBar bar) {

    public AlertsView {
        firing = List.copyOf(firing);
        kept = List.copyOf(kept);
        resolved = List.copyOf(resolved);
    }

    /// One where nobody has anything.
    public AlertsView(
            Frame frame,
            Filter filter,
            List<AlertRow> firing,
            List<AlertRow> resolved,
            String older) {
        this(frame, filter, firing, List.of(), resolved, "", older, ActBar.NONE);
    }
}
