package aramaki.agent.link;

import aramaki.protocol.crypto.SecretKey;
import java.net.URI;

/// Who this agent is and where it belongs.
///
/// @param server base URL, `http://...` or `https://...`
/// @param instance id of the instance it is pinned to
/// @param name the short name it asks to be known by
public record Identity(URI server, String instance, String name, SecretKey key) {}
