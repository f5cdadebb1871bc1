package aramaki.agent.spool;

import aramaki.model.Refusal;
import aramaki.protocol.Base32;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The folder of a spool: a lock, the name of the current epoch, and a folder of that name.
final class SpoolFolder implements AutoCloseable {
    private static final Pattern EPOCH = Pattern.compile("[a-z2-7]{16}");

    private final Path path;
    private final FileChannel lock;
    private String epoch;
    private @Nullable String begun;

    private SpoolFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
        this.epoch = "";
    }

    static SpoolFolder lock(Path path) throws IOException {
        Files.createDirectories(path);
        var channel =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw Refusal.conflict(
                    "spool-in-use",
                    "another agent runs with the spool " + path + "; stop it first, or use --data");
        }
        var folder = new SpoolFolder(path, channel);
        folder.find();
        return folder;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void find() throws IOException {
        Path file = path.resolve("epoch");
        String named = Files.exists(file) ? Files.readString(file).strip() : "";
        List<String> present = epochs();
        if (EPOCH.matcher(named).matches()) {
            epoch = named;
        } else if (present.size() == 1) {
            name(present.getFirst());
        } else {
            name(random());
        }
        removeOthers();
    }

    private List<String> epochs() throws IOException {
        var names = new ArrayList<String>();
        try (var children = Files.newDirectoryStream(path, Files::isDirectory)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (EPOCH.matcher(name).matches()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private void name(String name) throws IOException {
        AtomicFile.write(path.resolve("epoch"), (name + "\n").getBytes(StandardCharsets.US_ASCII));
        epoch = name;
    }

    private void removeOthers() throws IOException {
        for (String name : epochs()) {
            if (!name.equals(epoch)) {
                remove(path.resolve(name));
            }
        }
    }

    String epoch() {
        return epoch;
    }

    Path current() {
        return path.resolve(epoch);
    }

    /// A folder for a new epoch, which counts only when adopted.
    Path begin() {
        begun = random();
        return path.resolve(begun);
    }

    void adopt() throws IOException {
        if (begun != null) {
            name(begun);
            begun = null;
            removeOthers();
        }
    }

    private static String random() {
        var bytes = new byte[10];
        new SecureRandom().nextBytes(bytes);
        return Base32.encode(bytes);
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
