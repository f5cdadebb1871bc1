package aramaki.protocol.agent;

import aramaki.protocol.Json;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent says once the handshake is over. One JSON text frame each, at most
/// `Json.MAX_DOCUMENT` bytes.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentMessage.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = AgentMessage.Results.class, name = "results"),
    @JsonSubTypes.Type(value = AgentMessage.Gap.class, name = "gap"),
    @JsonSubTypes.Type(value = AgentMessage.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = AgentMessage.Stopping.class, name = "stopping"),
    @JsonSubTypes.Type(value = AgentMessage.Found.class, name = "found"),
    @JsonSubTypes.Type(value = AgentMessage.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = AgentMessage.Happened.class, name = "happened")
})
public sealed interface AgentMessage extends Json.Whole {
    /// First of all: where the spool stands, and what the host is.
    ///
    /// @param epoch names this spool; a new one begins when the spool was lost
    /// @param first the oldest seq the spool still has, or the next one when it is empty
    /// @param next the seq the next result will get; the first ever is 1
    /// @param policy what the host's policy allows, in one line for people
    /// @param facts about the host: `os`, `kernel`, `arch`, `java`, `user`, ...
    /// @param at what the agent's clock shows
    record Ready(
            String epoch,
            long first,
            long next,
            String version,
            String policy,
            Map<String, String> facts,
            @Nullable Instant at)
            implements AgentMessage {

        /// From an agent whose clock we do not know.
        public Ready(
                String epoch,
                long first,
                long next,
                String version,
                String policy,
                Map<String, String> facts) {
            this(epoch, first, next, version, policy, facts, null);
        }
    }

    /// Results in spool order, seqs without holes, at most `MAX_RESULTS`.
    record Results(String epoch, Instant sentAt, List<Result> results) implements AgentMessage {
        public static final int MAX_RESULTS = 500;

        public Results {
            results = List.copyOf(results);
        }
    }

    /// Results `from` to `to` (inclusive) were dropped before they could be sent; they never come.
    record Gap(String epoch, long from, long to) implements AgentMessage {}

    /// Still here; sent every `Welcome.heartbeatSeconds`.
    record Heartbeat(Instant at) implements AgentMessage {}

    /// A planned stop; silence after this is no alarm, or not before `backWithinSeconds`.
    ///
    /// @param kind `stop`, `reboot` or `poweroff`; null for `stop`
    /// @param backWithinSeconds null for one that need not come back
    record Stopping(String reason, @Nullable String kind, @Nullable Long backWithinSeconds)
            implements AgentMessage {}

    /// The newest pause the agent knows, also once it is over.
    ///
    /// @param at what the agent's clock shows
    record Paused(Pause pause, Instant at) implements AgentMessage {}

    /// What happened to the host, the oldest first; said again until it was noted.
    record Happened(List<HostEvent> events) implements AgentMessage {
        public static final int MAX_EVENTS = 10;

        public Happened {
            events = List.copyOf(events);
        }
    }

    /// What was found on the host, as checks it could have; whole, replaces what was found before.
    ///
    /// @param version equal versions mean equal proposals, but for what trying them printed
    record Found(String version, List<Proposed> proposals) implements AgentMessage {
        public static final int MAX_PROPOSALS = 100;

        public Found {
            proposals = List.copyOf(proposals);
        }
    }

    static AgentMessage read(byte[] frame) {
        return Json.read(frame, AgentMessage.class);
    }

    default byte[] frame() {
        return Json.bytes(this);
    }

    /// One observation on the wire and in the spool.
    ///
    /// @param state a state word: ok, warning, critical or unknown
    /// @param due when the schedule wanted it; `started` and `finished` when it ran
    /// @param spooled when it was put on disk
    /// @param pushedTtlMillis of a result that a program brought: how long until silence means
    ///     *stale* where no system declares the check; null for the agent's own
    record Result(
            long seq,
            String system,
            String entity,
            String check,
            String state,
            String output,
            List<MetricWire> metrics,
            Instant due,
            Instant started,
            Instant finished,
            @Nullable Instant spooled,
            @Nullable Long pushedTtlMillis) {
        /// One that the agent made itself.
        public Result(
                long seq,
                String system,
                String entity,
                String check,
                String state,
                String output,
                List<MetricWire> metrics,
                Instant due,
                Instant started,
                Instant finished,
                @Nullable Instant spooled) {
            this(
                    seq, system, entity, check, state, output, metrics, due, started, finished,
                    spooled, null);
        }
    }

    /// A check that the host could have. Either `command` or `probe` is given. As JSON at most
    /// `MAX_BYTES`.
    ///
    /// @param id stays the same for the same finding on this host
    /// @param name what the check would be called
    /// @param title what was found, in a few words
    /// @param why it is proposed, in one sentence
    /// @param evidence where it was seen; changes only when what was seen did
    /// @param triedState what trying it once said, a state word; null when it was not tried
    /// @param triedOutput what it printed then
    record Proposed(
            String id,
            String name,
            String title,
            String why,
            String evidence,
            @Nullable List<String> command,
            @Nullable String probe,
            Map<String, String> parameters,
            long everyMillis,
            @Nullable String triedState,
            @Nullable String triedOutput) {
        public static final int MAX_BYTES = 8 * 1024;
    }

    /// One metric; ranges in the form of the Nagios plugin guidelines, null where not given.
    record MetricWire(
            String name,
            @Nullable Double value,
            String unit,
            @Nullable String warn,
            @Nullable String crit,
            @Nullable Double min,
            @Nullable Double max) {}
}
