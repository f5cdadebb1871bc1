package aramaki.server;

import aramaki.server.heartbeat.Target;
import aramaki.server.http.Listening;
import aramaki.server.oidc.Organisation;
import aramaki.server.redaction.PayloadPolicy;
import aramaki.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The settings of a server, with every default.
///
/// @param data the folder it owns
/// @param port on loopback; 0 takes any free one
/// @param listening where else, and by whom it is asked
/// @param systemsFolder where systems live as files
/// @param owner name of the first person
/// @param agentSilentAfter how long we hear nothing before an agent counts as silent
/// @param keepResults how long single results are kept; events are kept for ever
/// @param keepFiveMinutes how long metrics are kept in steps of 5 minutes
/// @param keepHours how long metrics are kept in steps of an hour, and states in spans
/// @param keepAccess how long it is kept who asked for what and from where
/// @param keepPayloads how long what events say is kept, by type
/// @param heartbeat where to send a sign of life
/// @param organisations where people may sign in besides
/// @param store where everything durable is kept
public record ServerSettings(
        Path data,
        int port,
        Listening listening,
        Optional<Path> systemsFolder,
        String owner,
        Duration agentSilentAfter,
        Duration keepResults,
        Duration keepFiveMinutes,
        Duration keepHours,
        Duration keepAccess,
        PayloadPolicy keepPayloads,
        Optional<Target> heartbeat,
        List<Organisation> organisations,
        StoreSettings store) {
    public static final int DEFAULT_PORT = 8700;
    public static final Duration DEFAULT_SILENT_AFTER = Duration.ofSeconds(15);
    public static final Duration DEFAULT_KEEP_RESULTS = Duration.ofDays(30);
    public static final Duration DEFAULT_KEEP_FIVE_MINUTES = Duration.ofDays(30);
    public static final Duration DEFAULT_KEEP_HOURS = Duration.ofDays(400);
    public static final Duration DEFAULT_KEEP_ACCESS = Duration.ofDays(90);

    public ServerSettings {
        organisations = List.copyOf(organisations);
    }

    public ServerSettings with(Target to) {
        return new ServerSettings(
                data,
                port,
                listening,
                systemsFolder,
                owner,
                agentSilentAfter,
                keepResults,
                keepFiveMinutes,
                keepHours,
                keepAccess,
                keepPayloads,
                Optional.of(to),
                organisations,
                store);
    }

    public ServerSettings keeping(Duration results, Duration fiveMinutes, Duration hours) {
        return new ServerSettings(
                data,
                port,
                listening,
                systemsFolder,
                owner,
                agentSilentAfter,
                results,
                fiveMinutes,
                hours,
                keepAccess,
                keepPayloads,
                heartbeat,
                organisations,
                store);
    }

    public ServerSettings keepingAccess(Duration access) {
        return new ServerSettings(
                data,
                port,
                listening,
                systemsFolder,
                owner,
                agentSilentAfter,
                keepResults,
                keepFiveMinutes,
                keepHours,
                access,
                keepPayloads,
                heartbeat,
                organisations,
                store);
    }

    public ServerSettings with(StoreSettings otherStore) {
        return new ServerSettings(
                data,
                port,
                listening,
                systemsFolder,
                owner,
                agentSilentAfter,
                keepResults,
                keepFiveMinutes,
                keepHours,
                keepAccess,
                keepPayloads,
                heartbeat,
                organisations,
                otherStore);
    }

    public ServerSettings with(PayloadPolicy policy) {
        return new ServerSettings(
                data,
                port,
                listening,
                systemsFolder,
                owner,
                agentSilentAfter,
                keepResults,
                keepFiveMinutes,
                keepHours,
                keepAccess,
                policy,
                heartbeat,
                organisations,
                store);
    }

    public ServerSettings with(Listening otherListening) {
        return new ServerSettings(
                data,
                port,
                otherListening,
                systemsFolder,
                owner,
                agentSilentAfter,
                keepResults,
                keepFiveMinutes,
                keepHours,
                keepAccess,
                keepPayloads,
                heartbeat,
                organisations,
                store);
    }

    public ServerSettings with(List<Organisation> others) {
        return new ServerSettings(
                data,
                port,
                listening,
                systemsFolder,
                owner,
                agentSilentAfter,
                keepResults,
                keepFiveMinutes,
                keepHours,
                keepAccess,
                keepPayloads,
                heartbeat,
                others,
                store);
    }

    /// With everything else at its default.
    public static ServerSettings of(
            Path data,
            int port,
            Optional<Path> systemsFolder,
            String owner,
            Duration agentSilentAfter) {
        return new ServerSettings(
                data,
                port,
                Listening.LOOPBACK,
                systemsFolder,
                owner,
                agentSilentAfter,
                DEFAULT_KEEP_RESULTS,
                DEFAULT_KEEP_FIVE_MINUTES,
                DEFAULT_KEEP_HOURS,
                DEFAULT_KEEP_ACCESS,
                PayloadPolicy.FOR_EVER,
                Optional.empty(),
                List.of(),
                new StoreSettings.Embedded());
    }

    public static ServerSettings of(Path data, int port, Optional<Path> systemsFolder) {
        return of(data, port, systemsFolder, "owner", DEFAULT_SILENT_AFTER);
    }
}
