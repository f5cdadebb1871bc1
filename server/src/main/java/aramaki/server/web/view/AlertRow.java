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
        Episode episode,
        Seen seen,
        Held held) {

    public AlertRow {
        where = List.copyOf(where);
    }

    /// One that is not new and that nobody has open.
    public AlertRow(
            StateBadge severity,
            Place check,
            String entity,
            List<Place> where,
            String output,
            Episode episode) {
        this(severity, check, entity, where, output, episode, Seen.BY_NOBODY);
    }

    /// One that nobody has.
    public AlertRow(
            StateBadge severity,
            Place check,
            String entity,
            List<Place> where,
            String output,
            Episode episode,
            Seen seen) {
        this(severity, check, entity, where, output, episode, seen, Held.BY_NOBODY);
    }

    /// Who has it, and what hides it.
    ///
    /// @param key of the alert
    /// @param owner who has it; empty for nobody
    /// @param acknowledged whether that person said so; otherwise it was given to them
    /// @param until when that runs out; `When.NEVER` for the end of the episode
    /// @param soon whether that is near
    /// @param comment what was said with it; may be empty
    /// @param silence what hides it; may be empty
    public record Held(
            String key,
            String owner,
            boolean acknowledged,
            When until,
            boolean soon,
            String comment,
            String silence) {
        public static final Held BY_NOBODY = new Held("", "", false, When.NEVER, false, "", "");
    }

    /// What the people around it know of it.
    ///
    /// @param isNew whether it is new to the person who looks
    /// @param openBy others who have it open
    public record Seen(boolean isNew, List<OpenBy> openBy) {
        static final Seen BY_NOBODY = new Seen(false, List.of());

        public Seen {
            openBy = List.copyOf(openBy);
        }
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
