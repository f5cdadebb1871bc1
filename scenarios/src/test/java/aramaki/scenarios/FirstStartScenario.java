package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From nothing: `up` beside a real nginx finds it and proposes a check, which runs within ten
/// seconds once it is accepted, and fires when nginx stops. The doctor has advice for a new
/// installation and says of a stopped one what is wrong.
class FirstStartScenario {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path home;

    @Test
    void whatRunsHereIsProposedAcceptedAndWatched() throws IOException, InterruptedException {
        int web = Checkout.freePort();
        int port = Checkout.freePort();
        Path data = home.resolve("server");
        try (var checkout = new Checkout(home)) {
            var nginx = checkout.start(List.of("nginx", "-c", config(web), "-p", home.toString()));
            var up = checkout.aramaki("up", "--data", data.toString(), "--port", "" + port);
            up.says("ready: ", START);
            String server = "http://localhost:" + port;

            var proposal = proposal(checkout, server, "nginx-" + web);
            assertThat(proposal.path("triedState").asText()).isEqualTo("ok");
            assertThat(proposal.path("evidence").asText())
                    .isEqualTo("nginx listens on 127.0.0.1:" + web);

            String key = proposal.path("system").asText() + "/nginx-" + web;
            var accepted = checkout.cli("check", "accept", key, "--server", server);
            assertThat(accepted.exit()).as(accepted.err()).isZero();
            eventually(
                    Duration.ofSeconds(10),
                    () -> state(checkout, server, "nginx-" + web).equals("ok"));
            assertThat(checkout.cli("timeline", "list", "--server", server).out())
                    .contains("proposed: nginx-" + web);
            assertThat(proposals(checkout, server).toString())
                    .doesNotContain("nginx-" + web + "\"");

            nginx.stop();
            eventually(SOON, () -> state(checkout, server, "nginx-" + web).equals("critical"));

            var doctor = checkout.cli("admin", "doctor", "--server", server);
            assertThat(doctor.exit()).as(doctor.out()).isZero();
            assertThat(doctor.out()).contains("recovery-key", "heartbeat");
            up.stop();

            Files.setPosixFilePermissions(
                    data, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            var stopped = checkout.cli("admin", "doctor", "--data", data.toString());
            assertThat(stopped.exit()).isEqualTo(1);
            assertThat(stopped.out()).contains("broken", "chmod 700 " + data);
        }
    }

    private String config(int port) throws IOException {
        Path file = home.resolve("nginx.conf");
        Files.writeString(
                file,
                """
                daemon off; pid %1$s/pid; error_log %1$s/error.log;
                events {}
                http {
                    access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p;
                    fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                    server { listen 127.0.0.1:%2$d; return 200 hello; }
                }
                """
                        .formatted(home, port));
        return file.toString();
    }

    private static JsonNode proposal(Checkout checkout, String server, String name) {
        return Awaitility.await("the proposal " + name)
                .atMost(SOON)
                .until(
                        () ->
                                proposals(checkout, server)
                                        .valueStream()
                                        .filter(p -> p.path("name").asText().equals(name))
                                        .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static JsonNode proposals(Checkout checkout, String server)
            throws IOException, InterruptedException {
        return json(checkout.cli("check", "proposals", "--json", "--server", server));
    }

    private static String state(Checkout checkout, String server, String check)
            throws IOException, InterruptedException {
        return json(checkout.cli("observation", "list", "--json", "--server", server))
                .valueStream()
                .filter(o -> o.path("check").asText().equals(check))
                .map(o -> o.path("state").asText())
                .findFirst()
                .orElse("none");
    }

    private static JsonNode json(Checkout.Said said) {
        assertThat(said.exit()).as(said.err()).isZero();
        return Json.tree(said.out().getBytes(StandardCharsets.UTF_8));
    }

    private static void eventually(
            Duration within, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(within).pollInterval(Duration.ofMillis(200)).until(condition);
    }
}
