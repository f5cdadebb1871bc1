package aramaki.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.Samples;
import aramaki.protocol.crypto.Envelope.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final String TYPE = "application/vnd.aramaki.test.v1+json";
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final Envelope GOOD = Envelope.sign(TYPE, BODY, Samples.LOG_KEY);
    private static final PublicKey KEY = Samples.LOG_KEY.publicKey();

    private static void refused(Runnable opening, String code) {
        assertThatThrownBy(opening::run)
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    private static Envelope with(String signature) {
        return new Envelope(GOOD.p(), GOOD.t(), List.of(new Signature(KEY.text(), signature)));
    }

    @Test
    void whatWasSignedIsOpenedAsItWas() {
        assertThat(Envelope.read(Json.bytes(GOOD)).open(TYPE, KEY)).isEqualTo(BODY);
    }

    @Test
    void anotherKeyIsRefusedWhateverTheHintSays() {
        var forged =
                new Envelope(
                        GOOD.p(),
                        TYPE,
                        List.of(
                                new Signature(
                                        KEY.text(),
                                        Envelope.sign(TYPE, BODY, Samples.AGENT_KEY)
                                                .s()
                                                .getFirst()
                                                .s())));

        refused(() -> forged.open(TYPE, KEY), "bad-signature");
        refused(() -> GOOD.open(TYPE, Samples.AGENT_KEY.publicKey()), "bad-signature");
    }

    @Test
    void anotherTypeIsRefusedAlsoWhenTheEnvelopeClaimsIt() {
        refused(() -> GOOD.open(TYPE + "x", KEY), "bad-envelope");
        var renamed = new Envelope(GOOD.p(), TYPE + "x", GOOD.s());
        refused(() -> renamed.open(TYPE + "x", KEY), "bad-signature");
    }

    @Test
    void aBodyMovedIntoTheTypeIsAnotherMessage() {
        assertThat(Envelope.pae("a 1", new byte[] {'b'}))
                .isNotEqualTo(Envelope.pae("a", "1 b".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTruncatedOrExtendedSignatureIsRefused() {
        String signature = GOOD.s().getFirst().s();

        refused(() -> with(signature.substring(0, 84)).open(TYPE, KEY), "bad-signature");
        refused(() -> with(signature.substring(0, 85)).open(TYPE, KEY), "bad-base64");
        refused(() -> with(signature + "AAAA").open(TYPE, KEY), "bad-signature");
        refused(() -> with("").open(TYPE, KEY), "bad-signature");
    }

    @Test
    void aBodyThatIsNotCanonicalBase64IsRefused() {
        refused(() -> new Envelope(GOOD.p() + "=", TYPE, GOOD.s()).open(TYPE, KEY), "bad-base64");
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        var both = Envelope.sign(TYPE, BODY, Samples.AGENT_KEY, Samples.LOG_KEY);

        assertThat(both.open(TYPE, KEY)).isEqualTo(BODY);
        assertThat(both.hash()).isEqualTo(GOOD.hash());
    }

    @Test
    void sixteenSignaturesAreTheMostAndOneTheLeast() {
        var one = GOOD.s().getFirst();

        assertThat(new Envelope(GOOD.p(), TYPE, Collections.nCopies(16, one)).s()).hasSize(16);
        for (int count : new int[] {0, 17}) {
            var some = Collections.nCopies(count, one);
            refused(() -> new Envelope(GOOD.p(), TYPE, some), "bad-envelope");
            byte[] json =
                    ("{\"p\":\"\",\"t\":\"\",\"s\":" + Json.text(some) + "}")
                            .getBytes(StandardCharsets.UTF_8);
            refused(() -> Envelope.read(json), "bad-envelope");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"p\":\"\",\"t\":\"\"}",
                "{\"p\":\"\",\"t\":\"\",\"s\":null}",
                "{\"p\":\"\",\"t\":\"\",\"s\":[null]}",
                "{\"p\":\"\",\"t\":\"\",\"s\":[{\"k\":\"\"}]}",
                "{\"p\":null,\"t\":\"\",\"s\":[{\"k\":\"\",\"s\":\"\"}]}",
                "{\"p\":\"\",\"s\":[{\"k\":\"\",\"s\":\"\"}]}"
            })
    void anEnvelopeWithAHoleIsRefused(String json) {
        refused(() -> Envelope.read(json.getBytes(StandardCharsets.UTF_8)), "bad-json");
    }
}
