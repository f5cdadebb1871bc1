package aramaki.server.web.view;

import java.util.List;

/// When a person last looked, and the form that marks what is new as seen.
///
/// @param at `When.NEVER` before the first look
/// @param news how many things are new: `3 new`; empty for none
/// @param upTo position of the newest event that is shown
/// @param system the system it is about; empty for everything or alerts
/// @param alerts keys of the alerts it is about
public record LastLook(When at, String news, long upTo, String system, List<String> alerts) {
    /// Where nothing can be marked.
    public static final LastLook NONE = new LastLook(When.NEVER, "", 0, "", List.of());

    public LastLook {
        alerts = List.copyOf(alerts);
    }

    /// Whether there is anything to mark.
    public boolean offered() {
        return !news.isEmpty() && upTo > 0;
    }
}
