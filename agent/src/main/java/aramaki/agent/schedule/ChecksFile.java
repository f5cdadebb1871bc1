package aramaki.agent.schedule;

import aramaki.agent.log.Log;
import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.ServerMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The last list of checks on disk, so that an agent without its server knows what to run.
public record ChecksFile(Path file, Log log) {

    public Optional<ServerMessage.Checks> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), ServerMessage.Checks.class));
        } catch (IOException | Refusal e) {
            log.warn("checks: cannot use the saved list", "file", file, "why", e.getMessage());
            return Optional.empty();
        }
    }

    public void store(ServerMessage.Checks checks) {
        try {
            AtomicFile.write(file, Json.bytes(checks));
        } catch (IOException e) {
            log.warn("checks: cannot save the list", "file", file, "why", e.getMessage());
        }
    }
}
