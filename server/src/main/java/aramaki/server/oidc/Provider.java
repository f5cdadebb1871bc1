package aramaki.server.oidc;

import aramaki.model.Refusal;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The provider of one organisation: where it is asked, by which keys it signs, and what it says.
final class Provider {
    private static final Logger logger = LoggerFactory.getLogger(Provider.class);
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    private final Organisation organisation;
    private final Asking asking;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    /// What it says of itself, for a while.
    private record Known(
            OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant until) {}

    Provider(Organisation organisation, Asking asking, InstantSource clock) {
        this.organisation = organisation;
        this.asking = asking;
        this.clock = clock;
    }

    Organisation organisation() {
        return organisation;
    }

    private Known known() {
        var now = clock.instant();
        var last = known;
        if (last != null && last.until().isAfter(now)) {
            return last;
        }
        try {
            var said = URI.create(withoutSlash() + WELL_KNOWN).toURL();
            var metadata = OIDCProviderMetadata.parse(asking.retrieveResource(said).getContent());
            requireUsable(metadata);
            var keys =
                    JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), asking)
                            .refreshAheadCache(false)
                            .build();
            var next = new Known(metadata, keys, now.plus(KNOWN_FOR));
            known = next;
            return next;
        } catch (IOException e) {
            throw unreachable(e);
        } catch (ParseException | IllegalArgumentException e) {
            logger.atWarn()
                    .setCause(e)
                    .addKeyValue("organisation", organisation.name())
                    .log("what a provider says of itself cannot be used");
            throw unusable("what it says of itself cannot be read");
        }
    }

    private String withoutSlash() {
        String issuer = organisation.issuer().toString();
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }

    private void requireUsable(OIDCProviderMetadata metadata) {
        if (!metadata.getIssuer().getValue().equals(organisation.issuer().toString())) {
            throw unusable("it calls itself " + metadata.getIssuer().getValue());
        }
        boolean safe =
                Stream.of(
                                metadata.getAuthorizationEndpointURI(),
                                metadata.getTokenEndpointURI(),
                                metadata.getJWKSetURI())
                        .allMatch(uri -> uri != null && Organisation.isSafe(uri));
        if (!safe) {
            throw unusable("it names an address that is missing or is not https");
        }
    }

    private Refusal unreachable(Exception e) {
        logger.atWarn()
                .setCause(e)
                .addKeyValue("organisation", organisation.name())
                .log("a provider cannot be reached");
        return Refusal.unavailable(
                "organisation-unreachable",
                "the sign-in of "
                        + organisation.name()
                        + " cannot be reached now: sign in another way, or try again later");
    }

    private Refusal unusable(String why) {
        return Refusal.unavailable(
                "organisation-unusable",
                "the sign-in of "
                        + organisation.name()
                        + " cannot be used, since "
                        + why
                        + ": ask whoever runs this instance to mend its settings");
    }

    /// Whether its answers say whose they are.
    boolean namesItself() {
        return known().metadata().supportsAuthorizationResponseIssuerParam();
    }

    /// Where a browser goes now.
    URI ask(Ceremonies.Begun begun, URI redirect) {
        var request =
                new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                new Scope(OIDCScopeValue.OPENID),
                                client(),
                                redirect)
                        .endpointURI(known().metadata().getAuthorizationEndpointURI())
                        .state(new State(begun.state()))
                        .nonce(begun.nonce())
                        .codeChallenge(begun.verifier(), CodeChallengeMethod.S256);
        if (begun.purpose() instanceof Purpose.Prove) {
            request.prompt(Prompt.Type.LOGIN).maxAge(0);
        }
        return request.build().toURI();
    }

    private ClientID client() {
        return new ClientID(organisation.clientId());
    }

    /// Gives the code for what was signed about whoever brought it.
    Proven prove(Ceremonies.Begun begun, AuthorizationCode code, URI redirect) {
        var now = known();
        try {
            var answer =
                    OIDCTokenResponseParser.parse(
                            new TokenRequest.Builder(
                                            now.metadata().getTokenEndpointURI(),
                                            authentication(now.metadata()),
                                            new AuthorizationCodeGrant(
                                                    code, redirect, begun.verifier()))
                                    .build()
                                    .toHTTPRequest()
                                    .send(asking));
            if (!(answer instanceof OIDCTokenResponse tokens)) {
                throw new BadJOSEException(
                        String.valueOf(answer.toErrorResponse().getErrorObject()));
            }
            var token = tokens.getOIDCTokens().getIDToken();
            var claims =
                    new IdToken(organisation, algorithms(now.metadata()), now.keys(), clock)
                            .verified(token, begun.nonce());
            return new Proven(organisation, claims.getSubject(), provedAt(claims));
        } catch (IOException | KeySourceException e) {
            throw unreachable(e);
        } catch (ParseException | java.text.ParseException | BadJOSEException | JOSEException e) {
            logger.atWarn()
                    .setCause(e)
                    .addKeyValue("organisation", organisation.name())
                    .log("what a provider says about somebody was refused");
            throw refused();
        }
    }

    private Refusal refused() {
        return new Refusal(
                Refusal.Reason.UNAUTHENTICATED,
                "organisation-refused",
                "what "
                        + organisation.name()
                        + " says about you does not hold: try again; the server's log has the"
                        + " reason");
    }

    /// A clock that is ahead of ours proves nothing for the time to come.
    private Instant provedAt(JWTClaimsSet claims) throws java.text.ParseException {
        var now = clock.instant();
        return Optional.ofNullable(claims.getDateClaim("auth_time"))
                .map(Date::toInstant)
                .map(at -> at.isAfter(now) ? now : at)
                .orElse(Instant.EPOCH);
    }

    /// Only what needs the provider's own key: with one that we have too we could sign it
    // ourselves.
    private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) {
        return Optional.ofNullable(metadata.getIDTokenJWSAlgs()).stream()
                .flatMap(List::stream)
                .filter(
                        a ->
                                JWSAlgorithm.Family.RSA.contains(a)
                                        || JWSAlgorithm.Family.EC.contains(a))
                .collect(Collectors.toSet());
    }

    private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        var secret = secret();
        var methods = metadata.getTokenEndpointAuthMethods();
        boolean inBody =
                methods != null
                        && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return inBody
                ? new ClientSecretPost(client(), secret)
                : new ClientSecretBasic(client(), secret);
    }

    /// Strangers may read what a refusal says, and where the secret is is nothing for them.
    private Secret secret() {
        try {
            return new Secret(organisation.secret().read());
        } catch (Refusal e) {
            logger.atWarn()
                    .setCause(e)
                    .addKeyValue("organisation", organisation.name())
                    .log("a client secret cannot be read");
            throw unusable("its client secret cannot be read");
        }
    }
}
