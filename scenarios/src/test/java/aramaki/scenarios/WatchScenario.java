package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `aramaki watch` on a real terminal, while what it watches breaks, hides, lies and comes back.
class WatchScenario {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int QUIET_SECONDS = 10;
    private static final int EVENTS_A_SECOND = 10;

    @TempDir Path folder;

    private int port;
    private Path systems = Path.of("");

    @Test
    void theScreenTellsTheTruthAndTheTerminalIsGivenBack() throws Exception {
        port = Checkout.freePort();
        var door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        systems = systems(door.getLocalPort());
        try (var checkout = new Checkout(folder);
                var terminal = Tmux.start(folder, 24, 80, environment("C.UTF-8"))) {
            var up = up(checkout);
            terminal.type(watch(checkout) + "; echo ended $?", "Enter");
            terminal.shows(
                    s -> s.contains("no alerts") && s.contains("✔ ok") && s.contains("live "),
                    START);

            door.close();
            String fired =
                    terminal.shows(s -> s.contains("1 firing") && s.contains("refused"), SOON);
            assertThat(fired).contains("▸ ✖ critical  door on ", "house", "TIMELINE");
            assertThat(terminal.colours()).contains("\u001b[31m");

            hostileTextIsShownAndNotObeyed(checkout, terminal);
            everythingAboutOneAlert(terminal);
            everySize(terminal);
            figures(terminal);

            up.kill();
            String lost = terminal.shows(s -> s.contains("NOT LIVE since "), SOON);
            assertThat(lost).contains("◌ was critical  door on").doesNotContain("✔", "✖");
            assertThat(terminal.colours()).doesNotContain("\u001b[32m");
            up(checkout);
            terminal.shows(s -> s.contains("live ") && s.contains("✖ critical  door on"), START);

            endings(checkout, terminal);
        }
    }

    private void hostileTextIsShownAndNotObeyed(Checkout checkout, Tmux terminal) throws Exception {
        String evil = "\u001b[2J\u001b[Hgone \u001b]0;mine\u0007 \u202eesrever\u009b31m";
        assertThat(checkout.cli("timeline", "note", "house", evil, "--server", url()).exit())
                .isZero();
        assertThat(terminal.shows(s -> s.contains("esrever"), SOON))
                .contains("␛[2J␛[Hgone ␛]0;mine␇ \uFFFDesrever\uFFFD31m")
                .contains("aramaki localhost:" + port, "ALERTS", "✖ critical  door on");
    }

    private void everythingAboutOneAlert(Tmux terminal) throws Exception {
        terminal.type("Enter");
        terminal.shows(s -> s.contains("Episodes") && s.contains("What happened to it"), SOON);
        terminal.type("Escape");
        terminal.shows(s -> s.contains("SYSTEMS"), SOON);
        terminal.type("/", "nothing-like-it", "Enter");
        terminal.shows(s -> s.contains("no alerts fire with /nothing-like-it"), SOON);
        terminal.type("Escape");
        terminal.type("o");
        terminal.shows(s -> s.contains("http://localhost:" + port + "/s/house/checks/door"), SOON);
        terminal.type("?");
        terminal.shows(s -> s.contains("Ctrl-L"), SOON);
        terminal.type("q");
        terminal.shows(s -> s.contains("SYSTEMS"), SOON);
    }

    private void everySize(Tmux terminal) throws Exception {
        terminal.resize(10, 45);
        terminal.shows(s -> s.contains("ALERTS 1") && !s.contains("SYSTEMS"), SOON);
        terminal.resize(40, 150);
        terminal.shows(s -> s.contains("SYSTEMS") && s.contains("TIMELINE"), SOON);
        terminal.resize(24, 80);
        terminal.shows(s -> s.contains("SYSTEMS"), SOON);
    }

    /// How much crosses the line, in bytes.
    private void figures(Tmux terminal) throws Exception {
        Path sent = folder.resolve("sent");
        terminal.record(sent);
        wait(QUIET_SECONDS);
        long quiet = Files.size(sent) / QUIET_SECONDS;
        long before = Files.size(sent);
        noteOnAndOn();
        terminal.shows(s -> s.contains("note number " + QUIET_SECONDS * EVENTS_A_SECOND), SOON);
        long busy = (Files.size(sent) - before) / QUIET_SECONDS;
        System.out.printf(
                "watch at 80x24: %d bytes a second when quiet, %d at %d events a second%n",
                quiet, busy, EVENTS_A_SECOND);
        assertThat(quiet).isLessThan(200);
        assertThat(busy).isLessThan(6000);
    }

    private void noteOnAndOn() throws Exception {
        String token = new ServerApi(folder, port).token();
        int all = QUIET_SECONDS * EVENTS_A_SECOND;
        var left = new CountDownLatch(all);
        try (var client = HttpClient.newHttpClient();
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            clock.scheduleAtFixedRate(
                    () -> note(client, token, left, all),
                    0,
                    1000 / EVENTS_A_SECOND,
                    TimeUnit.MILLISECONDS);
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
            clock.shutdownNow();
        }
    }

    private void note(HttpClient client, String token, CountDownLatch left, int all) {
        long number = all - left.getCount() + 1;
        var request =
                HttpRequest.newBuilder(URI.create(url() + "/api/v1/systems/house/notes"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"text\":\"note number " + number + "\"}"))
                        .build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
            left.countDown();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void wait(int seconds) {
        Awaitility.await()
                .pollDelay(Duration.ofSeconds(seconds))
                .atMost(Duration.ofSeconds(seconds + 5L))
                .until(() -> true);
    }

    /// By q, Ctrl-C and a signal: the shell's screen is back, and the terminal echoes again.
    private void endings(Checkout checkout, Tmux terminal) throws Exception {
        terminal.type("q");
        assertThat(terminal.shows(s -> s.contains("ended 0"), SOON))
                .contains("http://localhost:" + port + "/s/house/checks/door")
                .doesNotContain("SYSTEMS");
        isGivenBack(terminal);

        terminal.type(watch(checkout) + "; echo ended $?", "Enter");
        terminal.shows(s -> s.contains("live "), START);
        terminal.type("C-c");
        terminal.shows(s -> s.contains("ended 130"), SOON);
        isGivenBack(terminal);

        terminal.type("LC_ALL=C " + watch(checkout) + "; echo ended $?", "Enter");
        String ascii = terminal.shows(s -> s.contains("live "), START);
        assertThat(ascii).contains("> X critical  door on").matches("\\p{ASCII}*");
        terminal.program().destroy();
        terminal.shows(s -> s.contains("ended 143"), SOON);
        isGivenBack(terminal);
    }

    private static void isGivenBack(Tmux terminal) throws Exception {
        terminal.type("clear; stty -a; echo so $((1 + 1))", "Enter");
        String settings = terminal.shows(s -> s.contains("so 2"), SOON);
        assertThat(settings).contains(" icanon", " echo ", "min = 1").doesNotContain("-icanon");
        terminal.type("clear", "Enter");
    }

    private Program up(Checkout checkout) throws IOException {
        var up =
                checkout.aramaki(
                        "up",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        Integer.toString(port),
                        "--systems",
                        systems.toString());
        up.says("ready: ", START);
        return up;
    }

    /// Only that system: how busy this machine is, is no matter of this test.
    private String watch(Checkout checkout) throws IOException {
        Path script = folder.resolve("watch");
        Files.writeString(
                script,
                "#!/bin/sh\nexec "
                        + checkout.clientCommand()
                        + " watch --server "
                        + url()
                        + " house\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private List<String> environment(String locale) {
        return List.of(
                "LC_ALL=" + locale,
                "XDG_CONFIG_HOME=" + folder.resolve("config"),
                "XDG_DATA_HOME=" + folder.resolve("data"));
    }

    private Path systems(int door) throws IOException {
        Path checks = folder.resolve("systems/house/checks");
        Files.createDirectories(checks);
        Files.writeString(folder.resolve("systems/house/system.yaml"), "title: House\n");
        Files.writeString(
                checks.resolve("door.yaml"),
                "name: door\nprobe: {tcp: {host: 127.0.0.1, port: " + door + "}}\nevery: 1s\n");
        return folder.resolve("systems");
    }

    private String url() {
        return "http://localhost:" + port;
    }
}
