package aramaki.server.web.view;

import java.util.List;

/// One event in full, as its log keeps it.
///
/// @param at with date, since it stands alone
/// @param header kept for ever and covered by the chain
/// @param payload as it was written; empty when it was pruned
/// @param older the event before it in its log; empty for the first
/// @param newer the event after it; empty for the last
public record EventView(
        Frame frame,
        EventRow event,
        About about,
        List<Fact> header,
        String payload,
        String older,
        String newer) {

    public EventView {
        header = List.copyOf(header);
    }

    /// What is said of it elsewhere.
    ///
    /// @param right what let its author do it: a grant, or how they were let in; at most one
    /// @param of the event that it is attached to; at most one
    /// @param notes what is attached to it, oldest first
    /// @param links what links to it
    /// @param form where a note is sent; empty where nobody can write one
    public record About(
            List<EventRow> right,
            List<EventRow> of,
            List<EventRow> notes,
            List<EventRow> links,
            String form) {
        public static final About NOTHING =
                new About(List.of(), List.of(), List.of(), List.of(), "");

        public About {
            right = List.copyOf(right);
            of = List.copyOf(of);
            notes = List.copyOf(notes);
            links = List.copyOf(links);
        }
    }
}
