package aramaki.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.server.TestClock;
import aramaki.server.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a server may listen, and what it says where it may not. Nothing here listens.
class ListeningTest {
    private static final Optional<TlsFiles> TLS =
            Optional.of(new TlsFiles(Path.of("/c"), Path.of("/k")));

    private static Listening at(Optional<TlsFiles> tls, String... addresses) {
        return new Listening(
                Stream.of(addresses).map(Listening::address).toList(),
                tls,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static void assertRefused(String code, Runnable act, String... words) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(code);
                            assertThat(refusal.text()).contains(words);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8443", "192.0.2.7:443", "[::]:8443", "[2001:db8::7]:443"})
    void beyondLoopbackNobodyListensWithoutTls(String address, @TempDir Path folder)
            throws Exception {
        var settings =
                ServerSettings.of(folder.resolve("data"), 8700, Optional.empty())
                        .with(at(Optional.empty(), address));
        assertRefused(
                "no-tls",
                () -> new Server(settings, new TestClock()).close(),
                "without TLS",
                "set tlsCertificate and tlsKey",
                "reverse proxy on this machine in front of 127.0.0.1:8700");
        assertThat(Files.exists(folder.resolve("data"))).as("nothing was touched").isFalse();
    }

    @Test
    void loopbackNeedsNoTls() {
        at(Optional.empty(), "127.0.0.2:8701", "[::1]:8701").check(8700);
        at(TLS, "0.0.0.0:8443").check(8700);
    }

    @Test
    void aPortThatIsThereTwiceIsRefused() {
        assertRefused("port-twice", () -> at(TLS, "0.0.0.0:8700").check(8700), "--port");
        at(TLS, "192.0.2.7:8700").check(8700);
    }

    @Test
    void aRedirectWithoutHttpsLeadsNowhere() {
        var listening = new Listening(List.of(), TLS, Optional.of(80), Optional.empty(), List.of());
        assertRefused("no-https", () -> listening.check(8700), "set listen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "443", ":443", "ops.example.org:443", "1.2.3.4", "1.2.3.4:0", "::1:443"})
    void whatIsNoAddressIsRefused(String text) {
        assertRefused("bad-address", () -> Listening.address(text), "such as 192.0.2.7:443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops.example.org",
                "http://ops.example.org",
                "https://ops.example.org/aramaki",
                "https://ops.example.org?a",
                "https://you@ops.example.org",
                "https:///",
                "mailto:x"
            })
    void whatPeopleAndAgentsCannotUseIsRefused(String text) {
        assertRefused("bad-public-url", () -> Listening.publicUrl(text), "https://ops.example.org");
    }

    @Test
    void theCertificateNamesTheServerWhereTheSettingsDoNot() {
        var host = Optional.of("ops.example.org");
        assertThat(at(TLS, "0.0.0.0:443").named(host).publicUrl())
                .hasValue(URI.create("https://ops.example.org"));
        assertThat(at(TLS, "0.0.0.0:8443").named(host).publicUrl())
                .hasValue(URI.create("https://ops.example.org:8443"));
        assertThat(at(TLS).named(host).publicUrl()).as("only on loopback").isEmpty();
        assertRefused(
                "no-public-url",
                () -> at(TLS, "0.0.0.0:443").named(Optional.empty()),
                "set publicUrl");
    }
}
