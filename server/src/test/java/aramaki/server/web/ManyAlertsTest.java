package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.State;
import aramaki.server.LiveServer;
import aramaki.server.TestClock;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.Firings;
import aramaki.server.identity.DataDirectory;
import aramaki.server.sql.SqlAlertStore;
import aramaki.server.sql.SqliteStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten thousand firing alerts: the worst are shown, quickly, each with its past.
class ManyAlertsTest {
    private static final int MANY = 10_000;

    @TempDir private Path data;

    @Test
    void tenThousandFiringAlertsAreCutToTheWorstAndThePageSaysSo() {
        new LiveServer(data).close(); // makes the folder
        fill(MANY);
        try (var live = new LiveServer(data);
                var browser = new Browser(live.server.url())) {
            var link = live.server.signInLink();
            browser.get(link.getPath() + "?" + link.getQuery());
            browser.get("/alerts"); // the first page of a server loads its classes
            long begun = System.nanoTime();
            var page = browser.get("/alerts");
            var took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("10000 firing (the worst 200 are shown")
                    .contains("3rd time in 90 days (1 in 7), usually 60 s");
            assertThat(page.body().split("class=\"pick\"", -1)).hasSize(201);
            assertThat(page.body()).contains("&amp;page=1");
            assertThat(browser.get("/alerts?page=49").body().split("class=\"pick\"", -1))
                    .hasSize(201);
            assertThat(browser.get("/alerts?page=50").body()).doesNotContain("class=\"pick\"");
            assertThat(page.body()).hasSizeLessThan(400_000);
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            assertThat(browser.get("/alerts?q=entity:web77").body()).contains("20 firing");
            assertThat(browser.get("/").body().length()).isLessThan(200_000);
        }
    }

    @Test
    void thePastOfAnyNumberOfAlertsIsOneQuestion() {
        new LiveServer(data).close();
        fill(400);
        try (var store = SqliteStore.open(data.resolve(DataDirectory.STORE))) {
            var asked = new AtomicInteger();
            var alerts = counting(new SqlAlertStore(), asked);
            for (int rows : new int[] {1, 10, 200, 400}) {
                asked.set(0);
                var shown =
                        store.read(
                                tx ->
                                        alerts.alerts(
                                                tx,
                                                AlertStore.Which.FIRING,
                                                Optional.empty(),
                                                rows));
                var firings =
                        store.read(
                                tx -> alerts.firings(tx, shown.stream().map(Alert::key).toList()));
                assertThat(firings).hasSize(rows);
                assertThat(asked).hasValue(2);
            }
        }
    }

    /// Each method of the port is one statement.
    private static AlertStore counting(AlertStore alerts, AtomicInteger asked) {
        return (AlertStore)
                Proxy.newProxyInstance(
                        AlertStore.class.getClassLoader(),
                        new Class<?>[] {AlertStore.class},
                        (_, method, arguments) -> {
                            asked.incrementAndGet();
                            return method.invoke(alerts, arguments);
                        });
    }

    private void fill(int many) {
        fill(data, many);
    }

    static void fill(Path data, int many) {
        var alerts = new SqlAlertStore();
        try (var store = SqliteStore.open(data.resolve(DataDirectory.STORE))) {
            for (int from = 0; from < many; from += 1000) {
                int first = from;
                store.write(
                        tx -> {
                            for (int i = first; i < Math.min(many, first + 1000); i++) {
                                save(alerts, tx, i);
                            }
                            return 0;
                        });
            }
        }
    }

    private static void save(AlertStore alerts, aramaki.server.store.Tx tx, int i) {
        var key = AlertKey.parse("shop/web" + i % 500 + "/check-" + i);
        var since = TestClock.START.minusSeconds(i);
        alerts.save(
                tx,
                new Alert(
                        key,
                        episode(i),
                        new AlertState.Firing(),
                        i % 20 == 0 ? State.CRITICAL : State.WARNING,
                        since,
                        "check " + i + " is bad"));
        alerts.saveFirings(
                tx,
                key,
                Firings.none(since)
                        .fired(since.minus(Duration.ofDays(20)), Optional.empty())
                        .resolved(since, since.plusSeconds(60))
                        .fired(since.minus(Duration.ofDays(10)), Optional.empty())
                        .fired(since, Optional.of(since)));
    }

    private static EpisodeId episode(int number) {
        var id = new StringBuilder("e_");
        "%016d".formatted(number).chars().forEach(c -> id.append((char) (c - '0' + 'a')));
        return new EpisodeId(id.toString());
    }
}
