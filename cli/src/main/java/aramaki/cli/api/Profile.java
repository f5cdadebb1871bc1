package aramaki.cli.api;

/// A server we signed in to, and the token that it knows us by.
public record Profile(ServerUrl server, String token) {
    /// Without the token, so that it reaches no log.
    @Override
    public String toString() {
        return "Profile[" + server + "]";
    }
}
