package aramaki.agent.simulate;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which server to speak to and by which token; `aramaki up` leaves it in the user's settings.
public record Profile(String server, String token) {
    private static final String DEFAULT_SERVER = "http://localhost:8700";

    /// What was said on the command line, completed from the profiles in `folder`.
    public static Profile find(Optional<String> server, Optional<Path> tokenFile, Path folder)
            throws IOException {
        var profiles = all(folder);
        String url =
                server.orElse(profiles.size() == 1 ? profiles.getFirst().server() : DEFAULT_SERVER);
        if (tokenFile.isPresent()) {
            return new Profile(url, Files.readString(tokenFile.get()).strip());
        }
        Path file = folder.resolve(fileName(URI.create(url)));
        if (!Files.exists(file)) {
            throw new Refusal(
                    Refusal.Reason.UNAUTHENTICATED,
                    "no-token",
                    "no token for " + url + " (" + file + " is missing): give --token-file");
        }
        return new Profile(url, read(file).token());
    }

    /// `$XDG_CONFIG_HOME/aramaki/profiles` or `~/.config/aramaki/profiles`.
    public static Path usualFolder() {
        String config = Optional.ofNullable(System.getenv("XDG_CONFIG_HOME")).orElse("");
        Path base =
                config.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".config")
                        : Path.of(config);
        return base.resolve("aramaki").resolve("profiles");
    }

    private static List<Profile> all(Path folder) throws IOException {
        var found = new ArrayList<Profile>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*.json")) {
                for (Path file : files) {
                    found.add(read(file));
                }
            }
        }
        return found;
    }

    private static Profile read(Path file) throws IOException {
        return Json.read(Files.readAllBytes(file), Profile.class);
    }

    static String fileName(URI server) {
        String host = Optional.ofNullable(server.getHost()).orElse("");
        boolean local = List.of("localhost", "127.0.0.1", "[::1]").contains(host);
        int usual = "https".equals(server.getScheme()) ? 443 : 80;
        int port = server.getPort() < 0 ? usual : server.getPort();
        return (local ? "localhost" : host) + "-" + port + ".json";
    }

    @Override
    public String toString() {
        return server;
    }
}
