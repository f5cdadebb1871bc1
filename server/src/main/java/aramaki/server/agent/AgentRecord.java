package aramaki.server.agent;

import aramaki.model.Labels;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.crypto.PublicKey;
import aramaki.server.timeline.By;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An agent as this server knows it.
///
/// @param name its host's short name, which is also its entity
/// @param systems names of the systems it serves, its home first; `*` stands for every system of
///     the systems folder
/// @param granted hash of the event that admitted it
/// @param policy what its host allows, in its own words
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
        String epoch) {

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

    AgentRecord seen(Presence nowPresence, Instant now) {
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
                epoch);
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
                nowEpoch);
    }
}
