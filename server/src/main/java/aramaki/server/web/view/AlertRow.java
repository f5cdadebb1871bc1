package aramaki.server.web.view;

import java.util.List;

/// One problem in a list.
///
/// @param where the systems from the page's own one down to the one the check belongs to
/// @param output what was last said about it
public record AlertRow(
        StateBadge severity,
        Place check,
        String entity,
        List<Place> where,
        String output,
        Episode episode) {

    public AlertRow {
        where = List.copyOf(where);
    }

    /// One life of a problem.
    ///
    /// @param since when it began
    /// @param resolved when it ended; `When.NEVER` while it fires
    /// @param lasted for how long, when it has ended: `14 min`
    /// @param story one sentence of history; may be empty
    public record Episode(When since, When resolved, String lasted, String story) {

        public static Episode firing(When since, String story) {
            return new Episode(since, When.NEVER, "", story);
        }

        public static Episode over(When since, When resolved, String lasted, String story) {
            return new Episode(since, resolved, lasted, story);
        }
    }

    public boolean firing() {
        return !episode.resolved().happened();
    }
}
