package aramaki.server.web.view;

import java.util.List;

/// What was found.
///
/// @param q as typed
/// @param says how much was found; empty while nothing was asked
public record SearchView(Frame frame, String q, String says, List<Group> groups) {

    public SearchView {
        groups = List.copyOf(groups);
    }

    /// What is of one kind.
    public record Group(String id, String heading, List<Option> options) {
        public Group {
            options = List.copyOf(options);
        }
    }

    /// One thing that was found.
    ///
    /// @param number within all
    /// @param href its page; empty for a command
    /// @param copy what to copy; empty for everything but a command
    public record Option(
            int number, StateBadge badge, String title, String place, String href, String copy) {}
}
