package aramaki.server.ws;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.PublicKey;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Silence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One agent's connection. Frames come one at a time, and the next is read only when one is done
/// with, so a fast agent waits for the store. One writer sends and waits for each frame to be on
/// its way, so a slow agent cannot fill our memory.
public final class AgentSocket extends Session.Listener.AbstractAutoDemanding {
    private static final Logger log = LoggerFactory.getLogger(AgentSocket.class);
    /// Signing takes a slow host seconds when it does so for the first time.
    private static final Duration HANDSHAKE = Duration.ofSeconds(15);

    private static final int MAX_BEFORE_LIVE = 16 * Handshake.MAX_BYTES;
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final int QUEUE = 64;

    /// Clocks this near to each other are right for our purposes.
    private static final Duration AGREE = Duration.ofSeconds(5);

    private static final Duration ROUND_TRIP = Duration.ofSeconds(10);
    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");
    private static final String END = "";

    private final AgentHub hub;
    private final SecureRandom random;
    private final BlockingQueue<String> outgoing = new ArrayBlockingQueue<>(QUEUE);
    private final CountDownLatch settled = new CountDownLatch(1);
    /// Held from making a list of checks to putting it into the queue, so that an older list never
    /// follows a newer one.
    private final ReentrantLock sendingChecks = new ReentrantLock();

    private volatile Stage stage = new Stage.AwaitHello();
    private String checksVersion = "";
    private Instant welcomed = Instant.EPOCH;
    private Duration clockOff = Duration.ZERO;

    AgentSocket(AgentHub hub, SecureRandom random) {
        this.hub = hub;
        this.random = random;
    }

    /// How far the conversation is; each stage has just what it needs.
    private sealed interface Stage {
        record AwaitHello() implements Stage {}

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record AwaitProof(Handshake.Hello hello, PublicKey key, byte[] challenge)
                implements Stage {}

        record Live(AgentRecord agent) implements Stage {}

        record Ended() implements Stage {}
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        session.setIdleTimeout(HANDSHAKE.multipliedBy(2)); // bytes that are no message reset it
        session.setMaxTextMessageSize(MAX_BEFORE_LIVE);
        Thread.ofVirtual().name("agent-writer").start(() -> write(session));
        Thread.ofVirtual().name("agent-handshake").start(this::endUnlessSettled);
    }

    private void endUnlessSettled() {
        try {
            if (!settled.await(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)) {
                end(
                        "handshake-timeout",
                        "the handshake took longer than " + HANDSHAKE.toSeconds() + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onWebSocketText(String text) {
        try {
            switch (stage) {
                case Stage.AwaitHello() -> hello(bounded(text));
                case Stage.AwaitProof(var hello, var key, var challenge) ->
                        proof(bounded(text), hello, key, challenge);
                case Stage.Live(var agent) -> {
                    hub.heard(agent);
                    var message = AgentMessage.read(text.getBytes(StandardCharsets.UTF_8));
                    if (message instanceof AgentMessage.Ready ready) {
                        measureClock(ready);
                    }
                    hub.handle(agent, message, clockOff).ifPresent(this::send);
                    if (message instanceof AgentMessage.Ready) {
                        firstChecks(agent);
                        hub.pause(agent).ifPresent(this::send);
                    }
                }
                case Stage.Ended() -> {} // what still comes is not for us
            }
        } catch (Refusal e) {
            end(e.code(), e.text());
        } catch (RuntimeException e) { // this connection's edge: it ends, the server goes on
            log.atError().setCause(e).addKeyValue("agent", who()).log("agent message failed");
            end("failed", "the server could not take this; it is in its log");
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        end("bad-frame", "this channel speaks text frames of JSON");
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        if (stage instanceof Stage.Live(var agent)) {
            hub.heard(agent);
        }
        getSession().sendPong(payload, Callback.NOOP);
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        log.atDebug().addKeyValue("agent", who()).addKeyValue("why", cause).log("agent socket");
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        if (stage instanceof Stage.Live(var agent)) {
            hub.gone(this, agent);
        }
        stage = new Stage.Ended();
        settled.countDown();
        outgoing.clear();
        if (!outgoing.offer(END)) {
            log.atDebug().log("the writer ends by the closed session instead");
        }
        callback.succeed();
    }

    private static byte[] bounded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Handshake.MAX_BYTES) {
            throw Refusal.invalid(
                    "too-large",
                    "a message of the handshake is at most " + Handshake.MAX_BYTES + " bytes");
        }
        return bytes;
    }

    private void hello(byte[] bytes) {
        var hello = Json.complete(Json.read(bytes, Handshake.Hello.class));
        var identity = hub.identity();
        if (hello.v() != 1) {
            throw Refusal.invalid("bad-version", "this server speaks version 1 of the channel");
        }
        if (!identity.id().equals(hello.want())) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "wrong-instance",
                    "this is " + identity.id() + ", not " + hello.want());
        }
        var key = new PublicKey(hello.key());
        byte[] challenge =
                Json.bytes(
                        identity.signing(
                                (keys, logKey) ->
                                        Handshake.challenge(bytes, keys, logKey, random)));
        stage = new Stage.AwaitProof(hello, key, challenge);
        enqueue(new String(challenge, StandardCharsets.UTF_8));
    }

    private void proof(byte[] bytes, Handshake.Hello hello, PublicKey key, byte[] challenge) {
        // A key that is known needs no invite: its answer to the first joining may have been lost.
        var invite =
                Optional.ofNullable(hello.invite()).filter(_ -> !hub.knows(Handshake.agentId(key)));
        byte[] secretHash = invite.map(hub::inviteSecretHash).orElse(null);
        Handshake.verifyProof(bytes, challenge, key, secretHash);
        var agent = hub.admit(key, Handshake.agentId(key), hello.name(), invite);
        stage = new Stage.Live(agent);
        settled.countDown();
        getSession().setMaxTextMessageSize(Json.MAX_DOCUMENT);
        getSession().setIdleTimeout(Silence.HEARTBEAT.multipliedBy(4));
        welcomed = hub.now();
        send(
                new ServerMessage.Welcome(
                        agent.id(),
                        agent.name().value(),
                        Math.toIntExact(Silence.HEARTBEAT.toSeconds())));
        hub.connected(this, agent);
    }

    /// Ready follows on our welcome at once, so its time lies between that and now; any later
    /// message may have been on its way for long, which is no fault of a clock.
    private void measureClock(AgentMessage.Ready ready) {
        Instant said = ready.at();
        Instant now = hub.now();
        if (said == null || said.isBefore(Instant.EPOCH) || said.isAfter(FAR)) {
            return;
        }
        boolean plausible = !now.isBefore(welcomed) && !now.isAfter(welcomed.plus(ROUND_TRIP));
        if (plausible && (said.isBefore(welcomed.minus(AGREE)) || said.isAfter(now.plus(AGREE)))) {
            clockOff = Duration.between(said, now);
        }
    }

    void send(ServerMessage message) {
        enqueue(new String(message.frame(), StandardCharsets.UTF_8));
    }

    /// Sends the list of checks to an agent that is ready for it.
    private void firstChecks(AgentRecord agent) {
        sendChecks(agent, _ -> true);
    }

    /// Sends the list of checks again when it changed; an agent that is not ready yet gets it then.
    void sendChecks() {
        if (stage instanceof Stage.Live(var agent)) {
            sendChecks(
                    agent, version -> !checksVersion.isEmpty() && !version.equals(checksVersion));
        }
    }

    private void sendChecks(AgentRecord agent, Predicate<String> wanted) {
        sendingChecks.lock();
        try {
            var checks = hub.checks(agent);
            if (wanted.test(checks.version())) {
                checksVersion = checks.version();
                send(checks);
            }
        } finally {
            sendingChecks.unlock();
        }
    }

    /// Says why, and closes once that is sent.
    void end(String code, String message) {
        if (stage instanceof Stage.Ended) {
            return;
        }
        if (stage instanceof Stage.Live(var agent)) {
            hub.gone(this, agent);
        }
        stage = new Stage.Ended();
        settled.countDown();
        log.atInfo()
                .addKeyValue("agent", who())
                .addKeyValue("code", code)
                .addKeyValue("why", message)
                .log("agent connection ended");
        enqueue(
                new String(
                        new ServerMessage.Refused(code, message).frame(), StandardCharsets.UTF_8));
        enqueue(END);
    }

    private void enqueue(String frame) {
        if (!outgoing.offer(frame)) {
            log.atWarn().addKeyValue("agent", who()).log("agent reads too slowly, disconnecting");
            getSession().disconnect();
        }
    }

    private void write(Session session) {
        try {
            while (true) {
                String frame = outgoing.take();
                if (frame.equals(END)) {
                    session.close();
                    return;
                }
                var sent = new Callback.Completable();
                session.sendText(frame, sent);
                sent.get(SEND.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            session.disconnect();
        }
    }

    private String who() {
        return switch (stage) {
            case Stage.Live(var agent) -> agent.name().value();
            case Stage.AwaitProof(var hello, _, _) -> hello.name();
            default -> "?";
        };
    }
}
