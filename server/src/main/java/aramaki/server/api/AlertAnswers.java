package aramaki.server.api;

import aramaki.protocol.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes to and fro about alerts and silences, as JSON.
public final class AlertAnswers {
    private AlertAnswers() {}

    /// The silence that hides an alert.
    public record SilencedItem(String id, String name, Instant expiresAt) {}

    /// What somebody did about an alert, or what became of that.
    ///
    /// @param id of the act; null for what nobody did
    /// @param by the name of the person; null where the instance did it
    public record ActItem(
            @Nullable String id, String type, Instant at, @Nullable String by, String text) {}

    /// @param length such as `2h`; null for 4 hours
    /// @param comment with `resolve` the reason
    /// @param to with `assign` the name of a person; null for nobody
    public record OneActRequest(
            @Nullable String length,
            @Nullable Boolean untilResolved,
            @Nullable String comment,
            @Nullable String to)
            implements Json.Whole {}

    /// The same for many; either `query` or `keys`.
    public record ActRequest(
            String act,
            @Nullable String query,
            @Nullable List<String> keys,
            @Nullable Boolean dryRun,
            @Nullable Integer expected,
            @Nullable String length,
            @Nullable Boolean untilResolved,
            @Nullable String comment,
            @Nullable String to)
            implements Json.Whole {
        public ActRequest {
            keys = keys == null ? null : List.copyOf(keys);
        }
    }

    /// @param id by which it can be undone; null where nothing was done
    /// @param left how many it could not be done to; `leftItems` are the first of them
    public record ActAnswer(
            @Nullable String id,
            String act,
            boolean dryRun,
            int count,
            Map<String, Integer> systems,
            int left,
            List<LeftItem> leftItems) {}

    /// An alert that was left as it is.
    public record LeftItem(String key, String why) {}

    public record UndoAnswer(String id, String undoes, int count, List<LeftItem> left) {}

    /// @param length such as `2h`, or else `expiresAt`
    public record SilenceRequest(
            @Nullable String system,
            @Nullable List<String> matchers,
            @Nullable Boolean mine,
            @Nullable Boolean everything,
            @Nullable String name,
            @Nullable Instant startsAt,
            @Nullable Instant expiresAt,
            @Nullable String length,
            String reason)
            implements Json.Whole {
        public SilenceRequest {
            matchers = matchers == null ? null : List.copyOf(matchers);
        }
    }

    /// @param state `pending`, `active` or `expired`
    /// @param system null for everything
    /// @param warned whether it is about to end
    /// @param hid how many alerts it hid, once it ended
    public record SilenceItem(
            String id,
            String name,
            String state,
            @Nullable String system,
            List<String> matchers,
            boolean mine,
            Instant startsAt,
            Instant expiresAt,
            String reason,
            String owner,
            boolean warned,
            @Nullable Instant endedAt,
            @Nullable Integer hid) {}

    /// @param alerts the keys of the first of them
    /// @param future how many checks would be hidden if they fired
    /// @param checks the first of them
    public record SilencePreview(int hides, List<String> alerts, int future, List<String> checks) {}
}
