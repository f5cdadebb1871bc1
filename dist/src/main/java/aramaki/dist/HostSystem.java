package aramaki.dist;

import aramaki.model.system.SystemName;
import aramaki.server.Server;
import aramaki.server.system.files.SystemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The system that `up` makes for the host it runs on, with checks for what every host has and for
// what
/// is found here.
final class HostSystem {
    private static final Set<String> REAL_FILE_SYSTEMS =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "overlay");

    private static final Map<String, Integer> WELL_KNOWN =
            Map.of(
                    "ssh",
                    22,
                    "smtp",
                    25,
                    "http",
                    80,
                    "https",
                    443,
                    "mysql",
                    3306,
                    "postgresql",
                    5432,
                    "redis",
                    6379,
                    "memcached",
                    11_211);
    private static final int CONNECT_MILLIS = 200;

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
        listening()
                .forEach(
                        (service, number) ->
                                check(
                                        files,
                                        service + "-port",
                                        "{tcp: {host: 127.0.0.1, port: " + number + "}}",
                                        30));
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

    /// Well-known services that listen on this host now, by name.
    private static Map<String, Integer> listening() {
        var found = new TreeMap<String, Integer>();
        WELL_KNOWN.forEach(
                (service, port) -> {
                    try (var socket = new Socket()) {
                        socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
                        found.put(service, port);
                    } catch (IOException e) { // nobody listens: nothing to check
                    }
                });
        return found;
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
