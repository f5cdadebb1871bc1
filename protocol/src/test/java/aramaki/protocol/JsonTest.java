package aramaki.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private record Loose(
            @Nullable String text,
            int number,
            long large,
            @Nullable Double real,
            @Nullable Instant at,
            @Nullable List<String> list) {}

    private record Strict(String text, @Nullable String note, List<String> list, int number)
            implements Json.Whole {}

    private static Loose loose(String fields) {
        return Json.read(
                "{\"number\":1,\"large\":2" + (fields.isEmpty() ? "" : ",") + fields + "}",
                Loose.class);
    }

    private static void refused(Runnable reading, String message) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-json"))
                .hasMessageContaining(message);
    }

    @Test
    void duplicateKeysAreRefused() {
        refused(() -> loose("\"text\":\"a\",\"text\":\"b\""), "Duplicate");
        refused(
                () -> Json.tree("{\"a\":{\"b\":1,\"b\":1}}".getBytes(StandardCharsets.UTF_8)),
                "Dup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}x", "{},", "[] 1", "{}\0", "{}//", "{}]"})
    void anythingAfterTheEndIsRefused(String text) {
        refused(() -> Json.read(text, Map.class), "");
    }

    @Test
    void depthIsBounded() {
        assertThat(Json.tree(utf8("[".repeat(16) + "]".repeat(16)))).isNotNull();
        refused(() -> Json.tree(utf8("[".repeat(17) + "]".repeat(17))), "depth");
        refused(() -> Json.tree(utf8("[".repeat(1_000_000))), "depth");
        refused(() -> loose("\"unknown\":" + "[".repeat(17) + "]".repeat(17)), "depth");
    }

    @Test
    void numbersAreBounded() {
        refused(() -> loose("\"real\":" + "9".repeat(41)), "length");
        refused(() -> loose("\"unknown\":" + "9".repeat(1000)), "length");
        refused(() -> loose("\"real\":1e999"), "finite");
        refused(() -> loose("\"real\":-1e999"), "finite");
        refused(() -> Json.read("{\"number\":1e999999999,\"large\":1}", Loose.class), "");
        refused(() -> Json.read("{\"number\":1,\"large\":1e999999999}", Loose.class), "");
    }

    @Test
    void oddIntegersBeyondTheReachOfDoublesAreExact() {
        var read = Json.read("{\"number\":1,\"large\":9007199254740993}", Loose.class);

        assertThat(read.large()).isEqualTo(9_007_199_254_740_993L);
        assertThat(Json.text(read)).contains("9007199254740993");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "2147483648",
                "-2147483649",
                "1.0",
                "1.5",
                "1e0",
                "\"1\"",
                "\"\"",
                "true",
                "null",
                "[1]",
                "{}",
                "01",
                "+1",
                "NaN",
                "0x1"
            })
    void whatIsNoIntIsRefused(String value) {
        refused(() -> Json.read("{\"number\":" + value + ",\"large\":1}", Loose.class), "");
    }

    @Test
    void aMissingIntIsRefused() {
        refused(() -> Json.read("{\"number\":1}", Loose.class), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"text\":1",
                "\"text\":1.5",
                "\"text\":true",
                "\"text\":[\"a\"]",
                "\"text\":{}",
                "\"list\":\"a\"",
                "\"list\":{}",
                "\"list\":[1]",
                "\"real\":\"1\"",
                "\"real\":\"NaN\"",
                "\"real\":true",
                "\"real\":[]",
                "\"at\":1",
                "\"at\":{}",
                "\"at\":\"\"",
                "\"at\":\"2026-03-01\"",
                "\"at\":\"2026-02-30T12:00:00Z\"",
                "\"at\":\"yesterday\""
            })
    void wrongTypesAreRefused(String field) {
        refused(() -> loose(field), "");
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(loose("\"later\":{\"a\":[1,null]},\"text\":\"a\"").text()).isEqualTo("a");
    }

    @Test
    void malformedUtf8IsRefused() {
        for (byte[] bad :
                List.of(
                        new byte[] {'"', (byte) 0xff, '"'},
                        new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                        new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                        new byte[] {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
                        new byte[] {'"', (byte) 0xe2, (byte) 0x82, '"'},
                        new byte[] {'"', 'a', '"', (byte) 0xc3})) {
            refused(() -> Json.tree(bad), "UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"a\\uDBFFb\"",
                "\"\\ud83d\\ud83d\\udee0\"",
                "\"\\ude00\\ud83d\"",
                "\"\\\\\\ud800\"",
                "{\"\\ud800\":1}",
                "\"\ud800\"",
                "\"\udc00\""
            })
    void halfASurrogatePairIsRefused(String text) {
        refused(() -> Json.read(text, Object.class), "surrogate");
    }

    @Test
    void wholeSurrogatePairsAreReadHoweverTheyAreWritten() {
        for (String text : List.of("\"🛠\"", "\"\\ud83d\\udee0\"", "\"\\uD83D\\uDEE0\"")) {
            assertThat(Json.read(text, String.class)).isEqualTo("🛠");
        }
        assertThat(Json.read("\"\\\\ud800\"", String.class)).isEqualTo("\\ud800");
        refused(() -> Json.read("\"\\ud8\"", String.class), "");
        refused(() -> Json.read("\"\\u", String.class), "");
        refused(() -> Json.read("\"\\", String.class), "");
    }

    @Test
    void nothingAndNullAreRefused() {
        for (String text : List.of("null", "", " ", "\n")) {
            refused(() -> Json.read(text, Loose.class), "");
            refused(() -> Json.tree(utf8(text)), "");
            refused(() -> Json.read(text, Map.class), "");
        }
    }

    @Test
    void whatIsTooLongIsRefused() {
        refused(() -> Json.tree(utf8('"' + "a".repeat(256 * 1024 + 1) + '"')), "length");
        refused(() -> Json.tree(utf8("{\"" + "a".repeat(1025) + "\":1}")), "length");
        refused(() -> Json.tree(utf8("[" + "1,".repeat(8 * Json.MAX_DOCUMENT) + "1]")), "length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"list\":[],\"number\":1}",
                "{\"text\":null,\"list\":[],\"number\":1}",
                "{\"text\":\"a\",\"number\":1}",
                "{\"text\":\"a\",\"list\":null,\"number\":1}",
                "{\"text\":\"a\",\"list\":[null],\"number\":1}",
                "{\"text\":\"a\",\"list\":[]}",
                "{}"
            })
    void aWholeRecordIsRefusedWithAHoleInIt(String text) {
        refused(() -> Json.read(text, Strict.class), "");
    }

    @Test
    void aWholeRecordMayLackWhatIsNullable() {
        assertThat(Json.read("{\"text\":\"a\",\"list\":[],\"number\":1}", Strict.class))
                .isEqualTo(new Strict("a", null, List.of(), 1));
        assertThat(
                        Json.read(
                                "{\"text\":\"\",\"note\":null,\"list\":[],\"number\":1}",
                                Strict.class))
                .isEqualTo(new Strict("", null, List.of(), 1));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Gen.forAll(
                gen -> {
                    var value =
                            new Loose(
                                    gen.text(),
                                    gen.between(Integer.MIN_VALUE, Integer.MAX_VALUE - 1),
                                    gen.anyLong(),
                                    gen.chance(0.2) ? null : gen.number(),
                                    gen.instant(),
                                    gen.list(3, gen::text));

                    assertThat(Json.read(Json.bytes(value), Loose.class)).isEqualTo(value);
                    assertThat(Json.read(Json.pretty(value), Loose.class)).isEqualTo(value);
                });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
