package aramaki.agent.observe.probe;

import aramaki.model.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program of the operating system that a probe runs. It is looked for where only root can put
/// one, never in a search path that something else has set.
///
/// @param folders where it is looked for, in this order
/// @param from the package that has it, for who has to install it
record SystemProgram(String name, List<Path> folders, String from) {
    static final List<Path> FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

    static SystemProgram of(String name, String from) {
        return new SystemProgram(name, FOLDERS, from);
    }

    Path path() {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.unavailable(
                                        "no-program",
                                        "this host has no "
                                                + name
                                                + " in "
                                                + folders
                                                + "; install "
                                                + from));
    }
}
