package aramaki.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.testkit.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pairs of certificate and key that are none, at the start and while a server runs.
class TlsTest {
    @TempDir private static Path made;
    private static Authority authority;

    @TempDir private Path folder;
    private TlsFiles files;

    @BeforeAll
    static void certificates() throws Exception {
        authority = new Authority(made);
        authority.server("one", "-1d", 30, "-ext", "san=dns:ops.example.org,dns:other.example.org");
        authority.selfSigned("two", "-1d", 60, "-ext", "san=dns:ops.example.org");
        authority.selfSigned("old", "-9d", 3, "-ext", "san=dns:ops.example.org");
        authority.selfSigned("wide", "-1d", 60, "-ext", "san=dns:*.example.org");
    }

    @BeforeEach
    void files() {
        files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    private void put(String certificate, String key) throws Exception {
        putCertificate(certificate);
        Files.copy(authority.key(key), files.key(), StandardCopyOption.REPLACE_EXISTING);
    }

    private void putCertificate(String name) throws IOException {
        Files.copy(authority.pem(name), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> Tls.open(files))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo("bad-certificate");
                            assertThat(refusal.text()).contains(words);
                        });
    }

    @Test
    void aPairIsTaken() throws Exception {
        put("one", "one");
        var tls = Tls.open(files);

        assertThat(tls.host()).hasValue("ops.example.org");
        assertThat(tls.standing().trouble()).isEmpty();
        assertThat(Duration.between(tls.standing().from(), tls.standing().until()))
                .isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void keysOfOtherKindsAreTaken(String kind) throws Exception {
        authority.ofKind(kind, kind);
        put(kind, kind);
        var tls = Tls.open(files);
        tls.factory().start();
        assertThat(tls.standing().trouble()).isEmpty();
    }

    @Test
    void aCertificateForManyNamesNamesNoServer() throws Exception {
        put("wide", "wide");
        assertThat(Tls.open(files).host()).isEmpty();
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws Exception {
        put("one", "two");
        assertRefused(
                files.key().toString(),
                "is the key of another certificate than the first in " + files.certificate());
    }

    @Test
    void whatIsNotThereIsRefused() throws Exception {
        put("one", "one");
        Files.delete(files.key());
        assertRefused(files.key() + " is not there");
    }

    @Test
    void swappedFilesAreRefused() throws Exception {
        put("one", "one");
        files = new TlsFiles(files.key(), files.certificate());
        assertRefused("holds no certificate; it must have a -----BEGIN CERTIFICATE-----");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA PRIVATE KEY, 'holds a RSA PRIVATE KEY, and not PKCS#8; convert it with'",
        "EC PRIVATE KEY, 'holds a EC PRIVATE KEY, and not PKCS#8; convert it with'",
        "ENCRYPTED PRIVATE KEY, 'is locked by a passphrase'",
    })
    void keysInOtherFormsAreRefusedWithTheCommandThatConvertsThem(String kind, String words)
            throws Exception {
        put("one", "one");
        String text = Files.readString(files.key()).replace("PRIVATE KEY", kind);
        Files.writeString(files.key(), text);
        assertRefused(words, "openssl pkcs8 -topk8 -nocrypt -in " + files.key() + " -out ");
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws Exception {
        put("one", "one");
        String text = Files.readString(files.certificate());
        Files.writeString(files.certificate(), text.substring(0, text.length() / 2));
        assertRefused(files.certificate() + " is not whole");
    }

    @Test
    void aChainInTheWrongOrderIsRefused() throws Exception {
        put("one", "one");
        Files.writeString(
                files.certificate(),
                Files.readString(authority.pem("one")) + Files.readString(authority.pem("two")));
        assertRefused("is out of order: number 2 did not sign number 1");
        Files.writeString(
                files.certificate(),
                Files.readString(authority.pem("one")) + Files.readString(authority.root()));
        assertThat(Tls.open(files).standing().trouble()).isEmpty();
    }

    @Test
    void aNewPairIsTakenWhileAHalfOfOneIsNot() throws Exception {
        put("one", "one");
        var tls = Tls.open(files);
        var before = tls.standing();
        var now = before.from();
        tls.factory().start();
        var context = tls.factory().getSslContext();

        putCertificate("two");
        assertThat(tls.run(now)).isEqualTo(Tls.LOOK);
        assertThat(tls.standing().trouble().orElseThrow()).contains("key of another certificate");
        assertThat(tls.standing().until()).isEqualTo(before.until());
        assertThat(tls.factory().getSslContext()).isSameAs(context);

        put("two", "two");
        tls.run(now);
        assertThat(tls.standing().trouble()).isEmpty();
        assertThat(tls.standing().until()).isAfter(before.until());
        assertThat(tls.factory().getSslContext()).isNotSameAs(context);
    }

    @Test
    void theOldPairPutBackIsNoTroubleAnyMore() throws Exception {
        put("one", "one");
        var tls = Tls.open(files);
        Files.delete(files.certificate());
        tls.run(tls.standing().from());
        assertThat(tls.standing().trouble().orElseThrow()).contains("is not there");

        putCertificate("one");
        tls.run(tls.standing().from());
        assertThat(tls.standing().trouble()).isEmpty();
    }

    @Test
    void aNewCertificateThatHasExpiredIsNotTaken() throws Exception {
        put("one", "one");
        var tls = Tls.open(files);
        Instant now = tls.standing().from().plus(Duration.ofHours(1));
        put("old", "old");

        tls.run(now);

        assertThat(tls.standing().trouble().orElseThrow()).contains("expired at");
        assertThat(tls.standing().until()).isAfter(now);
    }
}
