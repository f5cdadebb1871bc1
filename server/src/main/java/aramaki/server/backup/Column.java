package aramaki.server.backup;

/// One column of a table, and how its values stand in a file.
public record Column(String name, Kind kind) {
    /// What a value is: a `Long`, a `Double`, a `String` or a `byte[]`, or null.
    public enum Kind {
        NUMBER,
        REAL,
        TEXT,
        BYTES
    }
}
