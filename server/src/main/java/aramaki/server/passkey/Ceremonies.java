package aramaki.server.passkey;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Base64Url;
import aramaki.server.access.Once;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/// Ceremonies that have begun. Each can be finished once, within five minutes; a restart of the
/// server forgets them.
final class Ceremonies {
    static final Duration VALID = Duration.ofMinutes(5);

    private final SecureRandom random = new SecureRandom();
    private final Once<Begun> begun;

    /// @param whose the person it is about; empty where anybody may finish it
    record Begun(String whose, Site site, Object request) {}

    Ceremonies(InstantSource clock) {
        begun = new Once<>(VALID, clock);
    }

    /// Keeps a request; returns what it is finished by.
    String begin(String whose, Site site, Object request) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = Base64Url.encode(bytes);
        begun.begin(id, new Begun(whose, site, request));
        return id;
    }

    /// Uses one up, whatever comes of it.
    Begun take(String id, Site site) {
        return begun.take(id)
                .filter(found -> found.site().equals(site))
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.UNAUTHENTICATED,
                                        "passkey-late",
                                        "that was too late, or was answered already: try again"));
    }
}
