package aramaki.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.Refusal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting and stopping a whole server, and what keeps one from starting.
class ServerTest {
    @TempDir private Path folder;

    @Test
    void whatWasThereIsThereAfterARestartAndVerifies() throws Exception {
        try (var live = new LiveServer(folder)) {
            live.post("/api/v1/systems", "{\"name\":\"shop\"}");
            live.post("/api/v1/systems/shop/notes", "{\"text\":\"hello\"}");
        }
        try (var live = new LiveServer(folder)) {
            var events = live.get("/api/v1/events?system=shop");
            assertThat(events.at("/items/0/text").asText()).isEqualTo("hello");
            var types = live.get("/api/v1/events").path("items").findValuesAsText("type");
            assertThat(types)
                    .contains("server.stopped")
                    .filteredOn("server.started"::equals)
                    .hasSize(2);
            var report = LiveServer.json(live.post("/api/v1/admin/verify", ""));
            assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
            assertThat(report.path("heads").asInt()).isPositive();
        }
    }

    /// The last head says where each log ended when the server stopped.
    @Test
    void everyLogIsSignedToItsEndAtStop() throws Exception {
        try (var live = new LiveServer(folder)) {
            live.post("/api/v1/systems", "{\"name\":\"shop\"}");
        }
        var backend = new aramaki.server.sql.SqliteBackend(folder);
        try (var store = backend.open()) {
            assertThat(aramaki.server.store.Look.list(store, backend.events()::withoutHead))
                    .isEmpty();
        }
    }

    @Test
    void twoServersOnOneDataDirectoryAreRefused() throws Exception {
        try (var live = new LiveServer(folder)) {
            assertRefused("data-in-use", folder, 0);
            assertThat(live.sent(live.to("/healthz")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDataDirectoryOfANewerVersionIsRefused() throws Exception {
        Files.writeString(folder.resolve("layout"), "7\n");
        assertRefused("data-too-new", folder, 0);
        assertThat(folder.resolve("aramaki.db")).doesNotExist();
    }

    @Test
    void aPortInUseIsRefusedAndLeavesNothingBehind() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertRefused("port-in-use", folder, taken.getLocalPort());
            assertRefused("port-in-use", folder, taken.getLocalPort()); // and is free again
        }
        try (var live = new LiveServer(folder)) {
            var types = live.get("/api/v1/events").path("items").findValuesAsText("type");
            assertThat(types).filteredOn("server.started"::equals).hasSize(1);
            assertThat(types).doesNotContain("server.stopped");
        }
    }

    @Test
    void aSystemsFolderIsTakenOverAndFollowed(@TempDir Path systems) throws Exception {
        var shop = Files.createDirectories(systems.resolve("shop"));
        Files.writeString(shop.resolve("system.yaml"), "title: Shop\n");
        try (var live = new LiveServer(ServerSettings.of(folder, 0, Optional.of(systems)))) {
            assertThat(live.get("/api/v1/systems/shop").path("title").asText()).isEqualTo("Shop");
            Files.writeString(shop.resolve("system.yaml"), "title: Laden\n");
            await().until(
                            () ->
                                    live.get("/api/v1/systems/shop")
                                            .path("title")
                                            .asText()
                                            .equals("Laden"));
        }
    }

    @Test
    void theSignInLinkNamesThisServer() {
        try (var live = new LiveServer(folder)) {
            assertThat(live.server.signInLink().toString())
                    .startsWith("http://localhost:" + live.server.port() + "/sign-in?code=");
        }
    }

    private static void assertRefused(String code, Path data, int port) {
        assertThatThrownBy(
                        () -> {
                            try (var server =
                                    new Server(
                                            ServerSettings.of(data, port, Optional.empty()),
                                            new TestClock())) {
                                server.start();
                            }
                        })
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(code);
                            assertThat(refusal.text()).isNotBlank();
                        });
    }
}
