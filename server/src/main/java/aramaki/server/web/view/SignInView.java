package aramaki.server.web.view;

import java.util.List;

/// What strangers get: how to come in.
///
/// @param command makes a new one-time link, on the server's host
/// @param problem why the last try failed; may be empty
/// @param hindrance why no passkey can be used here; may be empty
/// @param organisations where one may sign in instead
public record SignInView(
        Frame frame, String command, String problem, String hindrance, List<String> organisations) {
    public SignInView {
        organisations = List.copyOf(organisations);
    }
}
