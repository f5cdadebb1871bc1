package aramaki.server.web.view;

import java.util.List;

/// The checks that agents propose, of all systems or of one.
///
/// @param system the one, or nowhere
/// @param from where accepting and leaving lead back to: `all`, or the name of the system
public record ProposalsView(Frame frame, Place system, String from, List<OfferRow> offers) {
    public ProposalsView {
        offers = List.copyOf(offers);
    }
}
