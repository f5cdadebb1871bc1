package aramaki.server.web.view;

import java.util.List;

/// What a person has to sign in with, and where they are signed in.
///
/// @param problem why the last thing was not done; may be empty
/// @param codes just made, shown once; may be empty
/// @param token just made, shown once; may be empty
/// @param hindrance why no passkey can be used here; may be empty
/// @param device what a new passkey may be called
/// @param organisations where an account can be linked
/// @param codesLeft how many recovery codes there are, in words
public record AccountView(
        Frame frame,
        String name,
        String title,
        String problem,
        List<String> codes,
        String token,
        List<Key> passkeys,
        String hindrance,
        String device,
        List<Identity> identities,
        List<String> organisations,
        boolean hasPassword,
        String codesLeft,
        List<SessionRow> sessions,
        List<TokenRow> tokens) {
    public AccountView {
        codes = List.copyOf(codes);
        passkeys = List.copyOf(passkeys);
        identities = List.copyOf(identities);
        organisations = List.copyOf(organisations);
        sessions = List.copyOf(sessions);
        tokens = List.copyOf(tokens);
    }

    /// A passkey.
    ///
    /// @param host the name of this server it was made for
    public record Key(String id, String label, String host, When added, When used) {}

    /// An account at an organisation.
    ///
    /// @param subject what the person is called there
    public record Identity(
            String organisation, String issuer, String subject, When linked, When used) {}
}
