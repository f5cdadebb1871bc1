package aramaki.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.HybridTime;
import aramaki.model.timeline.LogId;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.protocol.identity.Positions;
import aramaki.protocol.identity.Positions.Position;
import aramaki.protocol.identity.Purpose;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Head;
import aramaki.testkit.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was once written must be written so for ever, and be read for ever. After a change that
/// means to differ: `./mvnw -pl protocol -am test -Daramaki.golden=write`, then once without it,
/// and look at the diff.
class GoldenTest {
    private static final byte[] ALL_BYTES = new byte[256];

    static {
        for (int i = 0; i < ALL_BYTES.length; i++) {
            ALL_BYTES[i] = (byte) i;
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theEncodingsAreThoseOfOld() {
        var vectors = new LinkedHashMap<String, Object>();
        vectors.put(
                "pae", utf8(Envelope.pae("http://example.com/HelloWorld", utf8("hello world"))));
        vectors.put("paeOfNonAsciiHex", hex(Envelope.pae("ä", utf8("€"))));
        vectors.put("paeOfNothing", utf8(Envelope.pae("", new byte[0])));
        var base32 = new LinkedHashMap<String, String>();
        var base64 = new LinkedHashMap<String, String>();
        for (String text : List.of("", "f", "fo", "foo", "foob", "fooba", "foobar")) {
            base32.put(text, Base32.encode(utf8(text)));
            base64.put(text, Base64Url.encode(utf8(text)));
        }
        vectors.put("base32", base32);
        vectors.put("base32OfAllBytes", Base32.encode(ALL_BYTES));
        vectors.put("base64url", base64);
        vectors.put("base64urlOfAllBytes", Base64Url.encode(ALL_BYTES));

        Golden.check("encodings.json", Json.pretty(vectors));
    }

    @Test
    void theKeysSignaturesAndIdsAreThoseOfOld() {
        byte[] created = Json.bytes(Samples.created());
        var vectors = new LinkedHashMap<String, Object>();
        vectors.put("seedHex", "01".repeat(32));
        vectors.put("publicKey", Samples.LOG_KEY.publicKey().text());
        vectors.put("signed", "hello world");
        vectors.put("signature", Base64Url.encode(Samples.LOG_KEY.sign(utf8("hello world"))));
        vectors.put("agentKey", Samples.AGENT_KEY.publicKey().text());
        vectors.put("agentId", Handshake.agentId(Samples.AGENT_KEY.publicKey()));
        vectors.put("genesis", utf8(Samples.GENESIS.body()));
        vectors.put("genesisEnvelope", Samples.GENESIS);
        vectors.put("instanceId", Samples.INSTANCE);
        vectors.put("createDocument", utf8(created));
        vectors.put("systemId", EventBytes.systemId(created).value());

        Golden.check("identities.json", Json.pretty(vectors));
    }

    @Test
    void aGenesisOfOldIsOpened() {
        var old = Json.tree(Golden.bytes("identities.json"));
        var envelope = Json.convert(old.get("genesisEnvelope"), Envelope.class);

        assertThat(Genesis.instanceId(envelope)).isEqualTo(old.get("instanceId").textValue());
        assertThat(Genesis.open(envelope).logKey()).isEqualTo(old.get("publicKey").textValue());
    }

    @Test
    void aChainOfEventsIsThatOfOld() {
        var log = new LogId(EventBytes.systemId(Json.bytes(Samples.created())), EventClass.PUBLIC);
        var events = new ArrayList<Map<String, Object>>();
        var prev = Hash.NONE;
        var recordedAt = HybridTime.ZERO;
        var types =
                List.of(EventType.SYSTEM_CREATED, EventType.NOTE_ADDED, EventType.SYSTEM_DELETED);
        for (EventType type : types) {
            byte[] salt = new byte[EventBytes.SALT];
            salt[0] = (byte) events.size();
            byte[] payload = Json.bytes(Samples.payload(type));
            recordedAt = recordedAt.next(Samples.NOON);
            boolean first = events.isEmpty();
            var header =
                    new EventHeader(
                            log,
                            0,
                            events.size() + 1,
                            prev,
                            type.word(),
                            Samples.NOON.minusMillis(events.size()),
                            recordedAt,
                            first ? Samples.INSTANCE : "p_ada",
                            first ? Optional.empty() : Optional.of(prev),
                            first ? Optional.empty() : Optional.of("x_intent"),
                            EventBytes.payloadHash(salt, payload));
            byte[] bytes = EventBytes.header(header);
            prev = EventBytes.hash(bytes);
            assertThat(EventBytes.parse(bytes)).isEqualTo(header);
            var event = new LinkedHashMap<String, Object>();
            event.put("saltHex", hex(salt));
            event.put("payload", utf8(payload));
            event.put("payloadHash", header.payloadHash().hex());
            event.put("header", utf8(bytes));
            event.put("hash", prev.hex());
            events.add(event);
        }
        var head = Head.sign(log, 0, 3, prev, Samples.NOON, Samples.LOG_KEY);
        var vectors = new LinkedHashMap<String, Object>();
        vectors.put("events", events);
        vectors.put("head", utf8(head.body()));
        vectors.put("headEnvelope", head);

        Golden.check("log.json", Json.pretty(vectors));
    }

    @Test
    void aLogOfOldIsVerified() {
        var old = Json.tree(Golden.bytes("log.json"));
        var prev = Hash.NONE;
        for (var event : old.get("events")) {
            byte[] bytes = utf8(event.get("header").textValue());
            var header = EventBytes.parse(bytes);
            byte[] salt = HexFormat.of().parseHex(event.get("saltHex").textValue());

            assertThat(header.prev()).isEqualTo(prev);
            assertThat(EventBytes.header(header)).isEqualTo(bytes);
            assertThat(EventBytes.payloadHash(salt, utf8(event.get("payload").textValue())))
                    .isEqualTo(header.payloadHash());
            prev = EventBytes.hash(bytes);
        }
        var head =
                Head.open(
                        Json.convert(old.get("headEnvelope"), Envelope.class),
                        Samples.LOG_KEY.publicKey());
        assertThat(head.hash()).isEqualTo(prev.hex());
    }

    @Test
    void aKeyLogIsThatOfOld() {
        var ends =
                new Positions(
                        List.of(
                                new Position("s_b", "ops", 0, 812, "c".repeat(64)),
                                new Position("s_a", "public", 1_772_366_400, 1, "d".repeat(64))));
        var log = Samples.KEYS;
        log = log.with(next(log, Samples.LOG_KEY).fresh(Purpose.FED, Samples.key(21), ends));
        log = log.with(next(log, Samples.LOG_KEY).fresh(Purpose.LOG, Samples.key(22), ends));
        log =
                log.with(
                        next(log, Samples.RECOVERY_KEY)
                                .recovery(List.of(Samples.key(23), Samples.key(24)), 2));
        log =
                log.with(
                        next(log, Samples.key(23), Samples.key(24))
                                .fresh(Purpose.FED, Samples.key(25), ends));
        var vectors = new LinkedHashMap<String, Object>();
        vectors.put("bodies", log.envelopes().stream().map(e -> utf8(e.body())).toList());
        vectors.put("envelopes", log.envelopes());
        vectors.put("hashes", log.entries().stream().map(e -> e.hash().hex()).toList());
        vectors.put("positions", ends.all());
        vectors.put("positionsDigest", ends.digest().hex());
        vectors.put("fingerprint", Samples.LOG_KEY.publicKey().fingerprint());

        Golden.check("key-log.json", Json.pretty(vectors));
    }

    private static KeyLogEntries next(KeyLog log, SecretKey... signers) {
        return new KeyLogEntries(log, Samples.NOON, List.of(signers));
    }

    @Test
    void aKeyLogOfOldIsRead() {
        var old = Json.tree(Golden.bytes("key-log.json"));
        var entries = old.get("envelopes").valueStream().map(e -> Json.convert(e, Envelope.class));

        var log = KeyLog.open(Samples.GENESIS, entries.toList());

        assertThat(log.logKey()).isEqualTo(Samples.key(22).publicKey());
        assertThat(log.key(Purpose.FED)).contains(Samples.key(25).publicKey());
        assertThat(log.recovery().threshold()).isEqualTo(2);
        assertThat(log.retired().getFirst().validUpTo())
                .isEqualTo(old.get("positionsDigest").textValue());
    }

    @TestFactory
    Stream<DynamicTest> everyMessageOfAnAgentIsThatOfOld() {
        return Samples.agentMessages().stream()
                .map(
                        message ->
                                DynamicTest.dynamicTest(
                                        file("agent", message),
                                        () -> {
                                            Golden.check(
                                                    file("agent", message), utf8(message.frame()));
                                            byte[] old = Golden.bytes(file("agent", message));
                                            assertThat(AgentMessage.read(old)).isEqualTo(message);
                                        }));
    }

    @TestFactory
    Stream<DynamicTest> everyMessageOfAServerIsThatOfOld() {
        return Samples.serverMessages().stream()
                .map(
                        message ->
                                DynamicTest.dynamicTest(
                                        file("server", message),
                                        () -> {
                                            Golden.check(
                                                    file("server", message), utf8(message.frame()));
                                            byte[] old = Golden.bytes(file("server", message));
                                            assertThat(ServerMessage.read(old)).isEqualTo(message);
                                        }));
    }

    @Test
    void noMessageIsWithoutAGoldenFile() {
        assertThat(Samples.agentMessages().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(AgentMessage.class.getPermittedSubclasses());
        assertThat(Samples.serverMessages().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(ServerMessage.class.getPermittedSubclasses());
    }

    @TestFactory
    Stream<DynamicTest> everyPayloadIsThatOfOld() {
        return Stream.of(EventType.values())
                .map(
                        type ->
                                DynamicTest.dynamicTest(
                                        type.word(),
                                        () -> {
                                            var payload = Samples.payload(type);
                                            String file = "payload/" + type.word() + ".json";
                                            Golden.check(file, Json.text(payload));
                                            byte[] old = Golden.bytes(file);
                                            assertThat((Object) Json.read(old, payload.getClass()))
                                                    .isEqualTo(payload);
                                        }));
    }

    @Test
    void theHandshakeIsThatOfOld() {
        var random = new Samples.Counting();
        var key = Samples.AGENT_KEY.publicKey();
        String invite = "v_" + "a".repeat(16);
        byte[] hello =
                Json.bytes(Handshake.hello(Samples.INSTANCE, key, "web1", invite, "", random));
        byte[] challenge =
                Json.bytes(Handshake.challenge(hello, Samples.KEYS, Samples.LOG_KEY, random));
        byte[] joining =
                Json.bytes(Handshake.proof(challenge, Samples.AGENT_KEY, Samples.secret()));
        byte[] member = Json.bytes(Handshake.proof(challenge, Samples.AGENT_KEY, null));

        Golden.check("handshake/hello.json", utf8(hello));
        Golden.check("handshake/challenge.json", utf8(challenge));
        Golden.check("handshake/proof-joining.json", utf8(joining));
        Golden.check("handshake/proof-member.json", utf8(member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"handshake/", "handshake/before-key-logs/"})
    void aHandshakeOfOldIsAccepted(String folder) {
        byte[] hello = Golden.bytes(folder + "hello.json");
        byte[] challenge = Golden.bytes(folder + "challenge.json");
        var said = Json.read(hello, Handshake.Hello.class);

        Handshake.verifyChallenge(hello, challenge, said.want(), null);
        Handshake.verifyProof(
                Golden.bytes(folder + "proof-joining.json"),
                challenge,
                Samples.AGENT_KEY.publicKey(),
                Digests.sha256(Samples.secret()));
        Handshake.verifyProof(
                Golden.bytes(folder + "proof-member.json"),
                challenge,
                Samples.AGENT_KEY.publicKey(),
                null);
    }

    private static String file(String side, Object message) {
        return side + "/" + message.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ".json";
    }
}
