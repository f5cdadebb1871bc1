package aramaki.server.api;

import aramaki.protocol.Json;
import aramaki.server.api.GrantAnswers.NewGrant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the JSON interface answers and takes about people and what they sign in with.
public final class PeopleAnswers {
    private PeopleAnswers() {}

    /// @param state `here` or `disabled`
    /// @param seenAt when something was last asked in their name; null when never
    /// @param identities accounts at organisations that are linked
    /// @param codes recovery codes left
    public record PersonItem(
            String id,
            String name,
            String title,
            String role,
            String state,
            Instant since,
            @Nullable Instant seenAt,
            int passkeys,
            int identities,
            boolean password,
            int codes,
            int sessions,
            int tokens) {}

    /// @param grants what the person is to be given on joining; an `expiresIn` counts from then
    /// @param expiresIn by default 24h
    public record NewInvitation(
            String name,
            @Nullable String title,
            @Nullable List<NewGrant> grants,
            @Nullable String expiresIn)
            implements Json.Whole {}

    /// @param link a secret, shown once
    public record InvitationMade(String id, String name, String link, Instant expiresAt) {}

    /// @param grants what the person is to be given, a sentence each
    public record InvitationItem(
            String id, String name, String title, List<String> grants, Instant expiresAt) {}

    /// @param holder under which its own grants are held; null where it may do what you may
    /// @param usedAt null when never
    public record TokenItem(
            String id,
            String name,
            @Nullable String holder,
            Instant createdAt,
            @Nullable Instant usedAt,
            Instant expiresAt) {}

    /// @param grants all that the token may do; missing for what you may do yourself
    public record NewToken(String name, String expiresIn, @Nullable List<NewGrant> grants)
            implements Json.Whole {}

    /// @param holder under which its own grants are held; null where it may do what you may
    /// @param token a secret, shown once
    public record TokenMade(
            String id, String name, @Nullable String holder, String token, Instant expiresAt) {}
}
