package aramaki.server.access;

import aramaki.model.timeline.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/// Leave to join, once, for one person who is not here yet.
///
/// @param id `n_...`
/// @param secretHash of what stands in the link
/// @param name what the person will be called
/// @param grants what they will be given, as whoever grants reads it
/// @param by who invited
/// @param event that invited
public record Invitation(
        String id,
        String secretHash,
        String name,
        String title,
        List<JsonNode> grants,
        String by,
        Instant expiresAt,
        boolean used,
        Hash event) {
    public Invitation {
        grants = List.copyOf(grants);
    }
}
