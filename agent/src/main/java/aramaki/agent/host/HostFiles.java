package aramaki.agent.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files of the host that tell when it booted and which packages it has.
///
/// @param root `/`, or where a test keeps such files
public record HostFiles(Path root) {
    private static final int MAX_PACKAGES = 50_000;
    private static final int MAX_NAME = 100;
    private static final int TAIL = 64 * 1024;
    private static final int MAX_LINE = 300;

    /// Differs after every boot; none where the kernel does not say.
    public Optional<String> bootId() {
        return text("proc/sys/kernel/random/boot_id").map(String::strip);
    }

    public Optional<Duration> uptime() {
        return text("proc/uptime")
                .map(line -> line.split("[ .]")[0])
                .filter(seconds -> seconds.matches("[0-9]{1,10}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private Optional<String> text(String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// When packages last changed; none on a host without dpkg.
    public Optional<Instant> packagesChanged() {
        try {
            var file = root.resolve("var/lib/dpkg/status");
            return Optional.of(
                    Files.readAttributes(file, BasicFileAttributes.class)
                            .lastModifiedTime()
                            .toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Installed packages as `name:architecture` with their versions.
    public Map<String, String> packages() throws IOException {
        var packages = new TreeMap<String, String>();
        try (var reader =
                Files.newBufferedReader(
                        root.resolve("var/lib/dpkg/status"), StandardCharsets.ISO_8859_1)) {
            var stanza = new HashMap<String, String>();
            for (var line = reader.readLine();
                    line != null && packages.size() < MAX_PACKAGES;
                    line = reader.readLine()) {
                if (line.isEmpty()) {
                    add(packages, stanza);
                    stanza.clear();
                } else if (!line.startsWith(" ")) {
                    keep(stanza, line);
                }
            }
            add(packages, stanza);
        }
        return packages;
    }

    private static void keep(Map<String, String> stanza, String line) {
        for (var field : List.of("Package", "Status", "Version", "Architecture")) {
            if (line.startsWith(field + ": ")) {
                stanza.put(field, cut(line.substring(field.length() + 2).strip(), MAX_NAME));
            }
        }
    }

    private static void add(Map<String, String> packages, Map<String, String> stanza) {
        if (stanza.getOrDefault("Status", "").endsWith(" installed")) {
            packages.put(
                    stanza.getOrDefault("Package", "")
                            + ":"
                            + stanza.getOrDefault("Architecture", ""),
                    stanza.getOrDefault("Version", ""));
        }
    }

    /// Who last changed packages by apt, and by which command.
    ///
    /// @param by empty where root did it without sudo
    public record Changed(Optional<String> by, Optional<String> command) {}

    /// The last entry of apt's history, where it is of about the same time.
    public Changed changedBy(Instant at) {
        var file = root.resolve("var/log/apt/history.log");
        try {
            var written = Files.getLastModifiedTime(file).toInstant();
            if (Duration.between(written, at).abs().compareTo(Duration.ofMinutes(5)) > 0) {
                return new Changed(Optional.empty(), Optional.empty());
            }
            var last = lastStanza(file);
            return new Changed(field(last, "Requested-By: "), field(last, "Commandline: "));
        } catch (IOException e) {
            return new Changed(Optional.empty(), Optional.empty());
        }
    }

    private static List<String> lastStanza(Path file) throws IOException {
        byte[] tail;
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - TAIL);
            tail = new byte[(int) (open.length() - from)];
            open.seek(from);
            open.readFully(tail);
        }
        var stanza = new ArrayList<String>();
        var reader =
                new BufferedReader(
                        new java.io.StringReader(new String(tail, StandardCharsets.UTF_8)));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("Start-Date: ")) {
                stanza.clear();
            }
            stanza.add(line);
        }
        return stanza;
    }

    private static Optional<String> field(List<String> stanza, String name) {
        return stanza.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> cut(line.substring(name.length()).strip(), MAX_LINE))
                .findFirst();
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }
}
