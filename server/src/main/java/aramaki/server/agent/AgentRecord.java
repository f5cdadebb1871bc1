package aramaki.server.agent;

import aramaki.model.Labels;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.crypto.PublicKey;
import aramaki.server.timeline.By;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An agent as this server knows it.
///
/// @param name its host's short name, which is also its entity
/// @param systems names of the systems it serves, its home first; `*` stands for every system of
///     the systems folder
/// @param granted hash of the event that admitted it
/// @param policy what its host allows, in its own words
/// @param pause the newest that we know of, also once it is over
/// @param stop what it said when it stopped; empty once it is back
public record AgentRecord(
        String id,
        EntityName name,
        PublicKey key,
        List<String> systems,
        Labels labels,
        Instant joinedAt,
        Hash granted,
        Presence presence,
        Instant seenAt,
        String version,
        String policy,
        Map<String, String> facts,
        String epoch,
        Optional<AgentPause> pause,
        Optional<AnnouncedStop> stop) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

    /// What stands for every system of the systems folder.
    public static final String ALL_OF_FOLDER = "*";

    /// Whether we hear from it.
    public enum Presence {
        /// Joined, and not yet silent.
        CONNECTED,
        SILENT,
        /// It announced that it stops.
        STOPPED,
        REVOKED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Presence ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public AgentRecord {
        systems = List.copyOf(systems);
        facts = Map.copyOf(facts);
    }

    /// The system where an alert about this agent belongs.
    public SystemName home() {
        return new SystemName(systems.getFirst());
    }

    public By by() {
        return By.admitted(id, granted);
    }

    /// Whether it runs no checks just now because somebody wanted so.
    public boolean paused(Instant now) {
        return pause.filter(p -> p.pause().wanted() && p.pause().active(now)).isPresent();
    }

    /// When its last pause ended or ends.
    public Optional<Instant> pausedUntil() {
        return pause.map(p -> p.pause().until());
    }

    /// When its stop is no longer planned: one during a pause lasts as long as that.
    public Optional<Instant> backBy() {
        var told = stop.flatMap(s -> Optional.ofNullable(s.backBy()));
        var paused =
                stop.flatMap(s -> pause.map(AgentPause::pause).filter(p -> during(p, s.at())))
                        .map(Pause::until);
        return Stream.concat(told.stream(), paused.stream()).max(Comparator.naturalOrder());
    }

    /// Why nothing is to be expected from it, where somebody wanted so.
    public Optional<String> planned(Instant now) {
        if (presence == Presence.REVOKED || presence == Presence.SILENT) {
            return Optional.empty();
        }
        if (paused(now)) {
            return pause.map(AgentPause::pause).map(AgentRecord::words);
        }
        if (presence != Presence.STOPPED) {
            return Optional.empty();
        }
        var what =
                switch (stop.map(AnnouncedStop::kind).orElse("stop")) {
                    case "reboot" -> "its host reboots, as announced";
                    case "poweroff" -> "its host was switched off, as announced";
                    default -> "its agent stopped, as announced";
                };
        return Optional.of(what + backBy().map(at -> ", back by " + minute(at)).orElse(""));
    }

    private static String words(Pause pause) {
        return "paused until "
                + minute(pause.until())
                + (pause.by().isEmpty() ? "" : " by " + pause.by())
                + (pause.reason().isEmpty() ? "" : ": " + pause.reason());
    }

    private static String minute(Instant at) {
        return at.atOffset(ZoneOffset.UTC).format(MINUTE);
    }

    private static boolean during(Pause pause, Instant at) {
        return !at.isBefore(pause.from()) && at.isBefore(pause.until());
    }

    AgentRecord seen(Presence nowPresence, Instant now) {
        return with(nowPresence, now, pause, Optional.empty());
    }

    AgentRecord stopped(AnnouncedStop how) {
        return with(Presence.STOPPED, how.at(), pause, Optional.of(how));
    }

    AgentRecord pausing(AgentPause newest) {
        return with(presence, seenAt, Optional.of(newest), stop);
    }

    private AgentRecord with(
            Presence nowPresence,
            Instant now,
            Optional<AgentPause> nowPause,
            Optional<AnnouncedStop> nowStop) {
        return new AgentRecord(
                id,
                name,
                key,
                systems,
                labels,
                joinedAt,
                granted,
                nowPresence,
                now,
                version,
                policy,
                facts,
                epoch,
                nowPause,
                nowStop);
    }

    AgentRecord ready(
            String nowVersion, String nowPolicy, Map<String, String> nowFacts, String nowEpoch) {
        return new AgentRecord(
                id,
                name,
                key,
                systems,
                labels,
                joinedAt,
                granted,
                presence,
                seenAt,
                nowVersion,
                nowPolicy,
                nowFacts,
                nowEpoch,
                pause,
                stop);
    }
}
