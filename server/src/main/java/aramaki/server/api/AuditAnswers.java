package aramaki.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the audit answers.
public final class AuditAnswers {
    private AuditAnswers() {}

    /// An act or a look.
    ///
    /// @param kind `act` or `look`
    /// @param id of an act, the hash of its event; of a look, its number
    /// @param at when it was; of looks that went on, when they began
    /// @param until when the last of them was; null for an act
    /// @param times how many looks are told as one
    /// @param by id of the person
    /// @param name of the person
    /// @param grant the event that admitted them, or the grant they acted under
    /// @param from the address; null when it is no longer kept, or was not recorded
    /// @param via how it was asked; null as `from` is
    /// @param event what happened; null for a look
    public record AuditItem(
            String kind,
            String id,
            Instant at,
            @Nullable Instant until,
            int times,
            String by,
            String name,
            @Nullable String grant,
            @Nullable String from,
            @Nullable String system,
            @Nullable Via via,
            @Nullable ActEvent event) {}

    /// A request as it is kept.
    ///
    /// @param credential id of the session or token
    /// @param path with its `{parameters}`
    /// @param filters names of query parameters
    public record Via(
            String credential,
            String method,
            String path,
            Map<String, String> parameters,
            List<String> filters,
            int status) {}

    /// The event that an act is.
    ///
    /// @param systemId with `class` the log it is in
    /// @param text what happened, in one line
    public record ActEvent(
            String systemId,
            @JsonProperty("class") String eventClass,
            long epoch,
            long seq,
            String type,
            String text) {}

    /// The first line of an export: what was asked for, by whom, and when.
    ///
    /// @param v of this format
    public record ExportLine(
            String kind,
            int v,
            String instance,
            Instant at,
            String by,
            List<String> kinds,
            @Nullable String person,
            @Nullable String system,
            @Nullable Instant since,
            @Nullable Instant until) {}

    /// An act with what proves it.
    ///
    /// @param prev the hash of the event before it in its log
    /// @param header the very bytes that were hashed, base64url
    public record ActLine(@JsonUnwrapped AuditItem item, String prev, String header) {}

    /// The newest signed head of a log that acts are in.
    public record HeadLine(
            String kind,
            String systemId,
            @JsonProperty("class") String eventClass,
            JsonNode envelope) {}

    /// The last line; an export without it was cut off.
    public record EndLine(String kind, long acts, long looks, long heads) {}
}
