package aramaki.server.web.view;

/// A browser that somebody is signed in with.
///
/// @param label which browser
/// @param proof how they last proved who they are
/// @param from the addresses it was used from lately; may be empty
/// @param own whether it is the one that looks
public record SessionRow(
        String id, String label, String proof, When since, When used, String from, boolean own) {}
