package aramaki.server.passkey;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Base64Url;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Ceremonies that have begun. Each can be finished once, within five minutes; a restart of the
/// server forgets them.
final class Ceremonies {
    static final Duration VALID = Duration.ofMinutes(5);
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Begun> begun =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Begun> eldest) {
                    return size() > MOST;
                }
            };

    /// @param whose the person it is about; empty where anybody may finish it
    record Begun(String whose, Site site, Object request, Instant until) {}

    Ceremonies(InstantSource clock) {
        this.clock = clock;
    }

    /// Keeps a request; returns what it is finished by.
    synchronized String begin(String whose, Site site, Object request) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = Base64Url.encode(bytes);
        begun.put(id, new Begun(whose, site, request, clock.instant().plus(VALID)));
        return id;
    }

    /// Uses one up, whatever comes of it.
    synchronized Begun take(String id, Site site) {
        var found = begun.remove(id);
        if (found == null
                || !found.until().isAfter(clock.instant())
                || !found.site().equals(site)) {
            throw new Refusal(
                    Refusal.Reason.UNAUTHENTICATED,
                    "passkey-late",
                    "that was too late, or was answered already: try again");
        }
        return found;
    }
}
