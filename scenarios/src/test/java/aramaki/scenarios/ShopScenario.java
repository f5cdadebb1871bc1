package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.testkit.Postgres;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The story of the README: a real nginx behind a real Varnish, watched by real plugins, breaks and
/// comes back while a page is open; then the agent dies.
class ShopScenario {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration START = Duration.ofSeconds(90);
    private static final List<String> LAYERS = List.of("shop", "shop-production", "shop-host");
    private static final int HOST_CHECKS = 8;

    @TempDir Path folder;

    private final List<String> errors = new ArrayList<>();
    private int port;

    @Test
    void aBrokenServiceShowsOnEveryLayerOfTheOpenPage() throws Exception {
        tell(Map.of());
    }

    @Test
    void theSameOnPostgresql() throws Exception {
        tell(Postgres.shared().database().environment());
        assertThat(folder.resolve("data/aramaki.db")).doesNotExist();
    }

    /// @param settings of the server, as variables of its environment
    private void tell(Map<String, String> settings) throws Exception {
        port = Checkout.freePort();
        int nginx = Checkout.freePort();
        int varnish = Checkout.freePort();
        Path systems = copyShop(nginx, varnish);
        try (var checkout = new Checkout(folder, settings, List.of());
                var browser = new Browser()) {
            var services = startServices(checkout, nginx, varnish);
            var up =
                    checkout.aramaki(
                            "up",
                            "--data",
                            folder.resolve("data").toString(),
                            "--port",
                            Integer.toString(port),
                            "--systems",
                            systems.toString());
            String link = up.says("sign in once.*: (http\\S+)", START).group(1);
            assertThat(up.lines()).contains("ready: http://localhost:" + port);

            var page = browser.page();
            page.navigate(link);
            assertThat(page.url()).isEqualTo("http://localhost:" + port + "/");
            hostIsWatched(checkout);
            shopIs(checkout, "ok");

            page.navigate("http://localhost:" + port + "/s/shop");
            page.evaluate("window.neverReloaded = true");
            services.signal("USR1"); // nginx stops
            pageShows(page, "critical", "http-nginx");
            alertsName(checkout, "http-nginx", "front-fast", "page-content");
            eventsName(checkout, "state.changed", "http-nginx");
            eventsName(checkout, "alert.fired", "http-nginx");
            for (String layer : LAYERS) {
                statusOf(checkout, layer, "critical");
            }
            hopsAreComplete(checkout);
            if (settings.isEmpty()) {
                takePictures(page);
            }

            services.signal("USR1"); // nginx is back
            shopIs(checkout, "ok");
            eventsName(checkout, "alert.resolved", "http-nginx");
            noAlerts(checkout);
            page.navigate("http://localhost:" + port + "/s/shop");
            page.evaluate("window.neverReloaded = true");

            agentOf(up).destroyForcibly();
            for (String layer : LAYERS) {
                statusOf(checkout, layer, "stale");
            }
            pageShows(page, "stale", "front-fast");
            alertsName(checkout, "agent");
            noAlerts(checkout);
            assertThat(list(checkout, "alert", "list"))
                    .filteredOn(alert -> alert.path("severity").asText().equals("stale"))
                    .singleElement()
                    .matches(alert -> alert.path("check").asText().equals("agent"));

            var children = up.descendants();
            assertThat(up.stop()).isIn(0, 143);
            await().atMost(SOON).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            var verified =
                    checkout.cli("admin", "verify", "--data", folder.resolve("data").toString());
            assertThat(verified.exit()).as(verified.toString()).isZero();
            errors.addAll(browser.complaints());
        }
        assertThat(errors).as("complaints on the browser's console").allMatch(ShopScenario::cutOff);
    }

    /// The event stream breaks when the server stops; that is no fault of the page.
    private static boolean cutOff(String complaint) {
        return complaint.contains("net::ERR_");
    }

    private Path copyShop(int nginx, int varnish) throws IOException {
        Path from = Checkout.root().resolve("examples/shop");
        Path to = folder.resolve("shop");
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.toString().endsWith(".yaml")) {
                    Files.writeString(
                            target,
                            Files.readString(file)
                                    .replace("8781", Integer.toString(nginx))
                                    .replace("8782", Integer.toString(varnish)));
                }
            }
        }
        return to;
    }

    private static Program startServices(Checkout checkout, int nginx, int varnish)
            throws IOException {
        var services =
                checkout.start(
                        List.of(
                                Checkout.root().resolve("examples/shop/start").toString(),
                                "--nginx-port",
                                Integer.toString(nginx),
                                "--varnish-port",
                                Integer.toString(varnish)));
        services.says("Ctrl-C stops both", START);
        return services;
    }

    private void hostIsWatched(Checkout checkout) {
        await().atMost(START)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> {
                            String host =
                                    list(checkout, "agent", "list")
                                            .getFirst()
                                            .path("home")
                                            .asText();
                            var live =
                                    list(checkout, "check", "list", "--system", host).stream()
                                            .filter(
                                                    c ->
                                                            !c.path("state")
                                                                    .asText()
                                                                    .equals("pending"))
                                            .toList();
                            assertThat(live).hasSizeGreaterThanOrEqualTo(HOST_CHECKS);
                        });
    }

    private void shopIs(Checkout checkout, String state) {
        LAYERS.forEach(layer -> statusOf(checkout, layer, state));
    }

    private void statusOf(Checkout checkout, String layer, String state) {
        eventually(
                checkout,
                status -> status.path("state").asText().equals(state),
                layer + " is " + state,
                "system",
                "status",
                layer);
    }

    private void alertsName(Checkout checkout, String... checks) {
        for (String check : checks) {
            eventually(
                    checkout,
                    alerts -> names(alerts, "check", check),
                    "an alert about " + check,
                    "alert",
                    "list");
        }
    }

    /// The host's own checks may have something to say about a busy machine; the shop must not.
    private void noAlerts(Checkout checkout) {
        for (String layer : LAYERS) {
            eventually(
                    checkout,
                    JsonNode::isEmpty,
                    "no alert of " + layer,
                    "alert",
                    "list",
                    "--system",
                    layer);
        }
    }

    private void eventsName(Checkout checkout, String type, String check) {
        eventually(
                checkout,
                events -> {
                    for (var event : events) {
                        if (event.path("data").path("check").asText().equals(check)) {
                            return true;
                        }
                    }
                    return false;
                },
                type + " about " + check,
                "timeline",
                "list",
                "--type",
                type);
    }

    /// Every hop of the observation that showed it, from the schedule to the page.
    private void hopsAreComplete(Checkout checkout) throws IOException, InterruptedException {
        var changes = list(checkout, "timeline", "list", "--type", "state.changed");
        String observation = changes.getFirst().path("data").path("observation").asText();
        eventually(
                checkout,
                o ->
                        List.of(
                                        "due",
                                        "started",
                                        "finished",
                                        "spooled",
                                        "sent",
                                        "committed",
                                        "event",
                                        "alert",
                                        "page")
                                .stream()
                                .allMatch(hop -> o.path("hops").path(hop).isTextual()),
                "all hops of " + observation,
                "observation",
                "show",
                observation);
    }

    private static boolean names(JsonNode items, String field, String value) {
        for (var item : items) {
            if (item.path(field).asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private void pageShows(Page page, String... words) {
        for (String word : words) {
            page.locator("main")
                    .getByText(word)
                    .first()
                    .waitFor(
                            new com.microsoft.playwright.Locator.WaitForOptions()
                                    .setTimeout(SOON.toMillis()));
        }
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
    }

    private void takePictures(Page page) throws IOException {
        boolean keep = "write".equals(System.getProperty("aramaki.screenshots"));
        Path folder =
                Checkout.root().resolve(keep ? "docs/screenshots" : "scenarios/target/screenshots");
        Files.createDirectories(folder);
        String base = "http://localhost:" + port;
        for (var picture :
                List.of(
                        "home /",
                        "system /s/shop",
                        "systems /systems",
                        "check /s/shop-host/checks/http-nginx",
                        "alerts /alerts",
                        "timeline /timeline")) {
            var parts = picture.split(" ");
            page.navigate(base + parts[1]);
            Browser.screenshots(page, folder, parts[0]);
        }
    }

    private static ProcessHandle agentOf(Program up) {
        return up.descendants().stream()
                .filter(p -> p.info().commandLine().orElse("").contains("AgentMain"))
                .findFirst()
                .orElseThrow();
    }

    private void eventually(
            Checkout checkout, Predicate<JsonNode> fits, String what, String... command) {
        await(what)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> json(checkout, command), fits);
    }

    private List<JsonNode> list(Checkout checkout, String... command)
            throws IOException, InterruptedException {
        var items = new ArrayList<JsonNode>();
        json(checkout, command).forEach(items::add);
        return items;
    }

    private JsonNode json(Checkout checkout, String... command)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--json", "--server", "http://localhost:" + port));
        var said = checkout.cli(arguments.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isZero();
        return Json.read(said.out(), JsonNode.class);
    }
}
