package aramaki.server.oidc;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Base64Url;
import aramaki.server.access.Once;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Sign-ins that have begun. Each can be finished once, within ten minutes, by the browser that
/// began it; a restart of the server forgets them.
final class Ceremonies {
    static final Duration VALID = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Once<Begun> begun;

    /// @param browser a secret that only the browser has
    /// @param state what the answer has to repeat
    record Begun(
            String browser,
            String state,
            Organisation organisation,
            Purpose purpose,
            Nonce nonce,
            CodeVerifier verifier,
            Instant at) {}

    Ceremonies(InstantSource clock) {
        this.clock = clock;
        begun = new Once<>(VALID, clock);
    }

    Begun begin(Organisation organisation, Purpose purpose) {
        var one =
                new Begun(
                        secret(),
                        secret(),
                        organisation,
                        purpose,
                        new Nonce(secret()),
                        new CodeVerifier(secret()),
                        clock.instant());
        begun.begin(one.state(), one);
        return one;
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    /// Uses one up, whatever comes of it.
    Begun take(String state, String browser) {
        return begun.take(state)
                .filter(found -> isSame(found.browser(), browser))
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.UNAUTHENTICATED,
                                        "organisation-late",
                                        "that was too late, was answered already, or was begun in"
                                                + " another browser: try again"));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
