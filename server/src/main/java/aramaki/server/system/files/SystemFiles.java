package aramaki.server.system.files;

import aramaki.model.timeline.Hash;
import aramaki.protocol.crypto.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The files of one system, by their paths in its folder. Only what the layout knows is here;
/// scripts, READMEs and editors' leftovers are not.
public record SystemFiles(SortedMap<String, String> texts) {
    public static final String SYSTEM = "system.yaml";
    public static final int MAX_FILES = 500;
    public static final int MAX_FILE_BYTES = 256 * 1024;
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String NAME = "[^/.#\\p{Cntrl}][^/\\p{Cntrl}]{0,199}(?<![~#])";

    /// `.yml` is taken in too, so that the reader can say that such a file would not be used.
    private static final Pattern LAYOUT =
            Pattern.compile(
                    "(system|alerting)\\.ya?ml"
                            + ("|checks/" + NAME + "(?<=\\.ya?ml)")
                            + ("|(actions|policies|blueprints|environments)/" + NAME)
                            + ("|docs/" + NAME + "(?<=\\.md)"));

    private static final List<String> FOLDERS =
            List.of("", "actions", "blueprints", "checks", "docs", "environments", "policies");

    public SystemFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /// Files that do not come from a folder of ours: from a request, a repository, the store.
    public static Reading<SystemFiles> of(Map<String, String> texts) {
        var problems = new ArrayList<FileProblem>();
        var limits = new Limits(problems);
        for (var path : new TreeMap<>(texts).keySet()) {
            if (!belongs(path)) {
                problems.add(
                        whole(
                                path,
                                "has no place in a system; write system.yaml, checks/NAME.yaml,"
                                        + " actions/, alerting.yaml, policies/, blueprints/,"
                                        + " environments/ or docs/NAME.md"));
            }
            limits.count(
                    path, texts.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8).length);
        }
        return Reading.of(new SystemFiles(new TreeMap<>(texts)), problems);
    }

    /// Reads what the layout knows below `folder`, within limits. The folder itself may be a
    /// symbolic link; one inside may not lead out of it.
    public static Reading<SystemFiles> fromFolder(Path folder) {
        var problems = new ArrayList<FileProblem>();
        var limits = new Limits(problems);
        var texts = new TreeMap<String, String>();
        try {
            var root = folder.toRealPath();
            for (var path : paths(root)) {
                if (!limits.more(path)) {
                    break;
                }
                text(root, path, limits).ifPresent(text -> texts.put(path, text));
            }
        } catch (IOException e) {
            problems.add(whole(SYSTEM, "the folder could not be read: " + reason(e)));
        }
        return Reading.of(new SystemFiles(texts), problems);
    }

    /// The paths below `root` that the layout knows, sorted.
    static List<String> paths(Path root) throws IOException {
        var found = new ArrayList<String>();
        for (var folder : FOLDERS) {
            var at = root.resolve(folder);
            if (!Files.isDirectory(at)) {
                continue;
            }
            try (var entries = Files.newDirectoryStream(at)) {
                for (var entry : entries) {
                    var path = (folder.isEmpty() ? "" : folder + "/") + entry.getFileName();
                    if (belongs(path) && !Files.isDirectory(entry)) {
                        found.add(path);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        Collections.sort(found);
        return found;
    }

    public static boolean belongs(String path) {
        return LAYOUT.matcher(path).matches();
    }

    public Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    /// These files with one of them replaced or added.
    public SystemFiles with(String path, String text) {
        var more = new TreeMap<>(texts);
        more.put(path, text);
        return new SystemFiles(more);
    }

    /// Equal exactly for equal files: SHA-256 over the lengths, paths and texts in order.
    public Hash digest() {
        var parts = new ArrayList<byte[]>();
        texts.forEach(
                (path, text) -> {
                    for (var part : List.of(path, text)) {
                        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                        parts.add(ByteBuffer.allocate(4).putInt(bytes.length).array());
                        parts.add(bytes);
                    }
                });
        return Hash.of(Digests.sha256(parts.toArray(byte[][]::new)));
    }

    private static Optional<String> text(Path root, String path, Limits limits) {
        try {
            var real = root.resolve(path).toRealPath();
            if (!real.startsWith(root)) {
                limits.refuse(path, "is a symbolic link out of the system's folder; copy the file");
            } else if (!Files.isRegularFile(real)) {
                limits.refuse(path, "is no regular file; write a plain text file");
            } else {
                byte[] bytes;
                try (var in = Files.newInputStream(real)) {
                    bytes = in.readNBytes(MAX_FILE_BYTES + 1);
                }
                if (limits.count(path, bytes.length)) {
                    var decoder = StandardCharsets.UTF_8.newDecoder();
                    return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
                }
            }
        } catch (CharacterCodingException e) {
            limits.refuse(path, "is not well-formed UTF-8; save it as UTF-8");
        } catch (InvalidPathException e) {
            limits.refuse(path, "has a name this host's locale cannot write; use plain letters");
        } catch (IOException e) {
            limits.refuse(path, "could not be read: " + reason(e));
        }
        return Optional.empty();
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static FileProblem whole(String path, String message) {
        return new FileProblem(path, 1, "file", message);
    }

    /// Counts files and bytes, and notes each limit that is passed.
    private static final class Limits {
        private final List<FileProblem> problems;
        private int files;
        private long bytes;

        Limits(List<FileProblem> problems) {
            this.problems = problems;
        }

        void refuse(String path, String message) {
            problems.add(whole(path, message));
        }

        /// Whether one more file may be read; too many are said once.
        boolean more(String path) {
            if (files >= MAX_FILES) {
                if (files == MAX_FILES) {
                    refuse(path, "is one file too many; a system has at most " + MAX_FILES);
                }
                files++;
                return false;
            }
            return bytes <= MAX_BYTES;
        }

        boolean count(String path, int length) {
            if (!more(path)) {
                return false;
            }
            files++;
            if (length > MAX_FILE_BYTES) {
                refuse(path, "is larger than 256 KiB; split it or keep it elsewhere");
                return false;
            }
            bytes += length;
            if (bytes > MAX_BYTES) {
                refuse(path, "is too much; the files of a system have at most 4 MiB in all");
                return false;
            }
            return true;
        }
    }
}
