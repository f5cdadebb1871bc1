package aramaki.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.Refusal;
import aramaki.server.sql.PostgresBackend;
import aramaki.server.store.StoreSettings;
import aramaki.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole server whose store is in PostgreSQL, and what people, programs and agents are told while
/// that is gone.
@Timeout(120)
class PostgresServerTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir private Path folder;
    private final Postgres postgres = Postgres.expendable();
    private StoreSettings store;

    @BeforeEach
    void create() {
        store = PostgresBackend.settings(PostgresBackend.expendable().database());
    }

    private ServerSettings settings(String data) {
        return ServerSettings.of(folder.resolve(data), 0, Optional.empty()).with(store);
    }

    @Test
    void whatWasThereIsThereAfterARestartAndVerifies() throws Exception {
        try (var live = new LiveServer(settings("data"))) {
            live.post("/api/v1/systems", "{\"name\":\"shop\"}");
            live.post("/api/v1/systems/shop/notes", "{\"text\":\"Ärger mit Ümlauten\"}");
            assertThat(live.get("/api/v1/events?text=rger%20mit").path("items")).hasSize(1);
        }
        try (var live = new LiveServer(settings("data"))) {
            var events = live.get("/api/v1/events?system=shop");
            assertThat(events.at("/items/0/text").asText()).isEqualTo("Ärger mit Ümlauten");
            var report = LiveServer.json(live.post("/api/v1/admin/verify", ""));
            assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        }
        assertThat(folder.resolve("data/aramaki.db")).doesNotExist();
    }

    @Test
    void aDatabaseThatIsGoneIsToldToEverybodyAndNeedsNoRestart() throws Exception {
        try (var live = new LiveServer(settings("data"))) {
            live.post("/api/v1/systems", "{\"name\":\"shop\"}");
            postgres.stopImmediately();
            try {
                var refused = live.post("/api/v1/systems", "{\"name\":\"office\"}");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Content-Type"))
                        .contains("application/problem+json");
                assertThat(LiveServer.code(refused)).isEqualTo("store-gone");
                var page = live.sent(live.asOwner("/").header("Accept", "text/html"));
                assertThat(page.statusCode()).isEqualTo(503);
                assertThat(page.body()).contains("Not now", "the database cannot be reached");
                assertThat(live.sent(live.to("/healthz")).statusCode()).isEqualTo(200);
                await().atMost(SOON).until(() -> live.sent(live.to("/readyz")).statusCode() == 503);
                assertThat(live.sent(live.to("/readyz")).body())
                        .isEqualTo("not ready: store-gone\n");
            } finally {
                postgres.start();
            }
            await().atMost(SOON).until(() -> live.sent(live.to("/readyz")).statusCode() == 200);
            assertThat(live.post("/api/v1/systems", "{\"name\":\"office\"}").statusCode())
                    .isEqualTo(201);
            assertThat(live.get("/api/v1/systems").path("items").findValuesAsText("name"))
                    .contains("shop", "office");
        }
    }

    @Test
    void aReadOnlyDatabaseIsReadAndNamedByTheDoctor() throws Exception {
        try (var live = new LiveServer(settings("data"))) {
            postgres.readOnly(true);
            try {
                await().atMost(SOON)
                        .until(
                                () ->
                                        live.post("/api/v1/systems", "{\"name\":\"shop\"}")
                                                        .statusCode()
                                                == 503);
                assertThat(live.sent(live.asOwner("/").header("Accept", "text/html")).statusCode())
                        .isEqualTo(200);
                var report = live.get("/api/v1/doctor");
                assertThat(report.toString())
                        .contains(
                                "The store takes no writes: the database takes no writes, it is"
                                        + " read-only now");
            } finally {
                postgres.readOnly(false);
            }
            await().atMost(SOON).until(() -> live.sent(live.to("/readyz")).statusCode() == 200);
        }
    }

    @Test
    void aSecondServerOnTheSameDatabaseIsRefused() throws Exception {
        try (var live = new LiveServer(settings("data"))) {
            assertRefused("store-taken", settings("other"));
            assertThat(live.sent(live.to("/readyz")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDatabaseOfAnotherInstanceIsRefused() {
        new LiveServer(settings("data")).close();
        assertRefused("foreign-store", settings("other"));
    }

    @Test
    void aFolderWhoseHistoryIsElsewhereIsRefused() throws Exception {
        var embedded = ServerSettings.of(folder.resolve("data"), 0, Optional.empty());
        new LiveServer(embedded).close();
        assertRefused("other-store", settings("data"));
        Files.delete(folder.resolve("data/store")); // one of a version that did not note it
        assertRefused("other-store", settings("data"));
        new LiveServer(embedded).close();
    }

    private static void assertRefused(String code, ServerSettings settings) {
        assertThatThrownBy(() -> new LiveServer(settings).close())
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
