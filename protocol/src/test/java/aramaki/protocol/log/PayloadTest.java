package aramaki.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventType;
import aramaki.protocol.Json;
import aramaki.protocol.Samples;
import aramaki.testkit.Golden;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private static final String HEADER =
            Json.tree(Golden.bytes("log.json")).get("events").get(1).get("header").textValue();

    private static byte[] header() {
        return HEADER.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHasItsRecordThatIsReadBack(EventType type) {
        var payload = Samples.payload(type);

        assertThat(payload.type()).isEqualTo(type);
        assertThat((Object) Payload.classOf(type)).isEqualTo(payload.getClass());
        assertThat((Object) Json.read(Json.bytes(payload), Payload.classOf(type)))
                .isEqualTo(payload);
        assertThat(Json.text(payload)).doesNotContain("\"type\"");
    }

    @Test
    void noRecordIsWithoutAType() {
        assertThat(Stream.of(EventType.values()).map(Payload::classOf).map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Payload.class.getPermittedSubclasses())
                                .map(Class::getName)
                                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyDocumentIsRefused(EventType type) {
        assertThatThrownBy(() -> Json.read("{}", Payload.classOf(type)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void whatALaterVersionAddsIsIgnored() {
        assertThat((Object) Json.read("{\"text\":\"a\",\"mood\":1}", Payload.NoteAdded.class))
                .isEqualTo(new Payload.NoteAdded("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"system\":\"s_a\"",
                "\"system\":null",
                "\"log\":\"secret\"",
                "\"epoch\":1.5",
                "\"seq\":\"1\"",
                "\"prev\":\"00\"",
                "\"prev\":null",
                "\"type\":null",
                "\"at\":\"now\"",
                "\"recordedAt\":[]",
                "\"recordedAt\":[1]",
                "\"recordedAt\":[1,2,3]",
                "\"recordedAt\":[null,1]",
                "\"recordedAt\":[1,2147483648]",
                "\"recordedAt\":1",
                "\"actor\":null",
                "\"grant\":\"x\"",
                "\"payloadHash\":\"0\""
            })
    void aBadHeaderIsRefused(String field) {
        String key = field.substring(0, field.indexOf(':'));
        String bad = HEADER.replaceFirst(key + ":(\"[^\"]*\"|\\[[^]]*\\]|[0-9]+|null)", field);

        assertThat(bad).isNotEqualTo(HEADER);
        assertThat(EventBytes.header(EventBytes.parse(header()))).isEqualTo(header());
        assertThatThrownBy(() -> EventBytes.parse(bad.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refusal.class);
    }
}
