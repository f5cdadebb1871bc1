package aramaki.server.web.view;

import java.util.List;

/// What somebody gets who wants to do something dangerous: prove again that it is you.
///
/// @param problem why the last try failed; may be empty
/// @param back where one goes on
/// @param passkey whether there is one to ask for
/// @param hindrance why no passkey can be used here; may be empty
/// @param password whether there is a password or a recovery code
/// @param organisations that can ask this person
/// @param command makes a one-time link, which proves it too
public record StepUpView(
        Frame frame,
        String problem,
        String back,
        boolean passkey,
        String hindrance,
        boolean password,
        List<String> organisations,
        String command) {
    public StepUpView {
        organisations = List.copyOf(organisations);
    }
}
