package aramaki.agent.link;

import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.identity.KeyLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The instance's key log as this agent heard it last, in `instance-keys.json`. It never goes back,
/// so that a key of the instance that was replaced is of no use against this agent.
public record KnownKeys(Path file) {
    /// The file of the agent that lives in this folder.
    public static KnownKeys in(Path folder) {
        return new KnownKeys(folder.resolve("instance-keys.json"));
    }

    /// What the file holds.
    public record Kept(Envelope genesis, List<Envelope> keyLog) implements Json.Whole {}

    /// Null when it never heard one of this instance; what is left of another, which it tried to
    // join,
    /// says nothing.
    @Nullable KeyLog load(String instance) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            var kept = Json.complete(Json.read(Files.readAllBytes(file), Kept.class));
            return Genesis.instanceId(kept.genesis()).equals(instance)
                    ? KeyLog.open(kept.genesis(), kept.keyLog())
                    : null;
        } catch (Refusal e) {
            throw Refusal.conflict(
                    "known-keys-damaged",
                    file
                            + " is damaged: "
                            + e.text()
                            + "; remove it, and this agent takes the key log that its server shows"
                            + " next");
        }
    }

    void remember(KeyLog log) throws IOException {
        AtomicFile.write(file, Json.bytes(new Kept(log.document(), log.envelopes())));
    }
}
