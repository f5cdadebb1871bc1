package aramaki.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files under `src/test/resources/golden` that say what others see of us. What today's code makes
/// must be what they hold, byte for byte, but for the line break at their end.
///
/// A test run with `-Daramaki.golden=write` writes them anew, to be reviewed as a diff; no other
/// run writes any.
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /// Compares with the file of this name, or writes it when told so.
    public static void check(String name, String today) {
        Path file = FOLDER.resolve(name);
        try {
            if ("write".equals(System.getProperty("aramaki.golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, today + "\n");
            } else if (!text(name).equals(today)) {
                throw new AssertionError(
                        file + " holds\n" + text(name) + "\nbut today's code makes\n" + today);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file, e);
        }
    }

    /// What the file holds, without the line break at its end.
    public static String text(String name) {
        try {
            String text = Files.readString(FOLDER.resolve(name));
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + FOLDER.resolve(name), e);
        }
    }

    public static byte[] bytes(String name) {
        return text(name).getBytes(StandardCharsets.UTF_8);
    }
}
