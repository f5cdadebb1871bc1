package aramaki.server.oidc;

/// What somebody goes to their organisation for.
public sealed interface Purpose {
    /// @param back where one goes on
    record SignIn(String back) implements Purpose {}

    /// @param code of the invitation
    record Join(String code) implements Purpose {}

    /// @param person who is signed in
    record Link(String person) implements Purpose {}

    /// @param person who is signed in
    /// @param back where one goes on
    record Prove(String person, String back) implements Purpose {}
}
