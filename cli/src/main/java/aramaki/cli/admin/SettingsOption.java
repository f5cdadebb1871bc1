package aramaki.cli.admin;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What a new data folder is to have otherwise than by default.
final class SettingsOption {
    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "The settings of the new folder, such as its store; copied there as aramaki.yaml.")
    private Optional<Path> settings = Optional.empty();

    Optional<Path> file() {
        return settings.map(file -> file.toAbsolutePath().normalize());
    }
}
