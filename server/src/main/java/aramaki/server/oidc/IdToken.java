package aramaki.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/// What makes an ID token one for us: signed by the provider's key, for this client, for this very
/// sign-in, and not too old. The library decides all of it; it is only told our time.
///
/// @param algorithms by which it may be signed; never none
record IdToken(
        Organisation organisation,
        Set<JWSAlgorithm> algorithms,
        JWKSource<SecurityContext> keys,
        InstantSource clock) {
    /// How far the provider's clock may be from ours.
    private static final Duration SKEW = Duration.ofSeconds(60);

    /// Names somebody for ever, and has to fit where we keep it.
    private static final int LONGEST_SUBJECT = 255;

    private static final Set<String> NEEDED = Set.of("iss", "sub", "aud", "exp", "iat", "nonce");

    JWTClaimsSet verified(JWT token, Nonce nonce)
            throws BadJOSEException, JOSEException, ParseException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWTClaimsSetVerifier(new Claims(nonce));
        var claims = processor.process(token, null);
        requireParty(claims);
        if (claims.getSubject().isBlank() || claims.getSubject().length() > LONGEST_SUBJECT) {
            throw new BadJWTException("sub is empty or longer than 255 characters");
        }
        return claims;
    }

    /// A token for several is ours only where it says that we asked for it.
    private void requireParty(JWTClaimsSet claims) throws BadJWTException, ParseException {
        String party = claims.getStringClaim("azp");
        boolean ours =
                party == null
                        ? claims.getAudience().size() == 1
                        : party.equals(organisation.clientId());
        if (!ours) {
            throw new BadJWTException("azp is " + party);
        }
    }

    private final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        Claims(Nonce nonce) {
            super(
                    organisation.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(organisation.issuer().toString())
                            .claim("nonce", nonce.getValue())
                            .build(),
                    NEEDED);
            setMaxClockSkew((int) SKEW.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
