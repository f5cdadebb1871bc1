package aramaki.server.system.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// One look at the folder of a system: what its files held, and how to see cheaply that they have
/// not changed.
///
/// @param marks path, size, time and identity of each file
/// @param looks how many looks in a row found the same marks
record SystemFolder(Path folder, List<String> marks, int looks, Reading<SystemFiles> reading) {
    /// A file can change twice within one tick of the file system's clock; after so many looks the
    /// tick is over, and equal marks mean equal files.
    private static final int SURE = 4;

    static SystemFolder first(Path folder) {
        return new SystemFolder(folder, marks(folder), 1, read(folder));
    }

    SystemFolder again() {
        var now = marks(folder);
        if (!now.equals(marks)) {
            return new SystemFolder(folder, now, 1, read(folder));
        }
        return looks < SURE ? new SystemFolder(folder, now, looks + 1, read(folder)) : this;
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    private static Reading<SystemFiles> read(Path folder) {
        var reading = SystemFiles.fromFolder(folder);
        if (reading instanceof Reading.Good<SystemFiles>(var files)
                && files.text(SystemFiles.SYSTEM).isEmpty()) {
            return new Reading.Bad<>(
                    List.of(
                            new FileProblem(
                                    SystemFiles.SYSTEM,
                                    1,
                                    "file",
                                    "is missing; write at least title: " + folder.getFileName())));
        }
        return reading;
    }

    private static List<String> marks(Path folder) {
        try {
            var root = folder.toRealPath();
            return SystemFiles.paths(root).stream().map(path -> mark(root, path)).toList();
        } catch (IOException e) {
            return List.of("unreadable: " + e.getMessage());
        }
    }

    private static String mark(Path root, String path) {
        try {
            var file = root.resolve(path);
            var is = Files.readAttributes(file, BasicFileAttributes.class);
            return path + " " + is.size() + " " + is.lastModifiedTime() + " " + is.fileKey();
        } catch (IOException | InvalidPathException e) {
            return path + " unreadable: " + e.getMessage();
        }
    }
}
