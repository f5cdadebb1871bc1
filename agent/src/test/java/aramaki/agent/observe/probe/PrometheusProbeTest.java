package aramaki.agent.observe.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.probe.prometheus.Exposition;
import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import aramaki.testkit.Gen;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrometheusProbeTest {
    private static final String METRICS =
            """
            # HELP http_requests_total Requests.
            # TYPE http_requests_total counter
            http_requests_total{code="200",method="get"} 1027 1395066363000
            http_requests_total{code="500",method="get"} 3
            # TYPE process_resident_memory_bytes gauge
            process_resident_memory_bytes 4.2e+07
            queue_age_seconds{queue="mail \\"x\\" \\\\ y"} 12.5
            up 1
            broken NaN
            """;

    /// An exporter that does the same with every request.
    private record Exporter(HttpServer server) implements AutoCloseable {
        static Exporter of(Handler handler) throws IOException {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext(
                    "/metrics",
                    exchange -> {
                        try (exchange) {
                            handler.handle(exchange);
                        }
                    });
            server.start();
            return new Exporter(server);
        }

        static Exporter saying(String text) throws IOException {
            return of(
                    exchange -> {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(text.getBytes(UTF_8));
                    });
        }

        Finding look(Duration timeout, String metrics, String... more) throws InterruptedException {
            var pairs =
                    new ArrayList<>(
                            List.of(
                                    "url",
                                    "http://127.0.0.1:"
                                            + server.getAddress().getPort()
                                            + "/metrics",
                                    "metrics",
                                    metrics));
            pairs.addAll(List.of(more));
            return Look.at(
                    Look.probes(InstantSource.system()),
                    ProbeKind.PROMETHEUS,
                    timeout,
                    pairs.toArray(String[]::new));
        }

        Finding look(String metrics, String... more) throws InterruptedException {
            return look(Look.LONG, metrics, more);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @FunctionalInterface
    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    @Test
    void chosenSeriesBecomeMetrics() throws Exception {
        try (var exporter = Exporter.saying(METRICS)) {
            Finding finding =
                    exporter.look(
                            "http_requests_total{method=\"get\"}, process_resident_memory_bytes");

            assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
            assertThat(Look.names(finding))
                    .containsExactly(
                            "http_requests_total{code=\"200\",method=\"get\"}",
                            "http_requests_total{code=\"500\",method=\"get\"}",
                            "process_resident_memory_bytes");
            assertThat(Look.value(finding, "process_resident_memory_bytes")).isEqualTo(4.2e7);
            assertThat(Look.metric(finding, "process_resident_memory_bytes").unit()).isEqualTo("B");
            assertThat(finding.metrics().getFirst().unit()).isEqualTo("c");
        }
    }

    @Test
    void labelsSelectByEqualityAndByPattern() throws Exception {
        try (var exporter = Exporter.saying(METRICS)) {
            assertThat(exporter.look("http_requests_total{code=~\"5..\"}").metrics()).hasSize(1);
            assertThat(exporter.look("http_requests_total{code!~\"5..\"}").output())
                    .contains("code=\"200\"");
            assertThat(exporter.look("http_requests_total{code!=\"200\"}").metrics()).hasSize(1);
            assertThat(exporter.look("up{job=\"\"}").metrics()).hasSize(1);
        }
    }

    @Test
    void aValueBeyondItsLimitIsNamedWithIt() throws Exception {
        try (var exporter = Exporter.saying(METRICS)) {
            Finding finding = exporter.look("queue_age_seconds, up", "warn", "10", "crit", "60");

            assertThat(finding.state()).isEqualTo(State.WARNING);
            assertThat(finding.output())
                    .isEqualTo(
                            "queue_age_seconds{queue=\"mail \"x\" \\ y\"} is 12.5, warning above"
                                    + " 10");
            assertThat(finding.metrics().getFirst().crit()).isEqualTo(Range.parse("60"));
        }
    }

    @Test
    void aMetricThatIsNotThereIsUnknown() throws Exception {
        try (var exporter = Exporter.saying(METRICS)) {
            assertThat(exporter.look("up, http_requests_total{code=\"404\"}"))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.UNKNOWN))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .isEqualTo(
                                                    "it has no http_requests_total{code=\"404\"}"));
            assertThat(exporter.look("broken").output()).isEqualTo("broken is no number (NaN)");
        }
    }

    @Test
    void whatIsNotTheFormatIsUnknownAndNamesTheLine() throws Exception {
        for (var bad :
                List.of(
                        "up one # line 1: the value is no number",
                        "up 1_000 # line 1: the value is no number",
                        "up{a=\"1\" 2 # line 1: a } is expected at character 10",
                        "up{a=1} 2 # line 1: a \" is expected at character 6",
                        "up{a=\"1\",a=\"2\"} 2 # line 1: the label a stands twice",
                        "up{a=\"\\x\"} 2 # line 1: after a backslash comes",
                        "up{a=\"1 # line 1: a label's value has no closing quote",
                        "9up 1 # line 1: a metric's name is expected at character 1",
                        "up # line 1: behind the name stand a value and perhaps a time",
                        "up 1 2 3 # line 1: behind the name stand a value and perhaps a time",
                        "up 1 soon # line 1: the time is no whole number of milliseconds",
                        "<html> # line 1: a metric's name is expected at character 1")) {
            String[] parts = bad.split(" # ");
            try (var exporter = Exporter.saying(parts[0] + "\n")) {
                Finding finding = exporter.look("up");

                assertThat(finding.state()).as(bad).isEqualTo(State.UNKNOWN);
                assertThat(finding.output())
                        .contains(": no metrics in the text format: " + parts[1]);
            }
        }
    }

    @Test
    void anExpositionThatWasCutIsUnknown() throws Exception {
        try (var exporter = Exporter.saying("up 1\nqueue_length 12")) {
            assertThat(exporter.look("queue_length").output())
                    .endsWith("line 2: it does not end with a line feed, so it was cut");
        }
    }

    @Test
    void anExporterThatStreamsForEverIsCutOff() throws Exception {
        byte[] lines = "some_metric{a=\"b\"} 1\n".repeat(1000).getBytes(UTF_8);
        try (var exporter =
                Exporter.of(
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            while (true) {
                                exchange.getResponseBody().write(lines);
                            }
                        })) {
            Finding finding = exporter.look("up");

            assertThat(finding.state()).isEqualTo(State.UNKNOWN);
            assertThat(finding.output()).endsWith(": it sends more than 16 MiB");
        }
    }

    @Test
    void anExporterThatStreamsForEverSlowlyIsCutOffInTime() throws Exception {
        try (var exporter =
                Exporter.of(
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            while (true) {
                                exchange.getResponseBody().write("up 1\n".getBytes(UTF_8));
                                exchange.getResponseBody().flush();
                                LockSupport.parkNanos(10_000_000);
                            }
                        })) {
            assertThat(exporter.look(Duration.ofMillis(500), "up"))
                    .isEqualTo(Finding.of(State.CRITICAL, "timed out after 0.500 s"));
        }
    }

    @Test
    void aLineWithoutEndIsCutOff() throws Exception {
        try (var exporter =
                Exporter.of(
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            while (true) {
                                exchange.getResponseBody().write("aaaaaaaaaa".getBytes(UTF_8));
                            }
                        })) {
            assertThat(exporter.look("up").output()).endsWith("line 1: it is longer than 64 KiB");
        }
    }

    @Test
    void moreSeriesThanCanBeKeptAreUnknown() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < 250; i++) {
            text.append("up{n=\"" + i + "\"} 1\n");
        }
        try (var exporter = Exporter.saying(text.toString())) {
            Finding finding = exporter.look("up");

            assertThat(finding.state()).isEqualTo(State.UNKNOWN);
            assertThat(finding.metrics()).hasSize(200);
            assertThat(finding.output())
                    .isEqualTo(
                            "more than 200 series fit, of which 50 were not looked at: ask for"
                                    + " fewer");
        }
    }

    @Test
    void anExporterThatFailsOrIsNotThereIsCritical() throws Exception {
        int port;
        try (var exporter = Exporter.of(exchange -> exchange.sendResponseHeaders(503, -1))) {
            port = exporter.server().getAddress().getPort();
            assertThat(exporter.look("up"))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                    .satisfies(f -> assertThat(f.output()).endsWith(": HTTP 503; expected 200"));
        }
        assertThat(
                        Look.at(
                                        ProbeKind.PROMETHEUS,
                                        "url",
                                        "http://127.0.0.1:" + port,
                                        "metrics",
                                        "up")
                                .state())
                .isEqualTo(State.CRITICAL);
    }

    @Test
    void whateverIsDoneToAnExpositionItIsReadOrRefused() {
        Gen.forAll(
                2000,
                gen -> {
                    byte[] bytes = METRICS.getBytes(UTF_8);
                    for (int i = gen.between(1, 6); i > 0; i--) {
                        bytes[gen.between(0, bytes.length - 1)] = (byte) gen.between(0, 255);
                    }
                    try {
                        new Exposition(new ByteArrayInputStream(bytes))
                                .read(sample -> assertThat(sample.series()).isNotEmpty());
                    } catch (Exposition.Bad e) {
                        assertThat(e.getMessage()).startsWith("line ");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void badSelectorsAreRefused() {
        for (var bad :
                List.of(
                        "up{",
                        "up{a}",
                        "up{a=\"}",
                        "up down",
                        "up,",
                        "up{a=~\"(\"}",
                        "up{a=~\"(a{1000}){1000}\"}")) {
            assertThatThrownBy(
                            () -> Look.at(ProbeKind.PROMETHEUS, "url", "http://x", "metrics", bad))
                    .as(bad)
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("metrics: ");
        }
    }
}
