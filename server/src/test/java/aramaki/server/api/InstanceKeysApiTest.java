package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.server.LiveServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keys of a running server, as its owner sees and changes them.
class InstanceKeysApiTest {
    @TempDir private Path data;
    private LiveServer live;

    @BeforeEach
    void start() {
        live = new LiveServer(data);
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private KeyLog keyLog() throws Exception {
        var answer = live.get("/api/v1/instance/key-log");
        return KeyLog.open(
                Json.convert(answer.path("genesis"), Envelope.class),
                answer.path("entries")
                        .valueStream()
                        .map(e -> Json.convert(e, Envelope.class))
                        .toList());
    }

    private HttpResponse<String> post(Envelope entry) throws Exception {
        return live.post("/api/v1/instance/key-log", "{\"entry\":" + Json.text(entry) + "}");
    }

    private static SecretKey fresh() {
        return SecretKey.generate(new SecureRandom());
    }

    private SecretKey recoveryKey() throws IOException {
        return SecretKey.load(data.resolve("recovery-key"));
    }

    @Test
    void aRotatedKeyIsShownAndEverythingVerifies() throws Exception {
        var before = live.get("/api/v1/instance");

        var changed = live.post("/api/v1/instance/keys", "{\"purpose\":\"log\"}");

        assertThat(changed.statusCode()).isEqualTo(201);
        assertThat(LiveServer.json(changed).path("signedBy").asText()).isEqualTo("online");
        var after = live.get("/api/v1/instance");
        assertThat(after.path("id")).isEqualTo(before.path("id"));
        assertThat(after.path("logKey")).isNotEqualTo(before.path("logKey"));
        assertThat(after.path("keyLog").path("entries").asInt()).isEqualTo(1);
        assertThat(after.path("recovery").path("fingerprints").get(0).asText())
                .isEqualTo(recoveryKey().publicKey().fingerprint());
        assertThat(keyLog().logKey().text()).isEqualTo(after.path("logKey").asText());
        assertThat(LiveServer.json(live.post("/api/v1/admin/verify", "")).path("problems"))
                .isEmpty();
        assertThat(live.get("/api/v1/events?types=key").toString())
                .contains("replaced this instance's key for log");
    }

    @Test
    void aPurposeThatIsNoneIsRefused() throws Exception {
        var refused = live.post("/api/v1/instance/keys", "{\"purpose\":\"admin\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(LiveServer.code(refused)).isEqualTo("key-log-purpose");
        assertThat(keyLog().entries()).isEmpty();
    }

    @Test
    void recoveryKeysAreReplacedByThoseThatThereAre() throws Exception {
        var three = List.of(fresh(), fresh(), fresh());
        var now = live.clock.instant();
        var theirs = new KeyLogEntries(keyLog(), now, List.of(fresh())).recovery(three, 2);
        assertThat(LiveServer.code(post(theirs))).isEqualTo("key-log-threshold");

        var ours = new KeyLogEntries(keyLog(), now, List.of(recoveryKey())).recovery(three, 2);
        assertThat(post(ours).statusCode()).isEqualTo(201);

        assertThat(live.get("/api/v1/instance").path("recovery").path("threshold").asInt())
                .isEqualTo(2);
        assertThat(LiveServer.code(post(ours))).isEqualTo("key-log-chain"); // said again
        var old =
                new KeyLogEntries(keyLog(), now, List.of(recoveryKey()))
                        .recovery(List.of(fresh()), 1);
        assertThat(LiveServer.code(post(old))).isEqualTo("key-log-threshold");
    }
}
