package aramaki.server;

import aramaki.server.heartbeat.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The settings of a server, with every default.
///
/// @param data the folder it owns
/// @param port on loopback; 0 takes any free one
/// @param systemsFolder where systems live as files
/// @param owner name of the first person
/// @param agentSilentAfter how long we hear nothing before an agent counts as silent
/// @param heartbeat where to send a sign of life
/// @param keepResults how long single results are kept; events are kept for ever
public record ServerSettings(
        Path data,
        int port,
        Optional<Path> systemsFolder,
        String owner,
        Duration agentSilentAfter,
        Duration keepResults,
        Optional<Target> heartbeat) {
    public static final int DEFAULT_PORT = 8700;
    public static final Duration DEFAULT_SILENT_AFTER = Duration.ofSeconds(15);
    public static final Duration DEFAULT_KEEP_RESULTS = Duration.ofDays(30);

    /// Without a heartbeat.
    public ServerSettings(
            Path data,
            int port,
            Optional<Path> systemsFolder,
            String owner,
            Duration agentSilentAfter,
            Duration keepResults) {
        this(data, port, systemsFolder, owner, agentSilentAfter, keepResults, Optional.empty());
    }

    public ServerSettings with(Target to) {
        return new ServerSettings(
                data, port, systemsFolder, owner, agentSilentAfter, keepResults, Optional.of(to));
    }

    public static ServerSettings of(Path data, int port, Optional<Path> systemsFolder) {
        return new ServerSettings(
                data, port, systemsFolder, "owner", DEFAULT_SILENT_AFTER, DEFAULT_KEEP_RESULTS);
    }
}
