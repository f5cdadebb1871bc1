package aramaki.agent.discover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A host made of files, for looks at what no test can have for real.
record FakeHost(Path root) {
    Host host() {
        return new Host(root);
    }

    FakeHost file(String path, String text) {
        try {
            Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeHost program(long pid, String name, String cmdline, long... inodes) {
        file("/proc/" + pid + "/comm", name + "\n");
        file("/proc/" + pid + "/cmdline", cmdline);
        try {
            Path fds = root.resolve("proc/" + pid + "/fd");
            Files.createDirectories(fds);
            for (int i = 0; i < inodes.length; i++) {
                Files.createSymbolicLink(
                        fds.resolve(String.valueOf(i)), Path.of("socket:[" + inodes[i] + "]"));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The table of IPv4 sockets with these rows: address and port in hex, state, inode.
    FakeHost tcp(String... rows) {
        return table("/proc/net/tcp", rows);
    }

    FakeHost tcp6(String... rows) {
        return table("/proc/net/tcp6", rows);
    }

    private FakeHost table(String path, String... rows) {
        var text =
                new StringBuilder("  sl  local_address rem_address   st tx_queue rx_queue tr tm\n");
        for (int i = 0; i < rows.length; i++) {
            var words = rows[i].split(" ");
            text.append(
                    "   %d: %s 00000000:0000 %s 00000000:00000000 00:00000000 00000000 0 0 %s 1\n"
                            .formatted(i, words[0], words[1], words[2]));
        }
        return file(path, text.toString());
    }
}
