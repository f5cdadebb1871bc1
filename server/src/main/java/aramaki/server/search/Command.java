package aramaki.server.search;

/// A command of the command line, as somebody may look for it.
///
/// @param line what one types, without arguments: `aramaki alert list`
/// @param arguments what must follow, by the names that help shows; may be empty
/// @param does one sentence
public record Command(String line, String arguments, String does) {}
