package aramaki.cli.api;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The profiles of one person on this host: a folder with one file per server, readable by its
/// owner only.
public record Profiles(Path folder) {
    private static final String OWNER_ONLY = "rw-------";
    private static final String AUTHORITIES = "ca";
    private static final String SUFFIX = ".json";

    /// Where the environment says that they are: below `XDG_CONFIG_HOME`, else `~/.config`.
    public static Profiles of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        String chosen = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // The XDG rule: a relative path is ignored.
        Path config = chosen.startsWith("/") ? Path.of(chosen) : Path.of(home, ".config");
        return new Profiles(config.resolve("aramaki").resolve("profiles"));
    }

    public Path file(ServerUrl server) {
        return folder.resolve(server.key() + SUFFIX);
    }

    /// Writes or replaces the profile of a server, and returns the file.
    public Path write(Profile profile) {
        Path file = file(profile.server());
        var content =
                Json.mapper()
                        .createObjectNode()
                        .put("server", profile.server().toString())
                        .put("token", profile.token());
        profile.authorities().ifPresent(ca -> content.put(AUTHORITIES, ca.toString()));
        try {
            createFolder();
            var owner = PosixFilePermissions.fromString(OWNER_ONLY);
            Path fresh =
                    Files.createTempFile(
                            folder, ".new-", "", PosixFilePermissions.asFileAttribute(owner));
            try {
                Files.writeString(fresh, Json.pretty(content) + "\n");
                replace(fresh, file);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing the profile " + file, e);
        }
        return file;
    }

    public Optional<Profile> find(ServerUrl server) {
        Path file = file(server);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /// The profile, when there is exactly one.
    public Optional<Profile> only() {
        var files = files();
        return files.size() == 1 ? Optional.of(read(files.getFirst())) : Optional.empty();
    }

    public List<Profile> all() {
        return files().stream().map(Profiles::read).toList();
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(Profiles::isProfile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing the profiles in " + folder, e);
        }
    }

    private static boolean isProfile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private static Profile read(Path file) {
        try {
            requireOwnerOnly(file);
            var json = Json.tree(Files.readAllBytes(file));
            return new Profile(
                    ServerUrl.parse(member(json, "server")),
                    member(json, "token"),
                    Optional.of(json.path(AUTHORITIES).asText(""))
                            .filter(path -> !path.isEmpty())
                            .map(Path::of));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the profile " + file, e);
        } catch (Refusal | Failure e) {
            throw Failure.failed(
                    "cannot use the profile " + file,
                    String.valueOf(e.getMessage()),
                    "remove it and sign in again: rm " + file + "; aramaki login");
        }
    }

    private static String member(JsonNode json, String name) {
        String value = json.path(name).asText("");
        if (value.isBlank()) {
            throw Refusal.invalid("bad-profile", "it has no \"" + name + "\"");
        }
        return value;
    }

    /// A token that others on this host could read is no secret any more.
    private static void requireOwnerOnly(Path file) throws IOException {
        var open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        open.removeAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        if (!open.isEmpty()) {
            throw Refusal.invalid("open-profile", "others may read it; chmod 600 would keep it");
        }
    }

    private void createFolder() throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void replace(Path fresh, Path file) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
