package aramaki.server.web.view;

/// One person in a list.
///
/// @param ways how they can sign in: `2 passkeys, a password`
/// @param sessions how many browsers they are signed in with
public record PersonRow(
        StateBadge state,
        String name,
        String title,
        String role,
        String ways,
        String sessions,
        When seen) {}
