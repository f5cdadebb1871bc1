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
        List<Fact> header,
        String payload,
        String older,
        String newer) {

    public EventView {
        header = List.copyOf(header);
    }
}
