package aramaki.agent.observe.probe.net;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The rule that probes open ordinary files only: opening a pipe would wait, a device may act.
public final class RegularFile {
    private RegularFile() {}

    /// What the kernel says about it; throws with words for people where it is no ordinary file.
    public static BasicFileAttributes look(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException(
                        file
                                + " is "
                                + (attributes.isDirectory() ? "a folder" : "a pipe or device")
                                + ", no ordinary file");
            }
            return attributes;
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException("there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new IOException("the agent's user may not look at " + file, e);
        }
    }

    /// All of a file that is at most so long.
    public static byte[] read(Path file, int longest) throws IOException {
        look(file);
        try (var stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(longest);
            if (stream.read() >= 0) {
                throw new IOException(file + " is longer than " + longest + " bytes");
            }
            return bytes;
        } catch (AccessDeniedException e) {
            throw new IOException("the agent's user may not read " + file, e);
        }
    }
}
