package aramaki.protocol.agent;

import aramaki.protocol.Json;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened to a host or its agent, said until the server has noted it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HostEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = HostEvent.Rebooted.class, name = "rebooted"),
    @JsonSubTypes.Type(value = HostEvent.Packages.class, name = "packages")
})
public sealed interface HostEvent extends Json.Whole {
    int MAX_ID = 40;

    /// No two events of an agent have the same.
    String id();

    Instant at();

    /// The agent's program began to run.
    ///
    /// @param after `first`, `stop`, `crash` or `reboot`
    /// @param lastAlive when it last ran before; null when that is not known
    record Started(String id, Instant at, String version, String after, @Nullable Instant lastAlive)
            implements HostEvent {}

    /// The host began to run, seen at the agent's next start.
    ///
    /// @param at when it was up again
    /// @param announced whether the agent had been told to stop for it
    /// @param uptimeBeforeSeconds null when that is not known
    record Rebooted(String id, Instant at, boolean announced, @Nullable Long uptimeBeforeSeconds)
            implements HostEvent {}

    /// Packages came, went or changed.
    ///
    /// @param installed the first `MAX_LISTED` of `installedCount`; the others likewise
    /// @param by who asked for it, where the package manager says so
    /// @param command how, where the package manager says so
    record Packages(
            String id,
            Instant at,
            List<PackageChange> installed,
            List<PackageChange> removed,
            List<PackageChange> upgraded,
            int installedCount,
            int removedCount,
            int upgradedCount,
            @Nullable String by,
            @Nullable String command)
            implements HostEvent {
        public static final int MAX_LISTED = 50;

        public Packages {
            installed = List.copyOf(installed);
            removed = List.copyOf(removed);
            upgraded = List.copyOf(upgraded);
        }
    }

    /// One package.
    ///
    /// @param from null for one that was not there
    /// @param to null for one that is no more
    record PackageChange(String name, @Nullable String from, @Nullable String to)
            implements Json.Whole {}
}
