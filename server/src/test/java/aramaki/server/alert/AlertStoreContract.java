package aramaki.server.alert;

import static aramaki.server.store.Look.list;
import static aramaki.server.store.Look.maybe;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.server.TestClock;
import aramaki.server.alert.AlertStore.Episode;
import aramaki.server.alert.AlertStore.Which;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of alerts promises.
public abstract class AlertStoreContract {
    private static final AlertKey DISK = AlertKey.parse("shop/web1/disk");
    private static final AlertKey LOAD = AlertKey.parse("shop/web1/load");
    private static final AlertKey MAIL = AlertKey.parse("office/mx/queue");
    private static final Instant NOW = TestClock.START;

    @TempDir protected Path folder;
    private AlertStore alerts;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        alerts = backend.alerts();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAlertComesBackAsItWasSaved() {
        var alert = firing(DISK, 'a', 0);
        save(alert);
        assertThat(maybe(store, tx -> alerts.alert(tx, DISK))).hasValue(alert);
        assertThat(maybe(store, tx -> alerts.alert(tx, LOAD))).isEmpty();
        var resolved = resolved(DISK, 'a', 0, 60);
        save(resolved);
        assertThat(maybe(store, tx -> alerts.alert(tx, DISK))).hasValue(resolved);
    }

    @Test
    void firingAlertsComeFirstThenTheLatest() {
        save(
                resolved(LOAD, 'b', 0, 500),
                firing(DISK, 'a', 10),
                firing(MAIL, 'c', 20),
                resolved(AlertKey.parse("shop/web2/load"), 'd', 0, 900));
        assertThat(keys(Which.ALL, Optional.empty(), 9))
                .containsExactly(
                        "office/mx/queue", "shop/web1/disk", "shop/web2/load", "shop/web1/load");
        assertThat(keys(Which.FIRING, Optional.empty(), 9))
                .containsExactly("office/mx/queue", "shop/web1/disk");
        assertThat(keys(Which.RESOLVED, Optional.empty(), 1)).containsExactly("shop/web2/load");
        assertThat(keys(Which.FIRING, Optional.of(new SystemName("shop")), 9))
                .containsExactly("shop/web1/disk");
        assertThat(store.<Long>read(alerts::countFiring)).isEqualTo(2);
    }

    @Test
    void eachEpisodeIsKept() {
        save(firing(DISK, 'a', 0), resolved(DISK, 'a', 0, 60), firing(DISK, 'b', 100));
        assertThat(list(store, tx -> alerts.episodes(tx, DISK, 9)))
                .containsExactly(
                        new Episode(
                                episode('b'),
                                State.CRITICAL,
                                NOW.plusSeconds(100),
                                Optional.empty()),
                        new Episode(
                                episode('a'),
                                State.CRITICAL,
                                NOW,
                                Optional.of(NOW.plusSeconds(60))));
        assertThat(list(store, tx -> alerts.episodes(tx, DISK, 1))).hasSize(1);
        assertThat(list(store, tx -> alerts.episodes(tx, LOAD, 9))).isEmpty();
    }

    @Test
    void aCursorBeginsAtZeroAndIsKeptPerConsumer() {
        assertThat(cursor("alerts")).isEqualTo(0);
        store.write(
                tx -> {
                    alerts.saveCursor(tx, "alerts", 7);
                    alerts.saveCursor(tx, "alerts", 9);
                    return 0;
                });
        assertThat(cursor("alerts")).isEqualTo(9);
        assertThat(cursor("notify")).isEqualTo(0);
    }

    private long cursor(String consumer) {
        return store.read(tx -> alerts.cursor(tx, consumer));
    }

    private void save(Alert... all) {
        store.write(
                tx -> {
                    List.of(all).forEach(alert -> alerts.save(tx, alert));
                    return 0;
                });
    }

    private List<String> keys(Which which, Optional<SystemName> system, int limit) {
        return store.read(tx -> alerts.alerts(tx, which, system, limit)).stream()
                .map(a -> a.key().toString())
                .toList();
    }

    private static Alert firing(AlertKey key, char episode, long afterSeconds) {
        return new Alert(
                key,
                episode(episode),
                new AlertState.Firing(),
                State.CRITICAL,
                NOW.plusSeconds(afterSeconds),
                "on fire");
    }

    private static Alert resolved(AlertKey key, char episode, long since, long until) {
        return new Alert(
                key,
                episode(episode),
                new AlertState.Resolved(NOW.plusSeconds(until)),
                State.CRITICAL,
                NOW.plusSeconds(since),
                "");
    }

    private static EpisodeId episode(char letter) {
        return new EpisodeId("e_" + String.valueOf(letter).repeat(16));
    }
}
