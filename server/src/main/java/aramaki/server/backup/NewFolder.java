package aramaki.server.backup;

import aramaki.model.Refusal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A folder being written beside its place, `DIR.partial`, that gets its name only when all of it
/// is on disk: what carries the name is whole. Only its owner can read it.
final class NewFolder implements AutoCloseable {
    static final String SUMS = "SHA256SUMS";
    static final String PARTIAL = ".partial";

    private final Path place;
    private final Path partial;
    private final Pace pace;
    private final TreeMap<String, String> sums = new TreeMap<>();
    private boolean complete;

    private NewFolder(Path place, Path partial, Pace pace) {
        this.place = place;
        this.partial = partial;
        this.pace = pace;
    }

    static NewFolder at(Path place, Pace pace) {
        if (place.getFileName() == null) {
            throw Refusal.invalid("bad-folder", place + " is no name of a new folder");
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw Refusal.conflict(
                    "folder-exists",
                    place + " exists: name a folder that does not, nothing is written over");
        }
        var partial = place.resolveSibling(place.getFileName() + PARTIAL);
        try {
            Files.createDirectory(
                    partial,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            return new NewFolder(place, partial, pace);
        } catch (FileAlreadyExistsException e) {
            throw Refusal.conflict(
                    "folder-partial",
                    partial
                            + " exists: it is being written now, or was interrupted; when nobody"
                            + " writes it, remove it");
        } catch (NoSuchFileException e) {
            throw Refusal.invalid(
                    "no-such-folder",
                    place.getParent() + " does not exist: make it first, or name another");
        } catch (IOException e) {
            throw failed(place, e);
        }
    }

    /// What a file came to.
    record Written(long bytes, String sha256) {}

    /// Writes what is to be in a file.
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    Written write(String name, Writing writing) {
        var file = partial.resolve(name);
        try {
            Files.createDirectories(file.getParent(), ownersOnly("rwx------"));
            Files.createFile(file, ownersOnly("rw-------"));
            var digest = sha256();
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                try (var out =
                        new DigestOutputStream(
                                new Paced(Channels.newOutputStream(channel), channel), digest)) {
                    writing.to(out);
                    out.flush();
                    channel.force(true);
                }
            }
            var written = new Written(Files.size(file), HexFormat.of().formatHex(digest.digest()));
            sums.put(name, written.sha256());
            return written;
        } catch (UncheckedIOException e) {
            throw failed(partial, new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw failed(partial, e);
        }
    }

    /// Everything is written: it gets its name.
    void complete() {
        String lines =
                sums.entrySet().stream()
                        .map(e -> e.getValue() + "  " + e.getKey() + "\n")
                        .collect(Collectors.joining());
        write(SUMS, out -> out.write(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            try (var folders = Files.walk(partial)) {
                for (var folder : folders.filter(Files::isDirectory).toList()) {
                    force(folder);
                }
            }
            Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
            complete = true;
            force(place.resolveSibling("."));
        } catch (IOException e) {
            throw failed(place, e);
        }
    }

    /// Removes what did not become complete.
    @Override
    public void close() {
        if (!complete) {
            remove(partial);
        }
    }

    static void remove(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + folder, e);
        }
    }

    static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static java.nio.file.attribute.FileAttribute<?> ownersOnly(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    private static Refusal failed(Path where, IOException e) {
        return Refusal.unavailable(
                "backup-failed",
                "writing "
                        + where
                        + " failed: "
                        + e.getMessage()
                        + "; nothing complete was left there: make room or name another folder, and"
                        + " try again");
    }

    /// Writes as fast as the pace allows and forces to disk as it goes, so that the commits of a
    /// running server never wait for a mountain of unwritten pages.
    private final class Paced extends FilterOutputStream {
        private static final int STEP = 4 << 20;
        private final FileChannel channel;
        private long since;

        Paced(OutputStream out, FileChannel channel) {
            super(out);
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            since += length;
            if (since >= STEP) {
                channel.force(false);
                pace.wrote(since);
                since = 0;
            }
        }
    }
}
