package aramaki.model.system;

import aramaki.model.observation.CheckName;
import java.util.Optional;

/// A place worth looking at, first of all when the named check is bad.
public record Link(String title, String url, Optional<CheckName> when) {}
