package aramaki.server.access;

/// A request's caller, and what it came with.
///
/// @param credential id of the session or token
/// @param fresh whether the person proved to be there a moment ago
public record SignedIn(Caller caller, String credential, boolean fresh) {}
