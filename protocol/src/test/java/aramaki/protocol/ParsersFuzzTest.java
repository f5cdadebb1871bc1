package aramaki.protocol;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventType;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.Invite;
import aramaki.protocol.agent.Results;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Payload;
import aramaki.testkit.Gen;
import aramaki.testkit.Golden;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever comes from outside, a parser reads it or refuses it; and what it read can be written
/// again. Seeded: a failure names its seed, `-Daramaki.seed=N` runs that one alone.
class ParsersFuzzTest {
    private static final int RUNS = 20_000;
    private static final List<byte[]> TOKENS =
            Stream.of(
                            "null",
                            "{}",
                            "[]",
                            "[[[[[[[[[[[[[[[[[[[[",
                            "true",
                            "-1",
                            "1.5",
                            "1e999",
                            "-0.0",
                            "9007199254740993",
                            "99999999999999999999",
                            "\"\"",
                            "\"\\ud800\"",
                            "\\u0000",
                            "\\",
                            "\"",
                            ":",
                            ",",
                            "}",
                            "]",
                            "\"t\":\"gap\"",
                            "é",
                            "🛠",
                            "\0",
                            "+999999999-12-31T23:59:59Z",
                            "NaN",
                            "e_",
                            "i_",
                            "#",
                            "aramaki1:",
                            "://")
                    .map(ParsersFuzzTest::utf8)
                    .toList();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void fuzz(List<byte[]> seeds, int runs, Consumer<byte[]> parser) {
        Gen.forAll(
                runs,
                gen -> {
                    byte[] input = mutated(gen, seeds);
                    try {
                        parser.accept(input);
                    } catch (Refusal e) {
                        // What a parser may say.
                    } catch (RuntimeException | StackOverflowError e) {
                        throw new AssertionError(
                                e + " of " + new String(input, StandardCharsets.UTF_8), e);
                    }
                });
    }

    private static byte[] mutated(Gen gen, List<byte[]> seeds) {
        byte[] bytes = gen.oneOf(seeds);
        for (int left = gen.between(1, 4); left > 0; left--) {
            bytes = mutatedOnce(gen, bytes, seeds);
        }
        return bytes;
    }

    private static byte[] mutatedOnce(Gen gen, byte[] bytes, List<byte[]> seeds) {
        int from = gen.between(0, bytes.length);
        int to = Math.min(bytes.length, from + gen.between(0, 12));
        return switch (gen.between(0, 6)) {
            case 0 -> spliced(bytes, from, to, new byte[0]);
            case 1 -> spliced(bytes, from, from, gen.oneOf(TOKENS));
            case 2 -> spliced(bytes, from, to, gen.oneOf(TOKENS));
            case 3 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 4 -> spliced(bytes, from, Math.min(bytes.length, from + 1), gen.bytes(1));
            case 5 -> value(gen, bytes);
            default -> spliced(bytes, from, bytes.length, tail(gen, gen.oneOf(seeds)));
        };
    }

    /// Puts a token in the place of a whole JSON value, which keeps the document well-formed.
    private static byte[] value(Gen gen, byte[] bytes) {
        int colon = indexOf(bytes, ':', gen.between(0, Math.max(0, bytes.length - 1)));
        int end = colon < 0 ? -1 : Math.max(indexOf(bytes, ',', colon), indexOf(bytes, '}', colon));
        return end < 0 ? bytes : spliced(bytes, colon + 1, end, gen.oneOf(TOKENS));
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] tail(Gen gen, byte[] bytes) {
        return Arrays.copyOfRange(bytes, gen.between(0, bytes.length), bytes.length);
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(middle);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    @Test
    void messagesOfAgents() {
        var seeds = Samples.agentMessages().stream().map(AgentMessage::frame).toList();
        fuzz(
                seeds,
                RUNS,
                input -> {
                    var message = AgentMessage.read(input);
                    message.frame();
                    if (message instanceof AgentMessage.Results results) {
                        results.results().forEach(Results::toModel);
                    }
                });
    }

    @Test
    void messagesOfServers() {
        var seeds = Samples.serverMessages().stream().map(ServerMessage::frame).toList();
        fuzz(seeds, RUNS, input -> ServerMessage.read(input).frame());
    }

    @Test
    void envelopes() {
        var key = Samples.LOG_KEY.publicKey();
        fuzz(
                List.of(Json.bytes(Samples.GENESIS)),
                RUNS / 2,
                input -> {
                    var envelope = Envelope.read(input);
                    Json.bytes(envelope);
                    envelope.hash();
                    envelope.open(Genesis.TYPE, key);
                });
    }

    @Test
    void genesisDocuments() {
        fuzz(
                List.of(Samples.GENESIS.body()),
                RUNS / 4,
                input ->
                        Genesis.open(
                                Envelope.sign(
                                        Genesis.TYPE,
                                        input,
                                        Samples.LOG_KEY,
                                        Samples.RECOVERY_KEY)));
    }

    @Test
    void headersOfEvents() {
        var seeds =
                Json.tree(Golden.bytes("log.json"))
                        .get("events")
                        .valueStream()
                        .map(event -> utf8(event.get("header").textValue()))
                        .toList();
        fuzz(seeds, RUNS, input -> EventBytes.header(EventBytes.parse(input)));
    }

    @Test
    void payloadsOfEvents() {
        for (EventType type : EventType.values()) {
            fuzz(
                    List.of(Json.bytes(Samples.payload(type))),
                    RUNS / 20,
                    input -> Json.bytes(Json.read(input, Payload.classOf(type))));
        }
    }

    @Test
    void invites() {
        String invite =
                "aramaki1:http://localhost:8700#" + Samples.INSTANCE + ".v_" + "b".repeat(16) + ".";
        fuzz(
                List.of(utf8(invite + "AAECAwQFBgcICQoLDA0ODw")),
                RUNS,
                input -> {
                    var read = Invite.parse(new String(input, StandardCharsets.UTF_8));
                    read.secretBytes();
                    Invite.parse(read.toString());
                });
    }

    @Test
    void theHandshakeOfAServer() {
        var seeds = List.of(Golden.bytes("handshake/hello.json"));
        var random = new Samples.Counting();
        fuzz(
                seeds,
                RUNS / 4,
                input -> {
                    var hello = Json.read(input, Handshake.Hello.class);
                    var _ = new PublicKey(hello.key());
                    Handshake.challenge(input, Samples.KEYS, Samples.LOG_KEY, random);
                });
    }

    @Test
    void theProofsOfAgents() {
        byte[] challenge = Golden.bytes("handshake/challenge.json");
        byte[] secretHash = Digests.sha256(Samples.secret());
        var key = Samples.AGENT_KEY.publicKey();
        var seeds =
                List.of(
                        Golden.bytes("handshake/proof-joining.json"),
                        Golden.bytes("handshake/proof-member.json"));
        fuzz(seeds, RUNS / 4, input -> Handshake.verifyProof(input, challenge, key, secretHash));
    }

    @Test
    void theChallengesOfServers() {
        byte[] hello = Golden.bytes("handshake/hello.json");
        fuzz(
                List.of(Golden.bytes("handshake/challenge.json")),
                RUNS / 4,
                input -> Handshake.verifyChallenge(hello, input, Samples.INSTANCE, null));
    }

    @Test
    void theEntriesOfKeyLogs() {
        var old = Json.tree(Golden.bytes("key-log.json"));
        fuzz(
                List.of(Json.bytes(old.get("envelopes").get(0))),
                RUNS / 4,
                input -> Samples.KEYS.with(Envelope.read(input)));
    }
}
