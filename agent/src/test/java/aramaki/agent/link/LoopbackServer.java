package aramaki.agent.link;

import aramaki.agent.Given;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.Invite;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.protocol.identity.Positions;
import aramaki.protocol.identity.Purpose;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// As much of a server as a link needs: the real handshake, a position per epoch, and ways to be
/// unkind.
public final class LoopbackServer implements Closeable {
    static final byte[] INVITE_SECRET = new byte[16];
    static final String INVITE_ID = "v_aaaaaaaaaaaaaaaa";

    private final SecureRandom random = new SecureRandom();
    final SecretKey recoveryKey = SecretKey.generate(random);
    private final Envelope genesis;
    /// What it answers agents with; a test may rotate it, or go back.
    volatile SecretKey logKey = SecretKey.generate(random);

    volatile KeyLog keys;
    private final ServerSocket listening;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /// All that was received, in the order it came.
    public final List<AgentMessage> received = new CopyOnWriteArrayList<>();

    /// Results that were taken, each once, by epoch.
    public final Map<String, List<Result>> taken = new ConcurrentHashMap<>();

    public final Map<String, Long> positions = new ConcurrentHashMap<>();
    public final AtomicInteger connections = new AtomicInteger();
    public final AtomicInteger unacknowledged = new AtomicInteger();
    public volatile ServerMessage.@Nullable Refused refusal;
    public volatile ServerMessage.@Nullable Checks checks;

    /// Cuts the connection instead of the acknowledgement after so many frames of results.
    public volatile int cutAfter = Integer.MAX_VALUE;

    /// Takes a frame of results and then cuts, without acknowledging it.
    public volatile boolean takeBeforeCut;

    /// The version of what was last found on the host.
    public volatile @Nullable String found;

    public volatile boolean acknowledges = true;
    public volatile boolean notes = true;
    public volatile boolean answersPings = true;
    public volatile int heartbeatSeconds = 1;

    public LoopbackServer() throws IOException {
        genesis = Genesis.create(logKey, recoveryKey, Given.NOON, random);
        keys = KeyLog.of(genesis);
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public URI url() {
        return URI.create("http://localhost:" + listening.getLocalPort());
    }

    /// Replaces the log key, by the word of that key.
    void rotate(SecretKey signer) {
        var fresh = SecretKey.generate(random);
        var entry =
                new KeyLogEntries(keys, Given.NOON, List.of(signer))
                        .fresh(Purpose.LOG, fresh, Positions.NONE);
        answerWith(fresh, keys.with(entry));
    }

    /// Answers agents with this key and this key log.
    void answerWith(SecretKey key, KeyLog log) {
        keys = log;
        logKey = key;
    }

    public String instance() {
        return Genesis.instanceId(genesis);
    }

    public Invite invite() {
        return new Invite(url(), instance(), INVITE_ID, Base64Url.encode(INVITE_SECRET));
    }

    public void tell(ServerMessage message) throws IOException {
        for (var socket : open) {
            socket.send(message.frame());
        }
    }

    void tellRaw(String text) throws IOException {
        for (var socket : open) {
            socket.send(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    public void cut() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    public List<Result> resultsOf(String epoch) {
        return taken.getOrDefault(epoch, List.of());
    }

    public <T extends AgentMessage> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(java.net.Socket raw) {
        try (var socket = Socket.upgrade(raw, Handshake.PATH, Handshake.SUBPROTOCOL)) {
            connections.incrementAndGet();
            if (!answersPings) {
                socket.ignorePings();
            }
            byte[] hello = socket.receive();
            if (hello == null || !greet(socket, hello)) {
                return;
            }
            open.add(socket);
            converse(socket);
        } catch (IOException e) {
            // The other side is gone.
        }
    }

    private void converse(Socket socket) throws IOException {
        try {
            for (byte[] frame = socket.receive(); frame != null; frame = socket.receive()) {
                var message = AgentMessage.read(frame);
                if (!answer(socket, message)) {
                    return;
                }
            }
        } finally {
            open.remove(socket);
        }
    }

    private boolean greet(Socket socket, byte[] hello) throws IOException {
        var said = Json.read(hello, Handshake.Hello.class);
        byte[] challenge = Json.bytes(Handshake.challenge(hello, keys, logKey, random));
        var refused = refusal;
        if (refused != null) {
            socket.send(refused.frame());
            return false;
        }
        socket.send(challenge);
        byte[] proof = socket.receive();
        if (proof == null) {
            return false;
        }
        byte[] secretHash = said.invite() == null ? null : Digests.sha256(INVITE_SECRET);
        var key = new PublicKey(said.key());
        try {
            Handshake.verifyProof(proof, challenge, key, secretHash);
        } catch (Refusal e) {
            socket.send(new ServerMessage.Refused(e.code(), e.text()).frame());
            return false;
        }
        socket.send(
                new ServerMessage.Welcome(Handshake.agentId(key), said.name(), heartbeatSeconds)
                        .frame());
        return true;
    }

    private boolean answer(Socket socket, AgentMessage message) throws IOException {
        switch (message) {
            case AgentMessage.Ready ready -> {
                long position = positions.getOrDefault(ready.epoch(), 0L);
                received.add(message);
                socket.send(new ServerMessage.Position(ready.epoch(), position, found).frame());
                var given = checks;
                if (given != null) {
                    socket.send(given.frame());
                }
                return true;
            }
            case AgentMessage.Results results -> {
                return take(socket, results);
            }
            case AgentMessage.Gap gap -> positions.put(gap.epoch(), gap.to());
            case AgentMessage.Found latest -> found = latest.version();
            case AgentMessage.Happened happened -> {
                if (notes) {
                    var ids = happened.events().stream().map(HostEvent::id).toList();
                    socket.send(new ServerMessage.Noted(ids).frame());
                }
            }
            case AgentMessage.Heartbeat _, AgentMessage.Stopping _, AgentMessage.Paused _ -> {}
        }
        received.add(message);
        return true;
    }

    private boolean take(Socket socket, AgentMessage.Results results) throws IOException {
        boolean cuts = --cutAfter < 0;
        if (cuts) {
            cutAfter = Integer.MAX_VALUE;
        }
        if (!cuts || takeBeforeCut) {
            var all = taken.computeIfAbsent(results.epoch(), _ -> new CopyOnWriteArrayList<>());
            all.addAll(new ArrayList<>(results.results()));
            positions.put(results.epoch(), results.results().getLast().seq());
        }
        received.add(results);
        if (cuts) {
            socket.close();
            return false;
        }
        if (acknowledges) {
            long last = results.results().getLast().seq();
            socket.send(new ServerMessage.Ack(results.epoch(), last).frame());
        } else {
            unacknowledged.incrementAndGet();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
