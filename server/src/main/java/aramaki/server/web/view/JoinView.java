package aramaki.server.web.view;

import java.util.List;

/// An invitation as the person sees it whom it is for.
///
/// @param by who invites
/// @param grants what the person is to be given, as text
/// @param code of the link
/// @param device what a new passkey may be called
/// @param problem why the last try failed; may be empty
/// @param hindrance why no passkey can be used here; may be empty
/// @param organisations whose people may join by their account there
public record JoinView(
        Frame frame,
        String instance,
        String by,
        String name,
        String title,
        String until,
        List<String> grants,
        String code,
        String device,
        String problem,
        String hindrance,
        List<String> organisations) {
    public JoinView {
        organisations = List.copyOf(organisations);
        grants = List.copyOf(grants);
    }
}
