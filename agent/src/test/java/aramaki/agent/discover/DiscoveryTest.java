package aramaki.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.log.Log;
import aramaki.agent.observe.CheckRunner;
import aramaki.agent.observe.Observed;
import aramaki.agent.policy.HostPolicy;
import aramaki.agent.schedule.Runner;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import aramaki.protocol.agent.AgentMessage.Found;
import aramaki.protocol.agent.AgentMessage.Proposed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Runner WELL = _ -> observed(State.OK, "fine");

    @TempDir Path root;

    private static Observed observed(State state, String output) {
        return new Observed(state, output, List.of(), NOON, NOON);
    }

    private Found look(FakeHost host, Runner runner) throws InterruptedException {
        return look(host, runner, HostPolicy.DEFAULT);
    }

    private Found look(FakeHost host, Runner runner, HostPolicy policy)
            throws InterruptedException {
        try (var discovery =
                new Discovery(
                        host.host(),
                        Discovery.looks(),
                        new Trial(policy, runner),
                        _ -> {},
                        Log.NONE)) {
            return discovery.look();
        }
    }

    private FakeHost webHost() {
        return new FakeHost(root)
                .file("/proc/loadavg", "0 0 0 1/1 1\n")
                .file("/proc/self/mounts", "/dev/sda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\n")
                .program(10, "nginx", "nginx: master process /usr/sbin/nginx\0", 1)
                .program(20, "postgres", "postgres\0-D\0/var\0", 2)
                .tcp("00000000:0050 0A 1", "0100007F:1538 0A 2");
    }

    private static List<String> names(Found found) {
        return found.proposals().stream().map(Proposed::name).toList();
    }

    @Test
    void whatRunsIsProposedWithACheckForIt() throws InterruptedException {
        assertThat(names(look(webHost(), WELL)))
                .containsExactlyInAnyOrder(
                        "nginx-80",
                        "nginx-process",
                        "postgresql-5432",
                        "postgresql-process",
                        "disk-root",
                        "load",
                        "memory",
                        "swap",
                        "uptime");
    }

    @Test
    void anEmptyHostGivesNothingAndFailsNothing() throws InterruptedException {
        assertThat(look(new FakeHost(root), WELL).proposals()).isEmpty();
    }

    @Test
    void theVersionStaysWhileOnlyWhatTryingPrintsChanges() throws InterruptedException {
        var first = look(webHost(), WELL);
        var second = look(new FakeHost(root), _ -> observed(State.OK, "other words"));
        var third = look(new FakeHost(root), _ -> observed(State.CRITICAL, "fine"));

        assertThat(second.version()).isEqualTo(first.version());
        assertThat(third.version()).isNotEqualTo(first.version());
    }

    @Test
    void aWebServerThatRefusesItsFrontPageIsAskedForItsPortOnly() throws InterruptedException {
        var found =
                look(
                        webHost(),
                        assignment ->
                                observed(
                                        "http".equals(assignment.probe())
                                                ? State.CRITICAL
                                                : State.OK,
                                        ""));

        assertThat(found.proposals())
                .filteredOn(p -> p.name().equals("nginx-80"))
                .singleElement()
                .satisfies(p -> assertThat(p.probe()).isEqualTo("tcp"));
    }

    @Test
    void whatThePolicyDoesNotPermitIsNeitherTriedNorProposed() throws InterruptedException {
        var probes = EnumSet.allOf(ProbeKind.class);
        probes.remove(ProbeKind.HTTP);
        probes.remove(ProbeKind.LOAD);
        var policy =
                new HostPolicy(
                        HostPolicy.Checks.NONE,
                        List.of(),
                        probes,
                        "nobody",
                        Set.of(),
                        0,
                        List.of());
        var tried = new CopyOnWriteArrayList<String>();

        var found =
                look(
                        webHost(),
                        assignment -> {
                            tried.add(String.valueOf(assignment.probe()));
                            return observed(State.OK, "");
                        },
                        policy);

        assertThat(names(found)).contains("nginx-80", "memory").doesNotContain("load");
        assertThat(tried).doesNotContain("http", "load");
    }

    @Test
    void aSiteIsProposedOnlyWhenAskingForItLeadsSomewhere() throws InterruptedException {
        var host =
                webHost()
                        .file(
                                "/etc/nginx/nginx.conf",
                                "http { server { server_name shop.example gone.example; } }");
        var found =
                look(
                        host,
                        assignment ->
                                observed(
                                        assignment
                                                        .parameters()
                                                        .containsValue("http://gone.example/")
                                                ? State.CRITICAL
                                                : State.OK,
                                        ""));

        assertThat(names(found)).contains("http-shop.example").doesNotContain("http-gone.example");
    }

    @Test
    void aHostFullOfListenersStaysWithinTheMessage() throws InterruptedException {
        var rows =
                IntStream.range(0, 500)
                        .mapToObj(i -> "00000000:%04X 0A %d".formatted(1000 + i, 100 + i))
                        .toArray(String[]::new);
        var host = new FakeHost(root).tcp(rows);
        for (int i = 0; i < 500; i++) {
            host.program(100 + i, "svc" + i, "svc\0", 100 + i);
        }

        assertThat(look(host, WELL).proposals()).hasSize(Found.MAX_PROPOSALS);
    }

    @Test
    void aHostilePrintOfATrialIsOneBoundedLine() throws InterruptedException {
        var found =
                look(webHost(), _ -> observed(State.OK, "\u001b[2J\u202e" + "x".repeat(10_000)));

        assertThat(found.proposals())
                .allSatisfy(
                        p ->
                                assertThat(p.triedOutput())
                                        .hasSizeLessThan(400)
                                        .doesNotContain("\u001b", "\u202e", "\n"));
    }

    @Test
    void askingMakesItLookAgain() {
        var told = new CopyOnWriteArrayList<Found>();
        try (var discovery =
                new Discovery(
                        webHost().host(),
                        Discovery.looks(),
                        new Trial(HostPolicy.DEFAULT, WELL),
                        told::add,
                        Log.NONE)) {
            discovery.start();
            Awaitility.await().until(() -> told.size() == 1);

            discovery.lookAgain();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 2);
        }
    }

    @Test
    void aRealNginxIsFoundTriedAndWell() throws IOException, InterruptedException {
        int port = freePort();
        Path config = root.resolve("nginx.conf");
        Files.writeString(
                config,
                """
                daemon off; pid %1$s/pid; error_log %1$s/error.log;
                events {}
                http {
                    access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p;
                    fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                    server { listen 127.0.0.1:%2$d; server_name shop.example; return 200 hello; }
                }
                """
                        .formatted(root, port));
        var nginx =
                new ProcessBuilder("nginx", "-c", config.toString(), "-p", root.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(root.resolve("out").toFile())
                        .start();
        try {
            var runner = CheckRunner.of(HostPolicy.DEFAULT, root, InstantSource.system());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(Listening.on(Host.here()))
                                            .anyMatch(l -> l.port() == port));
            try (var discovery =
                    Discovery.here(HostPolicy.DEFAULT, runner::run, _ -> {}, Log.NONE)) {
                assertThat(discovery.look().proposals())
                        .filteredOn(p -> p.id().equals("port:" + port))
                        .singleElement()
                        .satisfies(
                                p -> {
                                    assertThat(p.name()).isEqualTo("nginx-" + port);
                                    assertThat(p.probe()).isEqualTo("http");
                                    assertThat(p.parameters())
                                            .containsEntry("url", "http://127.0.0.1:" + port + "/");
                                    assertThat(p.triedState()).isEqualTo("ok");
                                });
            }
            assertThat(Nginx.servers(Host.here()))
                    .anyMatch(s -> s.names().contains("shop.example"));
        } finally {
            nginx.destroy();
            assertThat(nginx.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
