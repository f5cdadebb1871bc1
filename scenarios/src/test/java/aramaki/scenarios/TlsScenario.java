package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.testkit.Authority;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent and a command line that reach their server by a certificate of an authority of one's
/// own: from the server itself, and from nginx as the documentation sets it up.
class TlsScenario {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String NAME = "san=dns:localhost";

    @TempDir Path home;
    private Authority authority;
    private Path certificate;
    private Path key;
    private int port;
    private int https;

    @BeforeEach
    void prepare() throws Exception {
        Path made = Files.createDirectory(home.resolve("authority"));
        authority = new Authority(made);
        authority.server("one", "-1d", 90, "-ext", NAME);
        certificate = home.resolve("fullchain.pem");
        key = home.resolve("privkey.pem");
        put("one");
        port = Checkout.freePort();
        https = Checkout.freePort();
        Path shop = Files.createDirectories(home.resolve("systems").resolve("shop"));
        Files.writeString(shop.resolve("system.yaml"), "title: Shop\n");
        Path checks = Files.createDirectory(shop.resolve("checks"));
        Files.writeString(checks.resolve("up.yaml"), "name: up\nprobe: {uptime: {}}\nevery: 1s\n");
    }

    private void put(String name) throws Exception {
        Files.copy(authority.key(name), key, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(authority.pem(name), certificate, StandardCopyOption.REPLACE_EXISTING);
    }

    private String publicUrl() {
        return "https://localhost:" + https;
    }

    private Program serve(Checkout checkout, String... more) throws IOException {
        var words = new ArrayList<>(List.of("serve", "--port", "" + port));
        words.addAll(List.of("--data", home.resolve("server").toString()));
        words.addAll(List.of("--systems", home.resolve("systems").toString()));
        words.addAll(List.of(more));
        var server = checkout.aramaki(words.toArray(String[]::new));
        server.says("ready: http://localhost:" + port, LONG);
        server.says("people and agents: " + publicUrl(), LONG);
        return server;
    }

    @Test
    void anAgentAndACommandLineComeByTlsAndANewCertificateCutsNobodyOff() throws Exception {
        try (var checkout = new Checkout(home)) {
            serve(
                    checkout,
                    "--listen=127.0.0.1:" + https,
                    "--tls-certificate=" + certificate,
                    "--tls-key=" + key);
            String token = token();
            var stranger = checkout.cli("login", "--server", publicUrl(), "--token-file", token);
            assertThat(stranger.exit()).isEqualTo(1);
            assertThat(stranger.err()).contains("TLS: ", "--ca FILE");
            var signedIn =
                    checkout.cli(
                            "login",
                            "--server",
                            publicUrl(),
                            "--token-file",
                            token,
                            "--ca",
                            root());
            assertThat(signedIn.exit()).as(signedIn.err()).isZero();

            String invite = invite(checkout); // with the authority that was kept
            String data = home.resolve("agent").toString();
            var lost = checkout.agentSaid("join", invite, "--name", "web1", "--data", data);
            assertThat(lost.exit()).isEqualTo(1);
            assertThat(lost.err()).contains("TLS: ", "--ca FILE");
            var agent = agent(checkout, invite);
            await().atMost(LONG).until(() -> !lastSeen().isEmpty());

            authority.server("two", "-1d", 90, "-ext", NAME);
            put("two");
            await().atMost(LONG).until(() -> shown().equals("CN=two"));
            String before = lastSeen();
            await().atMost(LONG).until(() -> lastSeen().compareTo(before) > 0);
            assertThat(agent.lines()).noneMatch(line -> line.contains("no connection"));
            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    void theNginxOfTheDocumentationPassesEverybodyOn() throws Exception {
        try (var checkout = new Checkout(home)) {
            serve(checkout, "--public-url=" + publicUrl(), "--behind-proxy=127.0.0.1,::1");
            checkout.start(List.of("nginx", "-c", nginx().toString(), "-p", home.toString()));
            await().atMost(LONG).until(() -> shown().equals("CN=one"));
            agent(checkout, invite(checkout, "--token-file", token(), "--ca", root()));
            await().atMost(LONG).until(() -> !lastSeen().isEmpty());
            assertWell(checkout, "proxy");
        }
    }

    private String root() {
        return authority.root().toString();
    }

    /// A file with the token of the local profile.
    private String token() throws IOException {
        String token = new ServerApi(home, port).token();
        return Files.writeString(home.resolve("token"), token).toString();
    }

    private String invite(Checkout checkout, String... more) throws Exception {
        var words = new ArrayList<>(List.of("agent", "invite", "--system", "shop", "--json"));
        words.addAll(List.of("--server", publicUrl()));
        words.addAll(List.of(more));
        var said = checkout.cli(words.toArray(String[]::new));
        String invite = json(said).path("invite").asText();
        assertThat(invite).startsWith("aramaki1:" + publicUrl() + "#i_");
        return invite;
    }

    private Program agent(Checkout checkout, String invite) throws Exception {
        String data = home.resolve("agent").toString();
        var joined =
                checkout.agentSaid(
                        "join", invite, "--name", "web1", "--data", data, "--ca", root());
        assertThat(joined.exit()).as(joined.err()).isZero();
        return checkout.agent("run", "--data", data, "--events-port=0");
    }

    /// When the agent last saw that its host is up; empty when it never did.
    private String lastSeen() throws IOException, InterruptedException {
        return new ServerApi(home, port)
                .list("observations?system=shop").stream()
                        .filter(o -> o.path("entity").asText().equals("web1"))
                        .map(o -> o.path("seenAt").asText())
                        .findFirst()
                        .orElse("");
    }

    private void assertWell(Checkout checkout, String examination) throws Exception {
        var said = checkout.cli("admin", "doctor", "--json", "--server", "localhost:" + port);
        var found =
                json(said)
                        .path("examinations")
                        .valueStream()
                        .filter(e -> e.path("name").asText().equals(examination))
                        .toList();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().path("complaints")).as(said.out()).isEmpty();
    }

    /// Whose certificate a new connection is shown, whoever signed it.
    private String shown() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", https)) {
            socket.startHandshake();
            var own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return own.getSubjectX500Principal().getName();
        } catch (IOException e) { // nobody listens yet
            return "";
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String how) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String how) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// The servers of the documentation, with our ports and files in place of theirs.
    private Path nginx() throws IOException {
        String text = Files.readString(Checkout.root().resolve("docs/how-to/tls.md"));
        var block = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertThat(block.find()).isTrue();
        String servers =
                block.group(1)
                        .replace("listen 443 ", "listen 127.0.0.1:" + https + " ")
                        .replace("listen 80;", "listen 127.0.0.1:" + Checkout.freePort() + ";")
                        .replace("/etc/nginx/tls/fullchain.pem", certificate.toString())
                        .replace("/etc/nginx/tls/privkey.pem", key.toString())
                        .replace("127.0.0.1:8700", "127.0.0.1:" + port);
        assertThat(servers).contains("" + https, "" + port, certificate + ";", key + ";");
        Path file = home.resolve("nginx.conf");
        return Files.writeString(
                file,
                """
                daemon off; pid %1$s/pid; error_log %1$s/error.log;
                events {}
                http {
                    access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p;
                    fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                    %2$s
                }
                """
                        .formatted(home, servers));
    }

    private static JsonNode json(Checkout.Said said) {
        assertThat(said.exit()).as(said.err()).isZero();
        return Json.tree(said.out().getBytes(StandardCharsets.UTF_8));
    }
}
