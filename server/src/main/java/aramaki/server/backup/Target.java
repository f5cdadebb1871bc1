package aramaki.server.backup;

import java.nio.file.Path;
import java.util.Optional;

/// Where an instance is to be.
///
/// @param data the folder to make
/// @param settings the file that says what is otherwise than by default, such as its store; it is
///     copied into the folder
public record Target(Path data, Optional<Path> settings) {
    /// What the file is called in a data folder.
    public static final String SETTINGS = "aramaki.yaml";

    /// With everything at its default.
    public static Target of(Path data) {
        return new Target(data, Optional.empty());
    }
}
