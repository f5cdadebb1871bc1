package aramaki.server.oidc;

import aramaki.model.Refusal;
import aramaki.server.identity.SecretFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// An organisation whose people sign in at a provider of its own, as the settings say.
///
/// @param name on the button
/// @param issuer the provider's address, exactly as it says it itself
/// @param clientId what the provider calls us
/// @param clientSecretFile whose first line is what we prove that by
public record Organisation(String name, URI issuer, String clientId, Path clientSecretFile) {
    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_NAME = 60;

    /// Refuses an address that cannot be a provider's.
    public static Organisation of(
            String name, String issuer, String clientId, Path clientSecretFile) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Refusal.invalid(
                    "bad-organisation", "an organisation has a name of 1 to 60 characters");
        }
        try {
            var uri = new URI(issuer);
            if (isSafe(uri)
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return new Organisation(name, uri, clientId, clientSecretFile);
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Refusal.invalid(
                "bad-issuer",
                "\""
                        + issuer
                        + "\" is no issuer; write the provider's address as it says it itself, with"
                        + " https, such as https://login.example.org/realms/muster; http is for"
                        + " this host only");
    }

    /// Whether what goes there stays between us and the provider.
    static boolean isSafe(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            return false;
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> THIS_HOST.contains(uri.getHost().toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    SecretFile secret() {
        return new SecretFile(
                clientSecretFile, "the client secret of " + name, "bad-client-secret-file");
    }
}
