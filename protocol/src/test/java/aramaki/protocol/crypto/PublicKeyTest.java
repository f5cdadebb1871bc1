package aramaki.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.Samples;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MESSAGE = "hello world".getBytes(StandardCharsets.UTF_8);
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static PublicKey key(String hex) {
        return new PublicKey(Base64Url.encode(HEX.parseHex(hex)));
    }

    @Test
    void theFirstVectorOfRfc8032IsMetAndVerified() {
        var secret =
                SecretKey.ofSeed(
                        HEX.parseHex(
                                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        byte[] signature = secret.sign(new byte[0]);

        assertThat(HEX.formatHex(secret.publicKey().bytes()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(HEX.formatHex(signature))
                .isEqualTo(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590"
                                + "a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(secret.publicKey().verifies(new byte[0], signature)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
            })
    void aKeyOfSmallOrderIsRefused(String hex) {
        assertThatThrownBy(() -> key(hex))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void aKeyThatIsNoPointOrNotInItsOneFormIsRefused(String hex) {
        assertThatThrownBy(() -> key(hex)).isInstanceOf(Refusal.class);
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        byte[] good = Samples.LOG_KEY.publicKey().bytes();
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThatThrownBy(() -> new PublicKey(Base64Url.encode(Arrays.copyOf(good, length))))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void aMalleatedSignatureIsNone() {
        byte[] signature = Samples.LOG_KEY.sign(MESSAGE);
        byte[] malleated = signature.clone();
        byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
        byte[] moved = reversed(new BigInteger(1, s).add(ORDER).toByteArray());
        System.arraycopy(moved, 0, malleated, 32, 32);

        assertThat(Samples.LOG_KEY.publicKey().verifies(MESSAGE, signature)).isTrue();
        assertThat(malleated).isNotEqualTo(signature);
        assertThat(Samples.LOG_KEY.publicKey().verifies(MESSAGE, malleated)).isFalse();
    }

    @Test
    void aSignatureWithAnyBitChangedIsNone() {
        byte[] signature = Samples.LOG_KEY.sign(MESSAGE);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(Samples.LOG_KEY.publicKey().verifies(MESSAGE, changed))
                    .as("" + bit)
                    .isFalse();
        }
    }

    @Test
    void aSignatureOfAnotherLengthOrKeyOrMessageIsNone() {
        var key = Samples.LOG_KEY.publicKey();
        byte[] signature = Samples.LOG_KEY.sign(MESSAGE);

        for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
            assertThat(key.verifies(MESSAGE, Arrays.copyOf(signature, length))).isFalse();
        }
        assertThat(key.verifies(new byte[0], signature)).isFalse();
        assertThat(Samples.AGENT_KEY.publicKey().verifies(MESSAGE, signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zg==", "Zh", "Z", "Zm9v\n", " Zm9v", "Zm9v=", "+/8", "Zm_v!", "ä"})
    void base64urlThatIsNotCanonicalIsRefused(String text) {
        assertThatThrownBy(() -> Base64Url.decode(text))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-base64"));
    }

    @Test
    void aStoredKeyIsReadAgainByItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("key");

        Samples.LOG_KEY.store(file, "Keep this.\nAlways.");

        assertThat(SecretKey.load(file).publicKey()).isEqualTo(Samples.LOG_KEY.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> Samples.AGENT_KEY.store(file, ""))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aKeyFileThatHoldsNoKeyIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "# nothing\nAAAA\n");

        assertThatThrownBy(() -> SecretKey.load(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("32 bytes");
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[32];
        for (int i = 0; i < Math.min(32, bytes.length); i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
