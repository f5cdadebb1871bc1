package aramaki.agent;

import aramaki.agent.link.Agent;
import aramaki.agent.log.Log;
import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `status.json`: how the running agent stands, written by it every few seconds.
record StatusFile(Path file) {
    /// Written with every third look, which is every three seconds.
    static final int LOOKS = 3;

    static final Duration OLD = Duration.ofSeconds(15);

    /// What the file holds.
    ///
    /// @param at when it was written; old means that the agent does not run
    /// @param since connected, or not connected, since then
    /// @param unacknowledged results the server does not have yet
    /// @param trouble why the spool cannot write
    /// @param pause who paused it, and why
    record Status(
            Instant at,
            long pid,
            String version,
            String server,
            String name,
            boolean connected,
            Instant since,
            @Nullable Instant lastAck,
            @Nullable String lastError,
            int checks,
            String policy,
            String epoch,
            long next,
            long unacknowledged,
            long spoolBytes,
            @Nullable String trouble,
            @Nullable Instant pausedUntil,
            @Nullable String pause) {}

    static Status of(Agent agent, Home.Membership member, String policy, Instant now) {
        var link = agent.link();
        var spool = agent.spool();
        var pause = agent.pause().filter(p -> p.active(now));
        long kept = Math.max(spool.acknowledged(), spool.first() - 1);
        return new Status(
                now,
                ProcessHandle.current().pid(),
                AgentVersion.text(),
                member.server(),
                link.name().isEmpty() ? member.name() : link.name(),
                link.connected(),
                link.since(),
                link.lastAck(),
                link.lastError(),
                agent.checks(),
                policy,
                spool.epoch(),
                spool.next(),
                spool.next() - 1 - kept + spool.pending(),
                spool.bytes(),
                spool.trouble(),
                pause.map(Pause::until).orElse(null),
                pause.map(p -> p.by() + (p.reason().isEmpty() ? "" : ": " + p.reason()))
                        .orElse(null));
    }

    void write(Status status, Log log) {
        try {
            AtomicFile.write(file, Json.bytes(status));
        } catch (IOException e) {
            log.warn("status: cannot write", "file", file, "why", e.getMessage());
        }
    }

    Optional<Status> read() throws IOException {
        return Files.exists(file)
                ? Optional.of(Json.read(Files.readAllBytes(file), Status.class))
                : Optional.empty();
    }

    /// When the agent last ran; nothing where no file tells.
    Optional<Instant> lastAlive() {
        try {
            return read().map(Status::at);
        } catch (IOException | Refusal e) {
            return Optional.empty();
        }
    }

    boolean running(Instant now) {
        try {
            return read().filter(s -> s.at().plus(OLD).isAfter(now))
                    .flatMap(s -> ProcessHandle.of(s.pid()))
                    .isPresent();
        } catch (IOException | Refusal e) {
            return false;
        }
    }

    boolean connected() {
        try {
            return read().filter(Status::connected).isPresent();
        } catch (IOException | Refusal e) {
            return false;
        }
    }
}
