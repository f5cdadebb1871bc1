package aramaki.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of what needs somebody now.
///
/// @param lead the alert, or of several with one cause the one that leads
/// @param fold what is folded into it; null for a single alert
public record NeedRow(AlertRow lead, @Nullable Fold fold) {
    public static NeedRow single(AlertRow alert) {
        return new NeedRow(alert, null);
    }

    /// Several alerts as one line.
    ///
    /// @param severity the worst of them
    /// @param what how many of what: `5 checks`
    /// @param where on what: `web1`; may be empty
    /// @param says what it means, in a sentence; may be empty
    /// @param about which of them the output is of; may be empty
    /// @param members the worst of them by name
    /// @param more how many are not named
    /// @param news how many of them are new
    /// @param first when the first of them began
    /// @param latest when the latest of them did
    public record Fold(
            StateBadge severity,
            Place what,
            String where,
            String says,
            String about,
            List<Member> members,
            int more,
            int news,
            When first,
            When latest,
            List<OpenBy> openBy) {
        public Fold {
            members = List.copyOf(members);
            openBy = List.copyOf(openBy);
        }
    }

    /// One of those folded.
    public record Member(StateBadge severity, Place place) {}
}
