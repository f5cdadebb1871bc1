package aramaki.agent.observe.probe.log;

import aramaki.protocol.Json;

/// Up to where a log was read. A file is known by its number on the disk and by how it begins, as
/// either alone can be another file's later.
///
/// @param path the log's name, as the check gives it
/// @param file the file's number on the disk, as the JDK writes it
/// @param offset the first byte not read yet
/// @param headLength how many of its first bytes `head` is the digest of
/// @param within the offset is inside a line of which enough was read
public record Position(
        String path, String file, long offset, int headLength, String head, boolean within)
        implements Json.Whole {

    /// A log that is not there yet: all that will be in it is new.
    public static Position before(String path) {
        return new Position(path, "", 0, 0, "", false);
    }

    boolean beforeItWasThere() {
        return file.isEmpty();
    }
}
