package aramaki.server.presence;

import java.time.Instant;

/// A person who has something open, and since when.
///
/// @param person id
/// @param name as people know each other
public record Viewer(String person, String name, Instant since) {}
