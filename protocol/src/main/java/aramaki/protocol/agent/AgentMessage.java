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
    @JsonSubTypes.Type(value = AgentMessage.Stopping.class, name = "stopping")
})
public sealed interface AgentMessage extends Json.Whole {
    /// First of all: where the spool stands, and what the host is.
    ///
    /// @param epoch names this spool; a new one begins when the spool was lost
    /// @param first the oldest seq the spool still has, or the next one when it is empty
    /// @param next the seq the next result will get; the first ever is 1
    /// @param policy what the host's policy allows, in one line for people
    /// @param facts about the host: `os`, `kernel`, `arch`, `java`, `user`, ...
    record Ready(
            String epoch,
            long first,
            long next,
            String version,
            String policy,
            Map<String, String> facts)
            implements AgentMessage {}

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

    /// A planned stop; silence after this is no alarm.
    record Stopping(String reason) implements AgentMessage {}

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
