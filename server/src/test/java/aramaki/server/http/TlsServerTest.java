package aramaki.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.Refusal;
import aramaki.protocol.tls.Authorities;
import aramaki.protocol.tls.PemFile;
import aramaki.server.LiveServer;
import aramaki.server.ServerSettings;
import aramaki.server.tls.TlsFiles;
import aramaki.testkit.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole server with a certificate, on addresses of loopback besides its own, asked by clients
/// that verify it.
class TlsServerTest {
    private static final String NAMES = "san=dns:localhost,ip:127.0.0.1,ip:127.0.0.2";
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.0.0.2");

    @TempDir private static Path folder;
    private static Authority authority;
    private static SSLContext trusting;
    private static TlsFiles files;
    private static int https;
    private static int http;
    private static LiveServer live;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        authority = new Authority(folder);
        authority.server("one", "-1d", 3650, "-ext", NAMES);
        authority.server("two", "-1d", 3650, "-ext", NAMES);
        files = new TlsFiles(folder.resolve("server.pem"), folder.resolve("server.key"));
        put("one", "one");
        trusting = Authorities.only(PemFile.read(authority.root()));
        https = freePort();
        http = freePort();
        live =
                new LiveServer(
                        ServerSettings.of(folder.resolve("data"), 0, Optional.empty())
                                .with(listening()));
        client = HttpClient.newBuilder().sslContext(trusting).build();
    }

    private static Listening listening() {
        return new Listening(
                List.of(new InetSocketAddress(ELSEWHERE, https)),
                Optional.of(files),
                Optional.of(http),
                Optional.empty(),
                List.of());
    }

    @AfterAll
    static void stop() {
        client.close();
        live.close();
    }

    /// Each test begins with the first certificate in use.
    @BeforeEach
    void restore() throws Exception {
        put("one", "one");
        await().until(() -> shown().equals("one"));
    }

    private static void put(String certificate, String key) throws Exception {
        Files.copy(authority.key(key), files.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                authority.pem(certificate),
                files.certificate(),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, ELSEWHERE)) {
            return probe.getLocalPort();
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static SSLSocket socket() throws IOException {
        return (SSLSocket) trusting.getSocketFactory().createSocket(ELSEWHERE, https);
    }

    /// Which certificate a new connection is shown.
    private static String shown() throws IOException {
        try (var socket = socket()) {
            return shown(socket);
        }
    }

    private static String shown(SSLSocket socket) throws IOException {
        socket.startHandshake();
        var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName().replace("CN=", "");
    }

    private static String healthOver(Socket socket) throws IOException {
        socket.getOutputStream()
                .write(
                        "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[12];
        assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
        return new String(answer, StandardCharsets.US_ASCII);
    }

    @Test
    void aClientThatVerifiesIsAnsweredAndToldToStayWithHttps() throws Exception {
        var answer = get("https://127.0.0.2:" + https + "/healthz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .hasValue("max-age=31536000");
    }

    /// A browser would never ask another server on localhost by http again.
    @Test
    void localhostIsNotToldToStayWithHttps() throws Exception {
        var answer = get("https://localhost:" + live.server.port() + "/healthz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void onLoopbackThePortSpeaksBoth() throws Exception {
        assertThat(live.sent(live.to("/healthz")).statusCode()).isEqualTo(200);
        assertThat(get("https://127.0.0.1:" + live.server.port() + "/healthz").statusCode())
                .isEqualTo(200);
    }

    @Test
    void beyondLoopbackPlainHttpIsNotAnswered() {
        assertThatThrownBy(() -> get("http://127.0.0.2:" + https + "/healthz"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void invitesAndLinksNameTheServerAsItsCertificateDoes() throws Exception {
        assertThat(live.server.url()).isEqualTo(URI.create("https://localhost:" + https));
        assertThat(live.server.signInLink().toString())
                .startsWith("https://localhost:" + https + "/sign-in?code=");
        live.post("/api/v1/systems", "{\"name\":\"shop\"}");
        var invite = LiveServer.json(live.post("/api/v1/invites", "{\"systems\":[\"shop\"]}"));
        assertThat(invite.path("invite").asText())
                .startsWith("aramaki1:https://localhost:" + https + "#i_");
    }

    @Test
    void tls12WithAModernSuiteIsSpoken() throws Exception {
        try (var socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThat(socket.getSession().getCipherSuite())
                    .matches("TLS_ECDHE_.*(GCM|POLY1305).*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
            })
    void weakSuitesAreRefused(String suite) throws Exception {
        try (var socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    /// Byte by byte, since no library of today would say this hello.
    @Test
    void tls11IsRefused() throws Exception {
        var hello = ByteBuffer.allocate(64);
        hello.put(new byte[] {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2}); // record, hello, TLS 1.1
        hello.put(new byte[32]); // random
        hello.put(new byte[] {0, 0, 2, (byte) 0xc0, 0x09, 1, 0}); // one suite: ECDHE-ECDSA, CBC
        try (var socket = new Socket(ELSEWHERE, https)) {
            socket.getOutputStream().write(hello.array(), 0, hello.position());
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(answer[6]).as("protocol version").isEqualTo((byte) 70);
        }
    }

    @Test
    void aNewCertificateIsShownAndOpenConnectionsGoOn() throws Exception {
        try (var open = socket()) {
            assertThat(shown(open)).isEqualTo("one");

            put("two", "two");
            await().until(() -> shown().equals("two"));

            assertThat(healthOver(open)).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void aBrokenPairLeavesTheOldOneInUseAndTheDoctorSaysSo() throws Exception {
        put("two", "one");
        await().until(() -> complaint().contains("is the key of another certificate"));
        assertThat(shown()).isEqualTo("one");

        put("two", "two");
        await().until(() -> complaint().isEmpty());
        assertThat(shown()).isEqualTo("two");
    }

    private static String complaint() throws Exception {
        return live.get("/api/v1/doctor")
                .path("examinations")
                .valueStream()
                .filter(e -> e.path("name").asText().equals("certificate"))
                .flatMap(e -> e.path("complaints").valueStream())
                .map(c -> c.path("what").asText())
                .filter(what -> what.contains("not in use"))
                .findFirst()
                .orElse("");
    }

    @Test
    void aBrowserThatComesByHttpIsLedToHttps() throws Exception {
        var answer = get("http://127.0.0.2:" + http + "/s/shop?tab=checks");
        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("https://localhost:" + https + "/s/shop?tab=checks");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
    }

    @Test
    void whoSendsASecretInTheClearIsToldAndNotLedOn() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.2:" + http + "/api/v1/systems"));
        var token =
                client.send(
                        request.copy().header("Authorization", "Bearer secret").build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(token.statusCode()).isEqualTo(403);
        assertThat(LiveServer.code(token)).isEqualTo("https-only");
        assertThat(token.body()).contains("revoke it");
        var change =
                client.send(
                        request.POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(change.statusCode()).isEqualTo(403);
        assertThat(change.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void anAddressThatIsTakenIsRefusedWithItsPort(@TempDir Path other) {
        var settings =
                ServerSettings.of(other.resolve("data"), 0, Optional.empty()).with(listening());
        assertThatThrownBy(() -> new LiveServer(settings).close())
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo("port-in-use");
                            assertThat(refusal.text()).contains("port " + https + " is in use");
                        });
    }

    @Test
    void anAddressThatIsNotOursIsRefused(@TempDir Path other) {
        var nobodys = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), https);
        var settings =
                ServerSettings.of(other.resolve("data"), 0, Optional.empty())
                        .with(
                                new Listening(
                                        List.of(nobodys),
                                        Optional.of(files),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of()));
        assertThatThrownBy(() -> new LiveServer(settings).close())
                .hasMessageContaining("192.0.2.7:" + https + " is no address of this host");
    }
}
