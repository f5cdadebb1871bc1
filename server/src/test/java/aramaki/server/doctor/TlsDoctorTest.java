package aramaki.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.tls.Tls;
import aramaki.server.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the doctor says of certificates and proxies.
class TlsDoctorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @TempDir private Path folder;
    private Path key;

    @BeforeEach
    void key() throws IOException {
        key = Files.writeString(folder.resolve("key.pem"), "secret");
        rights("rw-r-----");
    }

    private void rights(String rights) throws IOException {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(rights));
    }

    private List<Complaint> examine(Duration left, Optional<String> trouble) {
        var files = new TlsFiles(folder.resolve("cert.pem"), key);
        var standing =
                new Tls.Standing(files, NOW.minus(Duration.ofDays(1)), NOW.plus(left), trouble);
        return new CertificateGood(() -> Optional.of(standing)).examine(NOW);
    }

    private static void assertOne(
            List<Complaint> complaints, Complaint.Gravity gravity, String... what) {
        assertThat(complaints).hasSize(1);
        assertThat(complaints.getFirst().gravity()).isEqualTo(gravity);
        assertThat(complaints.getFirst().what()).contains(what);
        assertThat(complaints.getFirst().cure()).isNotBlank();
    }

    @Test
    void withoutTlsThereIsNothingToSay() {
        assertThat(new CertificateGood(Optional::empty).examine(NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, ADVICE, expires in 20 days", "2, BROKEN, expires in 2 days"})
    void aCertificateThatExpiresSoon(int days, Complaint.Gravity gravity, String what) {
        assertOne(examine(Duration.ofDays(days), Optional.empty()), gravity, what);
        assertThat(examine(Duration.ofDays(21), Optional.empty())).isEmpty();
    }

    @Test
    void aCertificateThatExpired() {
        assertOne(
                examine(Duration.ofDays(-1), Optional.empty()),
                Complaint.Gravity.BROKEN,
                "expired at 2026-11-21T03:00:00Z");
    }

    @Test
    void aCertificateOfTomorrow() {
        var files = new TlsFiles(folder.resolve("cert.pem"), key);
        var standing =
                new Tls.Standing(
                        files, NOW.plusSeconds(1), NOW.plus(Duration.ofDays(90)), Optional.empty());
        assertOne(
                new CertificateGood(() -> Optional.of(standing)).examine(NOW),
                Complaint.Gravity.BROKEN,
                "is not good before");
    }

    @Test
    void aNewCertificateThatWasNotTaken() {
        assertOne(
                examine(Duration.ofDays(60), Optional.of("key.pem is not there")),
                Complaint.Gravity.BROKEN,
                "not in use: key.pem is not there");
    }

    @Test
    void aKeyThatOthersRead() throws IOException {
        rights("rw-r--r--");
        assertOne(
                examine(Duration.ofDays(60), Optional.empty()),
                Complaint.Gravity.BROKEN,
                key.toString());
        rights("rw-------");
        assertThat(examine(Duration.ofDays(60), Optional.empty())).isEmpty();
    }

    @Test
    void aProxyThatWasAskedByHttpOrIsNotNamedIsRememberedForAnHour() {
        var plain = new AtomicLong();
        var unnamed = new AtomicLong();
        var examination = new Proxied(plain::get, unnamed::get);
        assertThat(examination.examine(NOW)).isEmpty();

        plain.incrementAndGet();
        assertOne(examination.examine(NOW), Complaint.Gravity.BROKEN, "by http");
        var later = NOW.plus(Duration.ofHours(1));
        unnamed.incrementAndGet();
        assertOne(examination.examine(later), Complaint.Gravity.ADVICE, "no proxy that is named");
        assertThat(examination.examine(later.plus(Duration.ofHours(1)))).isEmpty();
    }
}
