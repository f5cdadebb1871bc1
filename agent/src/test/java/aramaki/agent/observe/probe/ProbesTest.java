package aramaki.agent.observe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProbesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Probes probes = Look.probes(InstantSource.system());
    @TempDir Path temporary;

    private Finding run(ProbeKind kind, String... pairs) throws InterruptedException {
        return run(probes, kind, LONG, pairs);
    }

    private static Finding run(Probes probes, ProbeKind kind, Duration timeout, String... pairs)
            throws InterruptedException {
        return Look.at(probes, kind, timeout, pairs);
    }

    /// The probes of a host whose /proc says what a test wants.
    private Probes host(Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = temporary.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return Look.probes(new HostFiles(temporary), InstantSource.system());
    }

    private static HttpServer server() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, "/", 200, "all is well");
        answer(server, "/broken", 500, "oh no");
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/broken");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.createContext(
                "/large",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (var body = exchange.getResponseBody()) {
                        body.write(new byte[3_000_000]);
                    }
                });
        server.start();
        return server;
    }

    private static void answer(HttpServer server, String path, int status, String text) {
        server.createContext(
                path,
                exchange -> {
                    byte[] body = text.getBytes(StandardCharsets.UTF_8);
                    boolean head = exchange.getRequestMethod().equals("HEAD");
                    exchange.sendResponseHeaders(status, head ? -1 : body.length);
                    if (!head) {
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
    }

    @Test
    void httpJudgesStatusBodyAndTime() throws Exception {
        HttpServer server = server();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            Finding fine = run(ProbeKind.HTTP, "url", url, "contains", "well", "warn", "30");
            assertThat(fine.state()).as(fine.output()).isEqualTo(State.OK);
            assertThat(fine.output()).matches("HTTP 200 in [0-9.]+ s, 11 B");
            assertThat(Look.value(fine, "size")).isEqualTo(11);
            assertThat(Look.metric(fine, "time").warn()).isEqualTo(Range.parse("30"));

            assertThat(run(ProbeKind.HTTP, "url", url, "contains", "ill").output())
                    .endsWith("; the body does not contain \"ill\"");
            assertThat(run(ProbeKind.HTTP, "url", url, "crit", "@0:30").state())
                    .isEqualTo(State.CRITICAL);
            assertThat(run(ProbeKind.HTTP, "url", url + "/broken"))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                    .satisfies(f -> assertThat(f.output()).endsWith("; expected 200 to 399"));
            assertThat(run(ProbeKind.HTTP, "url", url + "/broken", "expectStatus", "404,500"))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.OK));
            assertThat(run(ProbeKind.HTTP, "url", url, "method", "HEAD").output())
                    .startsWith("HTTP 200");
            assertThat(run(ProbeKind.HTTP, "url", url + "/large").output())
                    .endsWith("more than 1 MiB");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void httpFollowsRedirectsOnlyWhenAsked() throws Exception {
        HttpServer server = server();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/moved";
        try {
            assertThat(run(ProbeKind.HTTP, "url", url).output()).startsWith("HTTP 302");
            assertThat(run(ProbeKind.HTTP, "url", url, "follow", "true").output())
                    .startsWith("HTTP 500");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatRefusesIsCritical() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(run(ProbeKind.HTTP, "url", "http://127.0.0.1:" + port).state())
                .isEqualTo(State.CRITICAL);
        assertThat(run(ProbeKind.TCP, "host", "127.0.0.1", "port", "" + port))
                .isEqualTo(
                        Finding.of(
                                State.CRITICAL, "127.0.0.1 port " + port + ": Connection refused"));
    }

    @Test
    void aServerThatNeverAnswersIsCritical() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + socket.getLocalPort();

            assertThat(run(probes, ProbeKind.HTTP, Duration.ofMillis(300), "url", url))
                    .isEqualTo(Finding.of(State.CRITICAL, "timed out after 0.300 s"));
        }
    }

    @Test
    void aNameNobodyKnowsIsCritical() throws InterruptedException {
        String host = "no-such-host.invalid";

        assertThat(run(ProbeKind.HTTP, "url", "http://" + host))
                .isEqualTo(
                        Finding.of(
                                State.CRITICAL,
                                "http://" + host + ": the host's name is not known"));
        assertThat(run(ProbeKind.TCP, "host", host, "port", "1").state()).isEqualTo(State.CRITICAL);
    }

    @Test
    void tcpMeasuresTheTimeToConnect() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding =
                    run(ProbeKind.TCP, "host", "127.0.0.1", "port", "" + socket.getLocalPort());

            assertThat(finding.state()).isEqualTo(State.OK);
            assertThat(Look.metric(finding, "time").unit()).isEqualTo("s");
        }
    }

    @Test
    void diskMeasuresBytesAndInodes() throws InterruptedException {
        Finding finding = run(ProbeKind.DISK, "path", "/", "warn", "@0:100", "crit", "100");

        assertThat(finding.state()).as(finding.output()).isEqualTo(State.WARNING);
        assertThat(finding.output()).matches("/ [0-9.]+ % used, .* free.*");
        assertThat(Look.value(finding, "used_percent")).isBetween(0.0, 100.0);
        assertThat(Look.metric(finding, "used").max())
                .hasValue(Path.of("/").toFile().getTotalSpace());
    }

    @Test
    void diskWithoutThePathIsUnknown() throws InterruptedException {
        assertThat(run(ProbeKind.DISK, "path", "/no/such/path"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.UNKNOWN))
                .satisfies(f -> assertThat(f.output()).contains("No such file"));
    }

    @Test
    void loadIsJudgedPerCore() throws Exception {
        Probes host =
                host(
                        Map.of(
                                "loadavg", "9.00 7.00 1.00 3/400 12345\n",
                                "stat", "cpu 1 2\ncpu0 1\ncpu1 1\nintr 7\n"));

        Finding finding = run(host, ProbeKind.LOAD, LONG, "warn", "3", "crit", "4");
        assertThat(finding.state()).isEqualTo(State.WARNING);
        assertThat(finding.output()).isEqualTo("load 9.00, 7.00, 1.00 on 2 cores");
        assertThat(Look.metric(finding, "load5").warn()).isEqualTo(Range.parse("6"));
        assertThat(run(host, ProbeKind.LOAD, LONG, "crit", "4,4,4").state())
                .isEqualTo(State.CRITICAL);
        assertThat(run(ProbeKind.LOAD).metrics()).hasSize(3);
    }

    @Test
    void memoryCountsWhatProgramsCannotHave() throws Exception {
        Probes host =
                host(
                        Map.of(
                                "meminfo",
                                """
                                MemTotal:       1000 kB
                                MemFree:          10 kB
                                MemAvailable:     80 kB
                                SwapTotal:       200 kB
                                SwapFree:         50 kB
                                """));

        Finding memory = run(host, ProbeKind.MEMORY, LONG);
        assertThat(memory.state()).isEqualTo(State.WARNING);
        assertThat(Look.value(memory, "used_percent")).isEqualTo(92);
        assertThat(Look.value(memory, "swap_used")).isEqualTo(150 * 1024);
        assertThat(run(host, ProbeKind.SWAP, LONG).output()).isEqualTo("75 % of 200 KiB swap used");
        assertThat(run(ProbeKind.MEMORY).state()).isNotEqualTo(State.UNKNOWN);
    }

    @Test
    void processesAreCountedByNameAndByCommandLine() throws Exception {
        Probes host =
                host(
                        Map.of(
                                "10/stat", "10 (nginx) S 1",
                                "10/cmdline", "nginx: master process\0",
                                "11/stat", "11 (nginx) Z 1",
                                "11/cmdline", "",
                                "12/stat", "12 (a (b) c) S 1",
                                "12/cmdline", "/opt/a\0--port\00080\0",
                                "13/stat", "13 (systemd-resolve) S 1",
                                "13/cmdline", "/usr/lib/systemd/systemd-resolved\0"));

        Finding finding = run(host, ProbeKind.PROCESS, LONG, "name", "nginx");
        assertThat(finding.output()).isEqualTo("1 process named nginx");
        assertThat(Look.value(finding, "count")).isEqualTo(1);
        assertThat(run(host, ProbeKind.PROCESS, LONG, "name", "a (b) c").state())
                .isEqualTo(State.OK);
        assertThat(run(host, ProbeKind.PROCESS, LONG, "name", "systemd-resolved").state())
                .isEqualTo(State.OK);
        assertThat(run(host, ProbeKind.PROCESS, LONG, "pattern", "--port 80").state())
                .isEqualTo(State.OK);
        assertThat(run(host, ProbeKind.PROCESS, LONG, "name", "nginx", "max", "0", "min", "0"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL));
        assertThat(run(host, ProbeKind.PROCESS, LONG, "name", "varnishd"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                .satisfies(f -> assertThat(f.output()).endsWith("right would be at least 1"));
    }

    @Test
    void uptimeIsMeasured() throws Exception {
        Probes host = host(Map.of("uptime", "93784.50 1.00\n"));

        Finding finding = run(host, ProbeKind.UPTIME, LONG, "warn", "100000:");
        assertThat(finding.output()).isEqualTo("up 1 d 2 h 3 min");
        assertThat(finding.state()).isEqualTo(State.WARNING);
    }

    @Test
    void aHostThatDoesNotTellIsUnknown() throws Exception {
        assertThat(run(host(Map.of("meminfo", "x")), ProbeKind.MEMORY, LONG).output())
                .contains("MemTotal");
        assertThat(run(host(Map.of()), ProbeKind.UPTIME, LONG).output())
                .startsWith("could not look");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP | url=ftp://x | url: \"ftp://x\" is not what the probe http needs",
                "HTTP | url=http:// | url: ",
                "HTTP | url=http://a b | url: ",
                "HTTP | url=http://x;method=POST | method: \"POST\"",
                "HTTP | url=http://x;expectStatus=ok | expectStatus: \"ok\"",
                "HTTP | url=http://x;follow=maybe | follow: \"maybe\"",
                "HTTP | url=http://x;warn=slow | warn: \"slow\"",
                "HTTP | url=http://x;method=HEAD;contains=y | contains: an answer to HEAD",
                "TCP | host=x;port=70000 | port: \"70000\"",
                "TCP | host=;port=1 | host: \"\"",
                "DISK | path=var | path: \"var\"",
                "DISK | path=/;crit=90%  | crit: \"90%\"",
                "LOAD | warn=1,2 | warn: \"1,2\"",
                "LOAD | warn=1,x,2 | warn: \"1,x,2\"",
                "PROCESS | name= | name: it is empty",
                "PROCESS | name=x;min=few | min: \"few\"",
                "PROCESS | name=x;min=3;max=2 | max: \"2\"",
                "MEMORY | size=3 | size: the probe memory has no such parameter"
            })
    void aWrongParameterIsRefusedByItsName(ProbeKind kind, String parameters, String message) {
        String[] pairs = parameters.strip().split("[=;]", -1);

        assertThatThrownBy(() -> run(kind, pairs))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(message.strip());
    }
}
