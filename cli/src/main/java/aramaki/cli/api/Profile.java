package aramaki.cli.api;

import java.nio.file.Path;
import java.util.Optional;

/// A server we signed in to, and the token that it knows us by.
///
/// @param authorities who is believed about its certificate, instead of those Java knows
public record Profile(ServerUrl server, String token, Optional<Path> authorities) {
    public Profile(ServerUrl server, String token) {
        this(server, token, Optional.empty());
    }

    /// Without the token, so that it reaches no log.
    @Override
    public String toString() {
        return "Profile[" + server + "]";
    }
}
