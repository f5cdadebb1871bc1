package aramaki.protocol.agent;

import aramaki.protocol.Json;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a server says to an agent once the handshake is over.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerMessage.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ServerMessage.Position.class, name = "position"),
    @JsonSubTypes.Type(value = ServerMessage.Checks.class, name = "checks"),
    @JsonSubTypes.Type(value = ServerMessage.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerMessage.RunNow.class, name = "run-now"),
    @JsonSubTypes.Type(value = ServerMessage.LookAround.class, name = "look-around"),
    @JsonSubTypes.Type(value = ServerMessage.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = ServerMessage.Noted.class, name = "noted"),
    @JsonSubTypes.Type(value = ServerMessage.Refused.class, name = "refused")
})
public sealed interface ServerMessage extends Json.Whole {
    /// The agent belongs here.
    record Welcome(String agent, String name, int heartbeatSeconds) implements ServerMessage {}

    /// Answer to `Ready`: up to where results of this epoch are durable; 0 when none is.
    ///
    /// @param found the version of what was found on the host that the server has; null for none
    record Position(String epoch, long seq, @Nullable String found) implements ServerMessage {}

    /// Everything this agent is to run, whole; replaces what it had.
    ///
    /// @param version equal versions mean equal lists
    /// @param home the system to which results belong that programs bring and nobody declares; null
    ///     while there is none
    record Checks(String version, List<Assignment> checks, @Nullable String home)
            implements ServerMessage {
        public Checks {
            checks = List.copyOf(checks);
        }

        public Checks(String version, List<Assignment> checks) {
            this(version, checks, null);
        }
    }

    /// Everything up to `seq` is durable, taken or refused; the spool may drop it.
    record Ack(String epoch, long seq) implements ServerMessage {}

    /// Run this check once, now, beside its schedule.
    record RunNow(String system, String check) implements ServerMessage {}

    /// Look at the host now, and tell what was found if it differs.
    record LookAround() implements ServerMessage {}

    /// The newest pause the server knows, also once it is over.
    ///
    /// @param at what the server's clock shows
    record Paused(Pause pause, Instant at) implements ServerMessage {}

    /// These events of the host are durable; the agent may forget them.
    record Noted(List<String> ids) implements ServerMessage {
        public Noted {
            ids = List.copyOf(ids);
        }
    }

    /// The conversation ends; `code` says whether trying again can help.
    record Refused(String code, String message) implements ServerMessage {}

    static ServerMessage read(byte[] frame) {
        return Json.read(frame, ServerMessage.class);
    }

    default byte[] frame() {
        return Json.bytes(this);
    }

    /// One check for one entity. Either `command` or `probe` is given.
    ///
    /// @param command argument array with `{{name}}` templates, filled in by the agent from
    ///     `values`
    /// @param probe kind of a built-in probe, with `parameters`, templates likewise
    /// @param values what the templates stand for
    /// @param everyMillis between two runs; with `cron`, for an agent that cannot read that
    /// @param output the form of what the command prints; null for `nagios`
    /// @param cron five fields of a crontab, in the local time of `zone`; null for `everyMillis`
    record Assignment(
            String system,
            String entity,
            String check,
            @Nullable List<String> command,
            @Nullable String probe,
            Map<String, String> parameters,
            Map<String, String> values,
            long everyMillis,
            long timeoutMillis,
            int attempts,
            @Nullable Long retryMillis,
            @Nullable String output,
            @Nullable String cron,
            @Nullable String zone) {

        /// A check that runs every so often and prints what the Nagios guidelines say.
        public Assignment(
                String system,
                String entity,
                String check,
                @Nullable List<String> command,
                @Nullable String probe,
                Map<String, String> parameters,
                Map<String, String> values,
                long everyMillis,
                long timeoutMillis,
                int attempts,
                @Nullable Long retryMillis) {
            this(
                    system,
                    entity,
                    check,
                    command,
                    probe,
                    parameters,
                    values,
                    everyMillis,
                    timeoutMillis,
                    attempts,
                    retryMillis,
                    null,
                    null,
                    null);
        }
    }
}
