package aramaki.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.Samples;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GenesisTest {
    private static final SecretKey LOG = Samples.LOG_KEY;
    private static final SecretKey ONE = Samples.key(10);
    private static final SecretKey TWO = Samples.key(11);

    private static Genesis document(int v, int threshold, SecretKey... recovery) {
        return new Genesis(
                v,
                LOG.publicKey().text(),
                List.of(recovery).stream().map(key -> key.publicKey().text()).toList(),
                threshold,
                Samples.NOON,
                "AAAA");
    }

    private static void refused(Genesis document, String code, SecretKey... signers) {
        var envelope = Envelope.sign(Genesis.TYPE, Json.bytes(document), signers);

        assertThatThrownBy(() -> Genesis.open(envelope))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    @Test
    void aDocumentSignedByAllItsKeysIsOpened() {
        var document = document(1, 2, ONE, TWO);

        assertThat(Genesis.open(Envelope.sign(Genesis.TYPE, Json.bytes(document), TWO, LOG, ONE)))
                .isEqualTo(document);
    }

    @Test
    void aMissingSignatureIsRefused() {
        var document = document(1, 1, ONE, TWO);

        refused(document, "bad-signature", LOG, ONE);
        refused(document, "bad-signature", LOG, TWO);
        refused(document, "bad-signature", ONE, TWO);
        refused(document, "bad-signature", LOG, ONE, ONE);
    }

    @Test
    void aThresholdThatCannotBeMetOrMeansNothingIsRefused() {
        refused(document(1, 2, ONE), "bad-genesis", LOG, ONE);
        refused(document(1, 0, ONE), "bad-genesis", LOG, ONE);
        refused(document(1, -1, ONE), "bad-genesis", LOG, ONE);
        refused(document(1, 1), "bad-genesis", LOG);
    }

    @Test
    void oneKeyCountedTwiceIsRefused() {
        refused(document(1, 2, ONE, ONE), "bad-genesis", LOG, ONE);
    }

    @Test
    void moreKeysThanAnEnvelopeHasSignaturesAreRefused() {
        var keys = IntStream.range(10, 26).mapToObj(Samples::key).toArray(SecretKey[]::new);

        refused(document(1, 1, keys), "bad-genesis", keys);
    }

    @Test
    void anotherVersionIsRefused() {
        refused(document(2, 1, ONE), "bad-genesis", LOG, ONE);
    }

    @Test
    void anotherTypeIsRefused() {
        var envelope = Envelope.sign("text/plain", Json.bytes(document(1, 1, ONE)), LOG, ONE);

        assertThatThrownBy(() -> Genesis.open(envelope)).isInstanceOf(Refusal.class);
    }

    @Test
    void aResignedCopyIsTheSameInstance() {
        byte[] body = Samples.GENESIS.body();
        var copy = Envelope.sign(Genesis.TYPE, body, Samples.RECOVERY_KEY, LOG);

        assertThat(Genesis.instanceId(copy)).isEqualTo(Samples.INSTANCE).matches("i_[a-z2-7]{52}");
        assertThat(Genesis.open(copy)).isEqualTo(Genesis.open(Samples.GENESIS));
    }
}
