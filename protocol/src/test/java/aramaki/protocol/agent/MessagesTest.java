package aramaki.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Observation;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import aramaki.protocol.Json;
import aramaki.protocol.Samples;
import aramaki.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final List<State> SEEN =
            List.of(State.OK, State.WARNING, State.CRITICAL, State.UNKNOWN);
    private static final String INSTANCE = "i_" + "a2".repeat(26);
    private static final String SECRET = "AAECAwQFBgcICQoLDA0ODw";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":\"shout\"}",
                "{}",
                "{\"t\":null}",
                "{\"t\":1}",
                "{\"t\":[]}",
                "[]",
                "1",
                "\"heartbeat\"",
                "null",
                "{\"t\":\"heartbeat\"}",
                "{\"t\":\"heartbeat\",\"at\":null}",
                "{\"t\":\"heartbeat\",\"t\":\"heartbeat\",\"at\":\"2026-03-01T12:00:00Z\"}",
                "{\"t\":\"results\",\"epoch\":\"a\",\"sentAt\":\"2026-03-01T12:00:00Z\"}",
                "{\"t\":\"results\",\"epoch\":\"a\",\"sentAt\":\"2026-03-01T12:00:00Z\",\"results\":[null]}",
                "{\"t\":\"gap\",\"epoch\":\"a\",\"from\":1.0,\"to\":2}",
                "{\"t\":\"gap\",\"epoch\":\"a\",\"from\":9223372036854775808,\"to\":2}",
                "{\"t\":\"gap\",\"epoch\":1,\"from\":1,\"to\":2}",
                "{\"t\":\"gap\",\"epoch\":\"a\",\"from\":1}",
                "{\"t\":\"ready\",\"epoch\":\"a\",\"first\":1,\"next\":1,\"version\":\"\",\"policy\":\"\",\"facts\":{\"os\":null}}"
            })
    void whatIsNoMessageIsRefused(String text) {
        assertThatThrownBy(() -> AgentMessage.read(utf8(text)))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-json"));
        assertThatThrownBy(() -> ServerMessage.read(utf8(text))).isInstanceOf(Refusal.class);
    }

    @Test
    void aMessageFromALaterVersionIsReadWithoutWhatWeDoNotKnow() {
        assertThat(
                        AgentMessage.read(
                                utf8(
                                        "{\"later\":[{}],\"t\":\"stopping\",\"reason\":\"a\","
                                                + "\"more\":1}")))
                .isEqualTo(new AgentMessage.Stopping("a", null, null));
    }

    @Test
    void whatIsSentIsWhatIsHeard() {
        Samples.agentMessages().forEach(m -> assertThat(AgentMessage.read(m.frame())).isEqualTo(m));
        Samples.serverMessages()
                .forEach(m -> assertThat(ServerMessage.read(m.frame())).isEqualTo(m));
    }

    @Test
    void everyObservationSurvivesTheWire() {
        Gen.forAll(
                gen -> {
                    var observation =
                            new Observation(
                                    CheckKey.of(gen.name(), gen.name(), gen.name()),
                                    gen.oneOf(SEEN),
                                    gen.text(),
                                    gen.list(3, () -> metric(gen)),
                                    toTheMillisecond(gen),
                                    toTheMillisecond(gen),
                                    toTheMillisecond(gen));
                    var result = Results.of(gen.between(1, 1000), observation, gen.instant());
                    var frame = new AgentMessage.Results("e", gen.instant(), List.of(result));

                    var heard = (AgentMessage.Results) AgentMessage.read(frame.frame());

                    assertThat(heard).isEqualTo(frame);
                    assertThat(Results.toModel(heard.results().getFirst())).isEqualTo(observation);
                });
    }

    private static Instant toTheMillisecond(Gen gen) {
        return gen.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Metric metric(Gen gen) {
        return new Metric(
                gen.text(),
                optional(gen),
                gen.oneOf(List.of("", "s", "B", "%", "c")),
                range(gen),
                range(gen),
                optional(gen),
                optional(gen));
    }

    private static OptionalDouble optional(Gen gen) {
        return gen.chance(0.3) ? OptionalDouble.empty() : OptionalDouble.of(gen.number());
    }

    private static Optional<Range> range(Gen gen) {
        double one = gen.number();
        double two = gen.chance(0.3) ? Double.POSITIVE_INFINITY : gen.number();
        return gen.chance(0.3)
                ? Optional.empty()
                : Optional.of(new Range(Math.min(one, two), Math.max(one, two), gen.chance(0.5)));
    }

    @Test
    void aValueThatIsNoNumberIsSentAsUndetermined() {
        for (double value :
                List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
            assertThat(Results.wire(Metric.of("load", value, "")).value()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"system\":null",
                "\"system\":\"Shop\"",
                "\"entity\":\"../etc\"",
                "\"check\":\"\"",
                "\"state\":null",
                "\"state\":\"stale\"",
                "\"state\":\"pending\"",
                "\"state\":\"OK\"",
                "\"output\":null",
                "\"metrics\":null",
                "\"metrics\":[null]",
                "\"metrics\":[{\"name\":\"a\"}]",
                "\"metrics\":[{\"unit\":\"a\"}]",
                "\"metrics\":[{\"name\":\"a\",\"unit\":\"\",\"warn\":\"high\"}]",
                "\"due\":null",
                "\"started\":null",
                "\"finished\":null"
            })
    void aBadResultIsRefusedAloneAndNotWithItsFrame(String field) {
        String key = field.substring(0, field.indexOf(':'));
        String good =
                Json.text(
                        Results.of(
                                1,
                                new Observation(
                                        CheckKey.of("shop", "web1", "http"),
                                        State.OK,
                                        "",
                                        List.of(),
                                        Samples.NOON,
                                        Samples.NOON,
                                        Samples.NOON),
                                null));
        String bad = good.replaceFirst(key + ":(\"[^\"]*\"|\\[\\])", field);
        var frame =
                (AgentMessage.Results)
                        AgentMessage.read(
                                utf8(
                                        "{\"t\":\"results\",\"epoch\":\"a\",\"sentAt\":"
                                                + "\"2026-03-01T12:00:00Z\",\"results\":["
                                                + bad
                                                + ","
                                                + good
                                                + "]}"));

        assertThat(bad).isNotEqualTo(good);
        assertThatThrownBy(() -> Results.toModel(frame.results().getFirst()))
                .isInstanceOf(Refusal.class);
        assertThat(Results.toModel(frame.results().getLast()).state()).isEqualTo(State.OK);
    }

    @Test
    void anInviteIsReadBackAsItWasWritten() {
        for (String url : List.of("http://localhost:8700", "https://[::1]:1/a/", "https://x.org")) {
            String text =
                    "aramaki1:" + url + "#" + INSTANCE + ".v_" + "b".repeat(16) + "." + SECRET;

            assertThat(Invite.parse(" " + text + "\n")).hasToString(text);
            assertThat(Invite.parse(text).secretBytes()).hasSize(16);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "aramaki1:",
                "aramaki1:#",
                "aramaki2:http://a#I.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:#I.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:a#I.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:http://#I.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:http:// a#I.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:file://a/b#I.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:ws://a#I.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:http://a#I.v_bbbbbbbbbbbbbbbb.SS",
                "aramaki1:http://a#I.v_bbbbbbbbbbbbbbb.S",
                "aramaki1:http://a#I.v_bbbbbbbbbbbbbbbb",
                "aramaki1:http://a#i_a.v_bbbbbbbbbbbbbbbb.S",
                "aramaki1:http://a#I.v_bbbbbbbbbbbbbbbb.S x"
            })
    void whatIsNoInviteIsRefused(String form) {
        String text = form.replace("I", INSTANCE).replace("S", SECRET);

        assertThatThrownBy(() -> Invite.parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-invite"));
    }
}
