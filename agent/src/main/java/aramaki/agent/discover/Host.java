package aramaki.agent.discover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/// A host as its files tell: those below a root, which is `/` but in tests. Reads only, within
/// bounds, and without the rights of anybody but the agent.
record Host(Path root) {
    static final int MAX_FILE = 1024 * 1024;
    static final int MAX_LISTED = 1000;
    private static final int MAX_PROCESSES = 20_000;
    private static final int MAX_DESCRIPTORS = 5000;
    private static final int MAX_COMMAND = 4096;

    static Host here() {
        return new Host(Path.of("/"));
    }

    /// A program that runs.
    ///
    /// @param name as the kernel knows it, at most 15 characters
    record Program(long pid, String name, List<String> argv) {
        /// The word after an option such as `-c`.
        Optional<String> option(String option) {
            for (int i = 0; i + 1 < argv.size(); i++) {
                if (argv.get(i).equals(option)) {
                    return Optional.of(argv.get(i + 1));
                }
            }
            return Optional.empty();
        }
    }

    Path path(String absolute) {
        return root.resolve(absolute.replaceFirst("^/+", ""));
    }

    /// The text of a plain file; empty when it is missing, not for us, too large, or no file.
    Optional<String> text(String absolute) {
        return bytes(absolute, MAX_FILE).map(b -> new String(b, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> bytes(String absolute, int max) {
        try {
            var path = path(absolute);
            if (!Files.isRegularFile(path)) {
                return Optional.empty();
            }
            try (var in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(max + 1);
                return bytes.length > max ? Optional.empty() : Optional.of(bytes);
            }
        } catch (IOException | InvalidPathException e) { // not there, or not for us to read
            return Optional.empty();
        }
    }

    boolean isFile(String absolute) {
        return there(absolute, path -> Files.isRegularFile(path) && Files.isReadable(path));
    }

    boolean isFolder(String absolute) {
        return there(absolute, Files::isDirectory);
    }

    private boolean there(String absolute, java.util.function.Predicate<Path> is) {
        try {
            return is.test(path(absolute));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /// Names in a folder that match a glob, sorted; at most `MAX_LISTED`.
    List<String> names(String folder, String glob) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder), glob)) {
            for (Path entry : entries) {
                if (names.size() >= MAX_LISTED) {
                    break;
                }
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (IOException
                | DirectoryIteratorException
                | InvalidPathException
                | PatternSyntaxException e) { // nothing we may see
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    /// All programs that run, by process id.
    List<Program> programs() {
        var programs = new ArrayList<Program>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                String pid = String.valueOf(entry.getFileName());
                if (pid.matches("[0-9]{1,9}") && programs.size() < MAX_PROCESSES) {
                    program(pid).ifPresent(programs::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) { // no /proc: not Linux
            return List.of();
        }
        programs.sort(java.util.Comparator.comparingLong(Program::pid));
        return programs;
    }

    private Optional<Program> program(String pid) {
        return procText("/proc/" + pid + "/comm")
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(
                        name ->
                                new Program(
                                        Long.parseLong(pid),
                                        name,
                                        argv(procText("/proc/" + pid + "/cmdline").orElse(""))));
    }

    /// A program may write its command line anew, as one text: nginx and others do.
    private static List<String> argv(String cmdline) {
        var words = new ArrayList<String>();
        for (String word : cmdline.split("\0")) {
            words.addAll(List.of(word.strip().split("\\s+")));
        }
        words.removeIf(String::isEmpty);
        return List.copyOf(words);
    }

    /// Files of the kernel have no size; a long command line counts as far as it is read.
    Optional<String> procText(String absolute) {
        try (var in = Files.newInputStream(path(absolute))) {
            int max = absolute.contains("/net/") ? MAX_FILE : MAX_COMMAND;
            return Optional.of(new String(in.readNBytes(max), StandardCharsets.UTF_8));
        } catch (IOException e) { // it ended, or it is not ours to look at
            return Optional.empty();
        }
    }

    /// Which program has which socket, by the socket's inode, as far as we may look.
    Map<Long, Program> sockets(List<Program> programs) {
        var owners = new HashMap<Long, Program>();
        for (var program : programs) {
            int seen = 0;
            try (DirectoryStream<Path> descriptors =
                    Files.newDirectoryStream(path("/proc/" + program.pid() + "/fd"))) {
                for (Path descriptor : descriptors) {
                    if (seen++ >= MAX_DESCRIPTORS) {
                        break;
                    }
                    inode(descriptor).ifPresent(inode -> owners.putIfAbsent(inode, program));
                }
            } catch (IOException | DirectoryIteratorException e) {
                continue; // another user's
            }
        }
        return owners;
    }

    private static Optional<Long> inode(Path descriptor) {
        try {
            String target =
                    Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)
                            ? Files.readSymbolicLink(descriptor).toString()
                            : "";
            return target.matches("socket:\\[[0-9]{1,18}]")
                    ? Optional.of(Long.parseLong(target.substring(8, target.length() - 1)))
                    : Optional.empty();
        } catch (IOException e) { // closed meanwhile
            return Optional.empty();
        }
    }
}
