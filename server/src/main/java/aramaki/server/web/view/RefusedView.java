package aramaki.server.web.view;

/// A request that was not carried out, or that broke.
///
/// @param status of HTTP
/// @param code stable, for programs
/// @param words what is wrong, where, and what would be right
/// @param reference what to name when asking for help; may be empty
/// @param next where to go from here
public record RefusedView(
        Frame frame,
        int status,
        String code,
        String heading,
        String words,
        String reference,
        Place next) {}
