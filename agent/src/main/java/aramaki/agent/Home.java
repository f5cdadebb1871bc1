package aramaki.agent;

import aramaki.agent.link.Identity;
import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.tls.PemFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;

/// The folder an agent lives in: `agent.json`, `key`, `ca.pem`, `instance-keys.json`, `spool/`,
/// `checks.json` and `status.json`.
public record Home(Path folder) {
    private static final Path POLICY = Path.of("/etc/aramaki-agent/policy.yaml");
    private static final String AUTHORITIES = "ca.pem";

    /// What `agent.json` holds.
    ///
    /// @param agent id of this agent
    public record Membership(String server, String instance, String agent, String name) {}

    /// The given folder, or the usual one: `/var/lib/aramaki-agent` for root, else one of the user.
    public static Home at(Optional<Path> given) {
        if (given.isPresent()) {
            return new Home(given.get());
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return new Home(Path.of("/var/lib/aramaki-agent"));
        }
        String data = Optional.ofNullable(System.getenv("XDG_DATA_HOME")).orElse("");
        Path base =
                data.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".local", "share")
                        : Path.of(data);
        return new Home(base.resolve("aramaki-agent"));
    }

    public static Path policy(Optional<Path> given) {
        return given.orElse(POLICY);
    }

    public Path status() {
        return folder.resolve("status.json");
    }

    public Optional<Membership> membership() throws IOException {
        Path file = folder.resolve("agent.json");
        return Files.exists(file)
                ? Optional.of(Json.read(Files.readAllBytes(file), Membership.class))
                : Optional.empty();
    }

    public void store(Membership membership) throws IOException {
        AtomicFile.write(folder.resolve("agent.json"), Json.bytes(membership));
    }

    /// Who is believed about the server's certificate, if it is not those that Java knows.
    public Optional<Path> authorities() {
        return Optional.of(folder.resolve(AUTHORITIES)).filter(Files::exists);
    }

    public void believe(PemFile authorities) throws IOException {
        AtomicFile.write(folder.resolve(AUTHORITIES), authorities.content());
    }

    /// The agent's key; made when there is none yet, also after a join that did not end well.
    public SecretKey keyForJoin() throws IOException {
        create();
        Path file = folder.resolve("key");
        if (!Files.exists(file)) {
            SecretKey.generate(new SecureRandom())
                    .store(file, "The key of an Aramaki agent. Whoever has it is this agent.");
        }
        return SecretKey.load(file);
    }

    public Identity identity() throws IOException {
        var member =
                membership()
                        .orElseThrow(
                                () ->
                                        Refusal.conflict(
                                                "not-joined",
                                                "this agent belongs to no instance yet ("
                                                        + folder
                                                        + " holds no agent.json): make an invite"
                                                        + " with `aramaki agent invite`, then run"
                                                        + " `aramaki-agent join INVITE`"));
        return new Identity(
                URI.create(member.server()),
                member.instance(),
                member.name(),
                SecretKey.load(folder.resolve("key")));
    }

    private void create() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }
}
