package aramaki.server.web.view;

/// What was found on one host, in one line: `nginx on port 80, PostgreSQL on port 5432 and 4 more`.
///
/// @param proposed how many checks: `6 checks proposed`
public record FoundLine(String host, String titles, Place proposed) {}
