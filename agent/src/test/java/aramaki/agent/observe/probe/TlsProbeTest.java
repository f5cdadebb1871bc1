package aramaki.agent.observe.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import aramaki.testkit.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsProbeTest {
    private static final String LOCAL = "san=dns:localhost,ip:127.0.0.1";

    @TempDir static Path folder;
    private static Authority authority;
    private static SSLContext good;

    @BeforeAll
    static void certify() throws Exception {
        authority = new Authority(folder);
        good = authority.server("good", "-1d", 61, "-ext", LOCAL);
    }

    /// A TLS server that waits for the other side to hang up.
    private static LoopbackTcp serving(SSLContext context) throws Exception {
        return LoopbackTcp.of(context.getServerSocketFactory(), LoopbackTcp::untilItHangsUp);
    }

    private static Finding look(LoopbackTcp server, String... more) throws Exception {
        return look(InstantSource.system(), server, more);
    }

    private static Finding look(InstantSource clock, LoopbackTcp server, String... more)
            throws Exception {
        var pairs = new String[6 + more.length];
        System.arraycopy(
                new String[] {
                    "host", "localhost", "port", server.port(), "ca", authority.root().toString()
                },
                0,
                pairs,
                0,
                6);
        System.arraycopy(more, 0, pairs, 6, more.length);
        return Look.at(clock, ProbeKind.TLS, pairs);
    }

    private static InstantSource inDays(int days) {
        return InstantSource.fixed(Instant.now().plus(Duration.ofDays(days)));
    }

    @Test
    void aGoodCertificateTellsDaysLeftAndIssuer() throws Exception {
        try (var server = serving(good)) {
            Finding finding = look(server);

            assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
            assertThat(finding.output())
                    .startsWith("localhost port " + server.port() + ": 59 days left; certificate")
                    .contains("certificate for localhost, 127.0.0.1, issuer Test Root (Muster)");
            assertThat(Look.value(finding, "days_left")).isBetween(59.0, 60.0);
            assertThat(Look.metric(finding, "days_left").crit()).isEqualTo(Range.parse("7:"));
        }
    }

    @Test
    void aCertificateThatEndsSoonSaysTheLimit() throws Exception {
        try (var server = serving(good)) {
            assertThat(look(inDays(45), server))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.WARNING))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .contains(": 14 days left, warning below 21 days;"));
            assertThat(look(inDays(58), server))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .contains(": 1 day left, critical below 7 days;"));
        }
    }

    @Test
    void anExpiredCertificateIsExpiredAndNothingElse() throws Exception {
        try (var server = serving(good)) {
            Finding finding = look(inDays(75), server);

            assertThat(finding.state()).isEqualTo(State.CRITICAL);
            assertThat(finding.output())
                    .contains(": expired 15 days ago, ")
                    .doesNotContain("untrusted")
                    .doesNotContain("wrong name")
                    .doesNotContain("days left");
            assertThat(Look.value(finding, "days_left")).isNegative();
        }
    }

    @Test
    void aCertificateThatIsNotYetValidSaysSo() throws Exception {
        try (var server = serving(good)) {
            Finding finding = look(inDays(-2), server);

            assertThat(finding.state()).isEqualTo(State.CRITICAL);
            assertThat(finding.output()).contains(": not yet valid: it begins ");
        }
    }

    @Test
    void aCertificateForAnotherNameIsAWrongNameAndNothingElse() throws Exception {
        try (var server =
                serving(authority.server("other", "-1d", 60, "-ext", "san=dns:*.other.example"))) {
            Finding finding = look(server);

            assertThat(finding.state()).isEqualTo(State.CRITICAL);
            assertThat(finding.output())
                    .contains(": wrong name: it is for *.other.example, not for localhost;")
                    .doesNotContain("untrusted");
            assertThat(look(server, "name", "www.other.example").state()).isEqualTo(State.OK);
            assertThat(look(server, "name", "a.b.other.example").state()).isEqualTo(State.CRITICAL);
            assertThat(look(server, "name", "other.example").state()).isEqualTo(State.CRITICAL);
        }
    }

    @Test
    void aSelfSignedCertificateIsUntrustedUnlessItIsTheAuthority() throws Exception {
        try (var server = serving(authority.selfSigned("alone", "-1d", 60, "-ext", LOCAL))) {
            Finding finding = look(server);

            assertThat(finding.state()).isEqualTo(State.CRITICAL);
            assertThat(finding.output())
                    .contains(": untrusted: it is self-signed;")
                    .doesNotContain("wrong name");
            assertThat(look(server, "ca", authority.pem("alone").toString()).state())
                    .isEqualTo(State.OK);
        }
    }

    @Test
    void anAuthorityTheSystemDoesNotKnowIsUntrusted() throws Exception {
        try (var server = serving(good)) {
            Finding finding = Look.at(ProbeKind.TLS, "host", "localhost", "port", server.port());

            assertThat(finding.output()).contains(": untrusted: its issuer Test Root (Muster)");
        }
    }

    @Test
    void aMissingIntermediateIsNamed() throws Exception {
        try (var server = serving(authority.behind("lonely", 30, false))) {
            assertThat(look(server).output())
                    .contains("untrusted: its issuer Between (Muster) is no trusted authority,")
                    .contains("no intermediate was shown");
        }
    }

    @Test
    void anIntermediateThatEndsEarlierCounts() throws Exception {
        try (var server = serving(authority.behind("short", 6, true))) {
            Finding finding = look(server);

            assertThat(finding.state()).as(finding.output()).isEqualTo(State.CRITICAL);
            assertThat(finding.output())
                    .contains("the intermediate Between (Muster) ends earlier")
                    .contains("; 4 days left, critical below 7 days;")
                    .doesNotContain("untrusted");
            assertThat(look(inDays(10), server).output())
                    .contains(": the intermediate Between (Muster) expired 5 days ago");
        }
    }

    @Test
    void aCertificateOfAClientIsAWrongUse() throws Exception {
        try (var server =
                serving(
                        authority.server(
                                "client", "-1d", 60, "-ext", LOCAL, "-ext", "eku=clientAuth"))) {
            assertThat(look(server).output()).contains(": wrong use: it is not meant for servers;");
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsCritical() throws Exception {
        try (var server = LoopbackTcp.saying("HTTP/1.0 400 Bad Request\r\n\r\n")) {
            Finding finding = look(server);

            assertThat(finding.state()).isEqualTo(State.CRITICAL);
            assertThat(finding.output()).contains(": no certificate: ");
        }
    }

    @Test
    void aServerThatStaysSilentIsCritical() throws Exception {
        try (var server = LoopbackTcp.saying("")) {
            Finding finding =
                    Look.at(
                            Look.probes(InstantSource.system()),
                            ProbeKind.TLS,
                            Duration.ofMillis(300),
                            "host",
                            "localhost",
                            "port",
                            server.port());

            assertThat(finding.state()).isEqualTo(State.CRITICAL);
        }
    }

    /// Speaks these lines, each after the first one when a line came, and then begins TLS.
    private static LoopbackTcp beforeTls(String... lines) throws Exception {
        return LoopbackTcp.of(
                socket -> {
                    for (int i = 0; i < lines.length; i++) {
                        if (i > 0) {
                            readLine(socket);
                        }
                        socket.getOutputStream()
                                .write(lines[i].getBytes(StandardCharsets.US_ASCII));
                    }
                    try (var secured =
                            (SSLSocket)
                                    good.getSocketFactory()
                                            .createSocket(socket, (InputStream) null, true)) {
                        secured.setUseClientMode(false);
                        LoopbackTcp.untilItHangsUp(secured);
                    }
                });
    }

    private static void readLine(Socket socket) throws IOException {
        int b = socket.getInputStream().read();
        while (b >= 0 && b != '\n') {
            b = socket.getInputStream().read();
        }
    }

    @Test
    void aMailServerIsAskedForTlsFirst() throws Exception {
        try (var smtp =
                        beforeTls(
                                "220-mx.example\r\n220 ready\r\n",
                                "250-mx.example\r\n250 STARTTLS\r\n",
                                "220 go ahead\r\n");
                var imap = beforeTls("* OK ready\r\n", "* CAPABILITY X\r\na1 OK begin\r\n")) {
            assertThat(look(smtp, "starttls", "smtp"))
                    .satisfies(f -> assertThat(f.state()).as(f.output()).isEqualTo(State.OK));
            assertThat(look(imap, "starttls", "imap"))
                    .satisfies(f -> assertThat(f.state()).as(f.output()).isEqualTo(State.OK));
        }
    }

    @Test
    void aMailServerWithoutTlsIsCritical() throws Exception {
        try (var server =
                beforeTls("220 ready\r\n", "250 mx.example\r\n", "502 no such command\r\n")) {
            assertThat(look(server, "starttls", "smtp"))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .endsWith(
                                                    "no certificate: its answer to STARTTLS is"
                                                            + " \"502 no such command\", expected"
                                                            + " 220"));
        }
    }

    @Test
    void aGreetingWithoutEndIsCutOff() throws Exception {
        try (var endless =
                LoopbackTcp.of(
                        socket -> {
                            while (true) {
                                socket.getOutputStream().write("220-again\r\n".getBytes(UTF_8));
                            }
                        })) {
            assertThat(look(endless, "starttls", "smtp").output())
                    .endsWith("its greeting is \"220-again\", expected 220");
        }
    }

    @Test
    void aServerThatWantsACertificateOfOursIsStillLookedAt() throws Exception {
        try (var server =
                LoopbackTcp.of(
                        socket -> {
                            try (var secured =
                                    (SSLSocket)
                                            good.getSocketFactory()
                                                    .createSocket(
                                                            socket, (InputStream) null, true)) {
                                secured.setUseClientMode(false);
                                secured.setNeedClientAuth(true);
                                LoopbackTcp.untilItHangsUp(secured);
                            }
                        })) {
            assertThat(look(server).state()).isEqualTo(State.OK);
        }
    }

    @Test
    void aFileOnDiskIsJudgedByItsDates() throws Exception {
        String file = authority.pem("good").toString();

        assertThat(Look.at(ProbeKind.TLS, "file", file))
                .satisfies(f -> assertThat(f.state()).as(f.output()).isEqualTo(State.OK))
                .satisfies(f -> assertThat(f.output()).startsWith(file + ": 59 days left;"));
        assertThat(Look.at(ProbeKind.TLS, "file", file, "name", "shop.example").output())
                .contains(": wrong name: ");
        assertThat(Look.at(ProbeKind.TLS, "file", file, "ca", authority.root().toString()).state())
                .isEqualTo(State.OK);
        assertThat(Look.at(inDays(80), ProbeKind.TLS, "file", file).output())
                .contains(": expired 20 days ago");
    }

    @Test
    void aMissingFileIsCriticalAndWhatIsNoneIsUnknown() throws Exception {
        Path text = Files.writeString(folder.resolve("secret.txt"), "my secret\n");
        Path damaged =
                Files.writeString(
                        folder.resolve("damaged.pem"),
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThat(Look.at(ProbeKind.TLS, "file", folder + "/none.pem"))
                .isEqualTo(Finding.of(State.CRITICAL, "there is no file " + folder + "/none.pem"));
        assertThat(Look.at(ProbeKind.TLS, "file", text.toString()))
                .isEqualTo(Finding.unknown(text + " holds no PEM certificate"));
        assertThat(Look.at(ProbeKind.TLS, "file", damaged.toString()))
                .isEqualTo(
                        Finding.unknown(
                                damaged + ": certificate 1 in it cannot be read, it is damaged"));
        assertThat(Look.at(ProbeKind.TLS, "file", "/dev/zero"))
                .isEqualTo(Finding.unknown("/dev/zero is a pipe or device, no ordinary file"));
    }
}
