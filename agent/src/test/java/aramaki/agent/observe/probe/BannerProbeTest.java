package aramaki.agent.observe.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import aramaki.testkit.Authority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BannerProbeTest {
    @TempDir Path folder;

    private static Finding look(ProbeKind kind, LoopbackTcp server, String... more)
            throws Exception {
        var pairs = new ArrayList<>(List.of("host", "localhost", "port", server.port()));
        pairs.addAll(List.of(more));
        return Look.at(
                Look.probes(InstantSource.system()),
                kind,
                Duration.ofSeconds(5),
                pairs.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SMTP | 220 mx.example ESMTP\\r\\n | OK | \"220 mx.example ESMTP\" after",
                "SMTP | 220-mx.example\\r\\n220 ready\\r\\n | OK | \"220 ready\" after",
                "SMTP | 554 go away\\r\\n | CRITICAL | it said \"554 go away\", expected 220 and",
                "SMTP | 2200 mx\\r\\n | CRITICAL | it said \"2200 mx\", expected 220 and a blank",
                "IMAP | * OK [CAPABILITY IMAP4rev1] ready\\r\\n | OK | \"* OK [CAPABILITY IMAP4rev1]",
                "IMAP | * PREAUTH welcome\\r\\n | OK | \"* PREAUTH welcome\"",
                "IMAP | * OKAY\\r\\n | CRITICAL | it said \"* OKAY\", expected * OK or * PREAUTH",
                "IMAP | * BYE too many\\r\\n | CRITICAL | it said \"* BYE too many\", expected",
                "SSH | SSH-2.0-OpenSSH_9.2\\r\\n | OK | \"SSH-2.0-OpenSSH_9.2\" after",
                "SSH | Welcome\\r\\nto us\\r\\nSSH-2.0-x\\n | OK | \"SSH-2.0-x\" after",
                "SSH | SSH-1.5-old\\r\\n | CRITICAL | it said \"SSH-1.5-old\", expected SSH-2.0-",
            })
    void aGreetingIsTakenWordForWord(ProbeKind kind, String said, State state, String output)
            throws Exception {
        try (var server = LoopbackTcp.saying(said.replace("\\r", "\r").replace("\\n", "\n"))) {
            Finding finding = look(kind, server);

            assertThat(finding.output()).contains(output);
            assertThat(finding.state()).isEqualTo(state);
        }
    }

    @Test
    void theTimeUntilTheGreetingHasLimits() throws Exception {
        try (var server = LoopbackTcp.saying("SSH-2.0-x\r\n")) {
            Finding finding = look(ProbeKind.SSH, server, "warn", "@0:60");

            assertThat(finding.state()).isEqualTo(State.WARNING);
            assertThat(finding.output()).endsWith(" s, warning from 0 s to 60 s");
            assertThat(Look.metric(finding, "time").unit()).isEqualTo("s");
        }
    }

    @Test
    void aGreetingWithoutTheTextIsCritical() throws Exception {
        try (var server = LoopbackTcp.saying("220 old.example\r\n")) {
            assertThat(look(ProbeKind.SMTP, server, "contains", "mx.example"))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .endsWith(
                                                    "; the greeting does not contain"
                                                            + " \"mx.example\""));
        }
    }

    @Test
    void aGreetingWithinTlsIsFound() throws Exception {
        var good = new Authority(folder).server("good", "-1d", 60);
        try (var server =
                LoopbackTcp.of(
                        good.getServerSocketFactory(),
                        socket -> {
                            socket.getOutputStream().write("* OK ready\r\n".getBytes(UTF_8));
                            LoopbackTcp.untilItHangsUp(socket);
                        })) {
            assertThat(look(ProbeKind.IMAP, server, "tls", "true").state()).isEqualTo(State.OK);
        }
    }

    @Test
    void aServerThatHangsUpIsCritical() throws Exception {
        try (var server = LoopbackTcp.of(_ -> {})) {
            assertThat(look(ProbeKind.SMTP, server).output())
                    .endsWith(": it closed the connection without a greeting");
        }
    }

    @Test
    void aServerThatStaysSilentIsCritical() throws Exception {
        try (var server = LoopbackTcp.saying("")) {
            Finding finding =
                    Look.at(
                            Look.probes(InstantSource.system()),
                            ProbeKind.SSH,
                            Duration.ofMillis(300),
                            "host",
                            "localhost",
                            "port",
                            server.port());

            assertThat(finding.state()).isEqualTo(State.CRITICAL);
        }
    }

    @Test
    void aGreetingWithoutEndIsCutOff() throws Exception {
        try (var oneLine =
                        LoopbackTcp.of(
                                socket -> {
                                    while (true) {
                                        socket.getOutputStream().write(new byte[1000]);
                                    }
                                });
                var manyLines =
                        LoopbackTcp.of(
                                socket -> {
                                    while (true) {
                                        socket.getOutputStream().write("again\n".getBytes(UTF_8));
                                    }
                                })) {
            assertThat(look(ProbeKind.SSH, oneLine).output())
                    .endsWith(": it sent a line of more than 1000 bytes");
            assertThat(look(ProbeKind.SSH, manyLines).output())
                    .endsWith(": it said \"again\", expected SSH-2.0-");
        }
    }

    @Test
    void whatAGreetingHoldsCannotMoveATerminal() throws Exception {
        try (var server = LoopbackTcp.saying("220 \u001b[2Jmx\r\n")) {
            assertThat(look(ProbeKind.SMTP, server).output()).doesNotContain("\u001b");
        }
    }
}
