package aramaki.server.oidc;

import java.time.Instant;

/// Who somebody is, as their organisation has signed it.
///
/// @param provedAt when they last proved it there; the epoch where the organisation does not say
public record Proven(Organisation organisation, String subject, Instant provedAt) {
    public String issuer() {
        return organisation.issuer().toString();
    }
}
