package aramaki.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be done about the alerts of a list.
///
/// @param q the filter they were found by
/// @param matching how many it finds that are not over
/// @param people to whom alerts can be given
/// @param notice what was just done; null for nothing
public record ActBar(String q, int matching, List<String> people, @Nullable Notice notice) {
    public static final ActBar NONE = new ActBar("", 0, List.of(), null);

    public ActBar {
        people = List.copyOf(people);
    }

    /// What came of an act, and the id that undoes it; empty where there is nothing to undo.
    public record Notice(String text, String undo) {}

    /// Whether there is anything to act on.
    public boolean offered() {
        return matching > 0;
    }
}
