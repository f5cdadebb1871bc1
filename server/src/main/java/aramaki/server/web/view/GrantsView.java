package aramaki.server.web.view;

import aramaki.model.grant.Verb;
import java.util.List;
import java.util.stream.Stream;

/// Who may do what, until when, and why.
///
/// @param problem why the last thing was not done; may be empty
/// @param about whose or which system's grants these are; empty for all that may be known
/// @param alive those that hold or may come to hold, those that end first first
/// @param ended the latest of those that are over
/// @param mayGive whether who looks has anything to give
public record GrantsView(
        Frame frame,
        String problem,
        String about,
        List<Row> alive,
        List<Row> ended,
        Asked asked,
        boolean mayGive) {
    public GrantsView {
        alive = List.copyOf(alive);
        ended = List.copyOf(ended);
    }

    /// What may be asked about.
    public List<String> verbs() {
        return Stream.of(Verb.values()).map(Verb::word).toList();
    }

    /// One grant.
    ///
    /// @param holder who holds it
    /// @param may what it lets them do: a role or verbs
    /// @param systems on which systems, as it was given
    /// @param only what else it wants; may be empty
    /// @param says who gave it and why
    /// @param soon whether it is about to end
    /// @param can what may be done with it
    public record Row(
            String id,
            StateBadge state,
            String holder,
            String may,
            List<Place> systems,
            String only,
            String says,
            When until,
            boolean soon,
            Can can) {
        public Row {
            systems = List.copyOf(systems);
        }
    }

    /// What may be done with a grant.
    public enum Can {
        NOTHING,
        REVOKE,
        /// It sleeps, and who looks may wake it.
        INVOKE
    }

    /// A question, and its answer in one sentence; empty before it was asked.
    public record Asked(String person, String verb, String system, boolean allowed, String why) {}
}
