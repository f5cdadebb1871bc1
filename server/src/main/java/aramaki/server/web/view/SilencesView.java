package aramaki.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The silences, and a form for another.
///
/// @param ended the latest of those that are over
/// @param form what was typed so far
/// @param preview what that would hide; null before it was asked for
public record SilencesView(
        Frame frame, List<Row> open, List<Row> ended, Form form, @Nullable Preview preview) {
    public SilencesView {
        open = List.copyOf(open);
        ended = List.copyOf(ended);
    }

    /// One silence.
    ///
    /// @param hides what it is about, as it was asked for
    /// @param says who wanted it and why
    /// @param soon whether it is about to end
    /// @param hid how many alerts it hid; empty before its end
    public record Row(
            String id,
            String state,
            String title,
            Place system,
            String hides,
            String says,
            When expires,
            boolean soon,
            String hid) {
        public boolean over() {
            return state.equals("expired");
        }
    }

    /// What the form holds.
    ///
    /// @param matchers one a line
    public record Form(
            String system,
            String matchers,
            boolean mine,
            String length,
            String name,
            String reason) {
        public static final Form EMPTY = new Form("", "", false, "2h", "", "");
    }

    /// What a silence would hide.
    public record Preview(int hides, List<String> alerts, int future, List<String> checks) {
        public Preview {
            alerts = List.copyOf(alerts);
            checks = List.copyOf(checks);
        }
    }
}
