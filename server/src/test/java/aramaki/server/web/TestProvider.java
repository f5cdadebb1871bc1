package aramaki.server.web;

import aramaki.protocol.Json;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An organisation's provider on this host: honest and strict unless it is told otherwise.
final class TestProvider implements AutoCloseable {
    static final String CLIENT = "aramaki";
    static final String SECRET = "a client's secret";

    private final HttpServer http;
    private final InstantSource clock;
    private volatile ECKey key = newKey("k1");
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    /// Who is signed in there.
    String subject = "248289761001";

    Optional<Instant> provedAt = Optional.empty();

    /// What it puts into its tokens besides, or instead.
    UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();

    /// How it signs them.
    Signing signing = Signing.BY_ITS_KEY;

    /// Whether its answers say whose they are.
    boolean namesItself = true;

    /// What it says of itself besides, or instead.
    Map<String, Object> announced = Map.of();

    enum Signing {
        BY_ITS_KEY,
        BY_ANOTHER_KEY,
        BY_OUR_SECRET,
        NOT
    }

    TestProvider(InstantSource clock) {
        this.clock = clock;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http.createContext("/.well-known/openid-configuration", e -> json(e, 200, metadata()));
        http.createContext(
                "/keys", e -> json(e, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
        http.createContext("/token", this::token);
        http.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /// It signs by another key from now on, and says so.
    void replaceItsKey() {
        key = newKey("k2");
    }

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> metadata() {
        var said = new HashMap<String, Object>();
        said.put("issuer", issuer());
        said.put("authorization_endpoint", issuer() + "/authorize");
        said.put("token_endpoint", issuer() + "/token");
        said.put("jwks_uri", issuer() + "/keys");
        said.put("response_types_supported", List.of("code"));
        said.put("subject_types_supported", List.of("public"));
        said.put("id_token_signing_alg_values_supported", List.of("ES256", "HS256", "none"));
        said.put("authorization_response_iss_parameter_supported", namesItself);
        said.putAll(announced);
        return said;
    }

    /// Somebody is asked at its page, agrees, and is sent back: the path on our server.
    String agrees(URI page) {
        var asked = parameters(page.getRawQuery());
        var back = URI.create(asked.get("redirect_uri"));
        String code = "code-" + numbers.incrementAndGet();
        codes.put(code, asked);
        return back.getPath()
                + "?code="
                + code
                + "&state="
                + asked.get("state")
                + (namesItself ? "&iss=" + encoded(issuer()) : "");
    }

    static Map<String, String> parameters(String query) {
        return Stream.of(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(
                                p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// As RFC 6749 and RFC 7636 want it: each code once, for the client, the address and the
    /// verifier it was given for.
    private void token(HttpExchange exchange) throws IOException {
        var said =
                parameters(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var asked = codes.remove(said.getOrDefault("code", ""));
        if (asked == null || !fits(exchange, asked, said)) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        json(
                exchange,
                200,
                Map.of(
                        "access_token",
                        "unused",
                        "token_type",
                        "Bearer",
                        "id_token",
                        signed(asked.getOrDefault("nonce", ""))));
    }

    private static boolean fits(
            HttpExchange exchange, Map<String, String> asked, Map<String, String> said) {
        return basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && said.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                && "S256".equals(asked.get("code_challenge_method"))
                && hash(said.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"));
    }

    private static String basic() {
        String pair = encoded(CLIENT) + ":" + encoded(SECRET);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(String nonce) {
        var now = clock.instant();
        var builder =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject(subject)
                        .audience(CLIENT)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("nonce", nonce);
        provedAt.ifPresent(at -> builder.claim("auth_time", at.getEpochSecond()));
        var said = claims.apply(builder).build();
        try {
            return switch (signing) {
                case BY_ITS_KEY -> by(key, said);
                case BY_ANOTHER_KEY -> by(newKey("k1"), said);
                case BY_OUR_SECRET -> {
                    var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), said);
                    jwt.sign(new MACSigner(SECRET.repeat(3)));
                    yield jwt.serialize();
                }
                case NOT -> new PlainJWT(said).serialize();
            };
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String by(ECKey key, JWTClaimsSet said) throws JOSEException {
        var jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                        said);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private static void json(HttpExchange exchange, int status, Object value) throws IOException {
        byte[] body = Json.bytes(value);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
