package aramaki.dist;

import aramaki.model.system.SystemName;
import aramaki.server.Server;
import aramaki.server.system.files.SystemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The system that `up` makes for the host it runs on, with checks for what every host has. What
/// else runs there, its agent finds and proposes.
final class HostSystem {
    private static final Set<String> REAL_FILE_SYSTEMS =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "overlay");

    private final SystemName name = new SystemName(shortHostName());

    SystemName name() {
        return name;
    }

    /// Makes it on first start; afterwards it belongs to whoever edits it.
    void createOnce(Server server) {
        if (server.systems().find(name).isEmpty()) {
            server.systems().put(name, files(server.port()), server.owner().by());
        }
    }

    private Map<String, String> files(int port) {
        var files = new TreeMap<String, String>();
        files.put(
                SystemFiles.SYSTEM,
                """
                title: %s
                category: host
                description: The host that this Aramaki runs on.
                """
                        .formatted(name));
        check(files, "load", "{load: {}}", 15);
        check(files, "memory", "{memory: {}}", 15);
        check(files, "swap", "{swap: {}}", 60);
        check(files, "uptime", "{uptime: {}}", 60);
        check(files, "server-process", "{process: {pattern: aramaki.dist.Main}}", 15);
        check(files, "aramaki-port", "{tcp: {host: 127.0.0.1, port: " + port + "}}", 15);
        check(
                files,
                "aramaki-ready",
                "{http: {url: \"http://127.0.0.1:" + port + "/readyz\", contains: ready}}",
                15);
        mounts().forEach(
                        (checkName, path) ->
                                check(files, checkName, "{disk: {path: \"" + path + "\"}}", 60));
        return files;
    }

    private static void check(Map<String, String> files, String name, String probe, int seconds) {
        files.put(
                "checks/" + name + ".yaml",
                """
                name: %s
                probe: %s
                every: %ds
                """
                        .formatted(name, probe, seconds));
    }

    /// Mount points of real file systems, by the name of their check; several mounts of one device
    /// count once.
    private static Map<String, String> mounts() {
        var found = new TreeMap<String, String>();
        var devices = new TreeMap<String, String>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
                var fields = line.split(" ");
                boolean plain = fields[1].matches("/[A-Za-z0-9/._-]*");
                if (plain
                        && REAL_FILE_SYSTEMS.contains(fields[2])
                        && Files.isDirectory(Path.of(fields[1]))) {
                    devices.putIfAbsent(fields[0], fields[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the mounts of this host", e);
        }
        devices.values().forEach(path -> found.put(checkName(path), path));
        found.putIfAbsent("disk-root", "/");
        return found;
    }

    private static String checkName(String path) {
        String tail = path.substring(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return "disk-" + (tail.isEmpty() ? "root" : tail);
    }

    /// The lower-cased short host name, made a name where it is none.
    private static String shortHostName() {
        String host = hostName().toLowerCase(Locale.ROOT).split("\\.", 2)[0];
        String name = host.replaceAll("[^a-z0-9-]", "-").replaceAll("^-+", "");
        return name.isEmpty() || name.equals("instance") ? "this-host" : name;
    }

    private static String hostName() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip())
                    .filter(s -> !s.isEmpty())
                    .orElse("this-host");
        } catch (IOException e) { // not Linux
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException _) {
                return "this-host";
            }
        }
    }
}
