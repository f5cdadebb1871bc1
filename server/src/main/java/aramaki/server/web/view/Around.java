package aramaki.server.web.view;

import java.util.List;

/// What stands above a page about one thing: who else has it open, and what is new in it.
///
/// @param look the last look of the person who is here
/// @param back the page's own path
public record Around(List<OpenBy> openBy, LastLook look, String back) {
    /// Above a page about nothing in particular.
    public static final Around NOTHING = new Around(List.of(), LastLook.NONE, "/");

    public Around {
        openBy = List.copyOf(openBy);
    }

    public boolean empty() {
        return openBy.isEmpty() && !look.offered();
    }
}
