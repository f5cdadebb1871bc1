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
        authority.server("two", "-1d", 90, "-ext", NAME);
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

    private void serve(Checkout checkout) throws IOException {
        var server =
                checkout.aramaki(
                        "serve",
                        "--port=" + port,
                        "--data=" + home.resolve("server"),
                        "--systems=" + home.resolve("systems"),
                        "--listen=127.0.0.1:" + https,
                        "--tls-certificate=" + certificate,
                        "--tls-key=" + key,
                        "--behind-proxy=127.0.0.1,::1");
        server.says("ready: http://localhost:" + port, LONG);
        server.says("people and agents: " + publicUrl(), LONG);
    }

    @Test
    void agentsComeByTlsOrByNginxAndANewCertificateCutsNobodyOff() throws Exception {
        int proxy = Checkout.freePort();
        String byNginx = "https://localhost:" + proxy;
        try (var checkout = new Checkout(home)) {
            serve(checkout);
            checkout.start(List.of("nginx", "-c", nginx(proxy).toString(), "-p", home.toString()));
            await().atMost(LONG).until(() -> shown(proxy).equals("CN=one"));
            var stranger = checkout.cli("login", "--server", byNginx, "--token-file", token());
            assertThat(stranger.exit()).isEqualTo(1);
            assertThat(stranger.err()).contains("TLS: ", "--ca FILE");
            var signedIn =
                    checkout.cli(
                            "login", "--server", byNginx, "--token-file", token(), "--ca", root());
            assertThat(signedIn.exit()).as(signedIn.err()).isZero();

            String invite = invite(checkout, byNginx); // with the authority that was kept
            var lost = join(checkout, invite, "web1");
            assertThat(lost.exit()).isEqualTo(1);
            assertThat(lost.err()).contains("TLS: ", "--ca FILE");
            var direct = agent(checkout, invite, "web1");
            agent(checkout, invite, "web2", "--server", byNginx);
            await().atMost(LONG).until(() -> !lastSeen("web1").isEmpty());
            await().atMost(LONG).until(() -> !lastSeen("web2").isEmpty());
            assertWell(checkout, "proxy");

            put("two");
            await().atMost(LONG).until(() -> shown(https).equals("CN=two"));
            String before = lastSeen("web1");
            await().atMost(LONG).until(() -> lastSeen("web1").compareTo(before) > 0);
            assertThat(direct.lines()).noneMatch(line -> line.contains("no connection"));
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

    private String invite(Checkout checkout, String server) throws Exception {
        var said =
                checkout.cli(
                        "agent",
                        "invite",
                        "--system",
                        "shop",
                        "--uses",
                        "2",
                        "--json",
                        "--server",
                        server);
        String invite = json(said).path("invite").asText();
        assertThat(invite).startsWith("aramaki1:" + publicUrl() + "#i_");
        return invite;
    }

    private Checkout.Said join(Checkout checkout, String invite, String name, String... more)
            throws Exception {
        var words = new ArrayList<>(List.of("join", invite, "--name", name));
        words.addAll(List.of("--data", home.resolve(name).toString()));
        words.addAll(List.of(more));
        return checkout.agentSaid(words.toArray(String[]::new));
    }

    private Program agent(Checkout checkout, String invite, String name, String... more)
            throws Exception {
        var words = new ArrayList<>(List.of("--ca", root()));
        words.addAll(List.of(more));
        var joined = join(checkout, invite, name, words.toArray(String[]::new));
        assertThat(joined.exit()).as(joined.err()).isZero();
        String data = home.resolve(name).toString();
        return checkout.agent("run", "--data", data, "--events-port=0");
    }

    /// When the agent last saw that its host is up; empty when it never did.
    private String lastSeen(String agent) throws IOException, InterruptedException {
        return new ServerApi(home, port)
                .list("observations?system=shop").stream()
                        .filter(o -> o.path("entity").asText().equals(agent))
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
    private static String shown(int port) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
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
    private Path nginx(int proxy) throws IOException {
        String text = Files.readString(Checkout.root().resolve("docs/how-to/tls.md"));
        var block = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertThat(block.find()).isTrue();
        String servers =
                block.group(1)
                        .replace("listen 443 ", "listen 127.0.0.1:" + proxy + " ")
                        .replace("listen 80;", "listen 127.0.0.1:" + Checkout.freePort() + ";")
                        .replace("/etc/nginx/tls/fullchain.pem", certificate.toString())
                        .replace("/etc/nginx/tls/privkey.pem", key.toString())
                        .replace("127.0.0.1:8700", "127.0.0.1:" + port);
        assertThat(servers).contains("" + proxy, "" + port, certificate + ";", key + ";");
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
