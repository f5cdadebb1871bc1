package aramaki.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A real file system of a few megabytes that can be filled to the last block.
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path at;

    private SmallDisk(Path at) {
        this.at = at;
    }

    /// Makes one and mounts it, which only root may.
    static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Root.required("mounts a file system of its own");
        Path image = folder.resolve("disk.img");
        Path at = Files.createDirectories(folder.resolve("disk"));
        Root.run("truncate", "-s", megabytes + "M", image.toString());
        Root.run("mke2fs", "-q", "-F", "-t", "ext4", "-m", "0", image.toString());
        Root.run("mount", "-o", "loop", image.toString(), at.toString());
        return new SmallDisk(at);
    }

    Path at() {
        return at;
    }

    /// Takes all the room there is; may be called again when some became free meanwhile.
    void fill() throws IOException {
        var block = new byte[BLOCK];
        try (var out =
                Files.newOutputStream(
                        ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (usable() >= BLOCK) {
                throw e;
            }
        }
    }

    /// Gives the room back.
    void free() throws IOException {
        Files.delete(ballast());
    }

    private long usable() throws IOException {
        return Files.getFileStore(at).getUsableSpace();
    }

    private Path ballast() {
        return at.resolve("ballast");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Root.run("umount", "-l", at.toString());
    }
}
