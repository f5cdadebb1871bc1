package aramaki.server.ws;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.Labels;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.server.LiveServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One end of the agents' channel, which says just what the test makes it say.
final class TestAgent implements WebSocket.Listener, AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    final SecretKey key;
    final String name;
    @Nullable KeyLog keys;
    private final LiveServer live;
    private final HttpClient http = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    TestAgent(LiveServer live, String name, SecretKey key) {
        this.live = live;
        this.name = name;
        this.key = key;
        socket =
                http.newWebSocketBuilder()
                        .subprotocols(Handshake.SUBPROTOCOL)
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + live.server.port() + Handshake.PATH),
                                this)
                        .join();
    }

    static TestAgent stranger(LiveServer live) {
        return new TestAgent(live, "web1", SecretKey.generate(RANDOM));
    }

    /// One that has joined the system `shop` and got its checks.
    static TestAgent joined(LiveServer live, String name) {
        var caller = new TestAgent(live, name, SecretKey.generate(RANDOM));
        caller.join(invite(live, 1));
        return caller.ready();
    }

    static aramaki.protocol.agent.Invite invite(LiveServer live, int uses) {
        return live.server
                .agents()
                .invite(
                        live.server.url(),
                        List.of("shop"),
                        Labels.NONE,
                        uses,
                        Duration.ofHours(1),
                        live.server.owner().by())
                .invite();
    }

    /// The key log as it was heard last.
    KeyLog keys() {
        return Objects.requireNonNull(keys);
    }

    void join(aramaki.protocol.agent.Invite invite) {
        handshake(invite.instance(), invite.id(), invite.secretBytes());
        assertThat(next()).isInstanceOf(ServerMessage.Welcome.class);
    }

    /// Hello and proof; what the server makes of them is the next it says.
    void handshake(String instance, @Nullable String invite, byte @Nullable [] secret) {
        byte[] challenge = challenged(instance, invite);
        say(Json.bytes(Handshake.proof(challenge, key, secret)));
    }

    byte[] challenged(String instance, @Nullable String invite) {
        byte[] hello =
                Json.bytes(Handshake.hello(instance, key.publicKey(), name, invite, "", RANDOM));
        say(hello);
        byte[] challenge = text().getBytes(StandardCharsets.UTF_8);
        keys = Handshake.verifyChallenge(hello, challenge, instance, keys);
        return challenge;
    }

    TestAgent ready() {
        say(new AgentMessage.Ready("e1", 1, 1, "0.1.0", "any", Map.of(), null).frame());
        assertThat(next()).isInstanceOf(ServerMessage.Position.class);
        assertThat(next()).isInstanceOf(ServerMessage.Checks.class);
        return this;
    }

    void say(byte[] json) {
        say(new String(json, StandardCharsets.UTF_8));
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    /// Says what the other end may hang up on before it is said.
    void sayInVain(String text) {
        socket.sendText(text, true).exceptionally(_ -> socket).join();
    }

    void sayBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void ping() {
        socket.sendPing(ByteBuffer.allocate(1)).join();
    }

    String text() {
        try {
            String text = heard.poll(20, TimeUnit.SECONDS);
            assertThat(text).as("what the server says").isNotNull();
            return text;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    ServerMessage next() {
        return ServerMessage.read(text().getBytes(StandardCharsets.UTF_8));
    }

    /// The server says why, and then hangs up.
    void assertEnded(String code) {
        assertThat(next())
                .isInstanceOfSatisfying(
                        ServerMessage.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.message()).isNotBlank();
                        });
        assertThat(hungUp()).isPositive();
    }

    /// The status the connection ended with.
    int hungUp() {
        return closed.orTimeout(15, TimeUnit.SECONDS).join();
    }

    /// Still in conversation: a frame is answered.
    void assertAlive() {
        say(new AgentMessage.Results("e1", live.clock.instant(), List.of()).frame());
        assertThat(next()).isInstanceOf(ServerMessage.Ack.class);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        http.close();
    }
}
