package aramaki.server.api;

import aramaki.protocol.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the JSON interface says about grants.
public final class GrantAnswers {
    private GrantAnswers() {}

    /// @param holder id of who holds it
    /// @param name of the holder
    /// @param role whose verbs these are; null where it is no role's
    /// @param systems those it names, each with every layer below
    /// @param covers every system it covers now, as far as who asks may know
    /// @param state active, waiting, asleep, expired or revoked
    /// @param by name of who gave it
    /// @param parent the grant it was passed on from
    /// @param sentence all of it in one sentence
    public record GrantItem(
            String id,
            String holder,
            String name,
            @Nullable String role,
            List<String> verbs,
            boolean everything,
            List<String> systems,
            Map<String, String> labels,
            List<String> covers,
            List<String> classes,
            boolean passkey,
            List<String> networks,
            Instant notBefore,
            Instant expiresAt,
            int depth,
            String reason,
            String state,
            String by,
            Instant at,
            @Nullable String parent,
            boolean emergency,
            @Nullable Instant awakeUntil,
            String sentence) {}

    /// @param holder name or id of a person, or another holder's id; missing where it is clear, in
    ///     an invitation and with a new token
    /// @param role or `verbs`
    /// @param systems names, each with every layer below; or `labels`, or `everything`
    /// @param classes of events to read; public and ops where it is missing
    /// @param expiresIn a duration such as 8h; or `expiresAt`
    /// @param depth how often it may be passed on; 0 where it is missing
    /// @param from the grant to pass on; found where it is missing
    public record NewGrant(
            @Nullable String holder,
            @Nullable String role,
            @Nullable List<String> verbs,
            @Nullable Boolean everything,
            @Nullable List<String> systems,
            @Nullable Map<String, String> labels,
            @Nullable List<String> classes,
            @Nullable Boolean passkey,
            @Nullable List<String> networks,
            @Nullable Instant notBefore,
            @Nullable Instant expiresAt,
            @Nullable String expiresIn,
            @Nullable Integer depth,
            @Nullable String from,
            @Nullable Boolean emergency,
            String reason)
            implements Json.Whole {}

    public record Reason(String reason) implements Json.Whole {}

    public record Explained(boolean allowed, String sentence, @Nullable String grant) {}
}
