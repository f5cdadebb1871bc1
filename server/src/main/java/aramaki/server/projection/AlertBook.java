package aramaki.server.projection;

import aramaki.model.alert.Acknowledgement;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.Care;
import aramaki.server.alert.AlertTables;
import aramaki.server.alert.Firings;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The alerts in memory, as exact as the tables keep them.
final class AlertBook implements AlertTables {
    private final Map<AlertKey, Alert> alerts = new HashMap<>();
    private final Map<AlertKey, Firings> firings = new HashMap<>();
    private final Map<String, List<String>> episodes = new LinkedHashMap<>();

    @Override
    public Optional<Alert> alert(Tx tx, AlertKey key) {
        return Optional.ofNullable(alerts.get(key));
    }

    @Override
    public void save(Tx tx, Alert alert) {
        var state =
                switch (alert.state()) {
                    case AlertState.Firing firing -> firing;
                    case AlertState.Resolved(var at) -> new AlertState.Resolved(exact(at));
                };
        var exact =
                new Alert(
                        alert.key(),
                        alert.episode(),
                        state,
                        alert.severity(),
                        exact(alert.since()),
                        alert.output(),
                        alert.flapping(),
                        exact(alert.care()));
        alerts.put(alert.key(), exact);
        episodes.put(alert.episode().value(), AlertText.episode(exact));
    }

    @Override
    public Map<AlertKey, Firings> firings(Tx tx, Collection<AlertKey> keys) {
        var found = new HashMap<AlertKey, Firings>();
        keys.forEach(
                key -> Optional.ofNullable(firings.get(key)).ifPresent(f -> found.put(key, f)));
        return found;
    }

    @Override
    public void saveFirings(Tx tx, AlertKey key, Firings told) {
        firings.put(
                key,
                new Firings(
                        exact(told.first()),
                        told.lastOk().map(AlertBook::exact),
                        told.total(),
                        told.hours(),
                        told.lasted(),
                        told.byHour()));
    }

    private static Care exact(Care care) {
        return new Care(
                care.owner(),
                care.name(),
                care.acknowledged()
                        .map(
                                a ->
                                        new Acknowledgement(
                                                exact(a.at()),
                                                a.until().map(AlertBook::exact),
                                                a.comment(),
                                                a.reminded())),
                care.act());
    }

    private static Instant exact(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    void restore(Alert alert) {
        alerts.put(alert.key(), alert);
    }

    void restore(AlertKey key, Firings told) {
        firings.put(key, told);
    }

    void restore(List<String> episode) {
        episodes.put(episode.getFirst(), episode);
    }

    /// @param flapping the checks that flap
    Map<List<String>, List<String>> alertRows(Collection<AlertKey> flapping) {
        var rows = new HashMap<List<String>, List<String>>();
        alerts.forEach(
                (key, alert) -> {
                    boolean flaps = alert.firing() && flapping.contains(key);
                    rows.put(AlertText.key(key), AlertText.alert(alert.flapping(flaps)));
                });
        return rows;
    }

    Map<List<String>, List<String>> historyRows() {
        var rows = new HashMap<List<String>, List<String>>();
        firings.forEach((key, f) -> rows.put(AlertText.key(key), AlertText.history(key, f)));
        return rows;
    }

    Map<List<String>, List<String>> episodeRows() {
        var rows = new HashMap<List<String>, List<String>>();
        episodes.forEach((id, row) -> rows.put(List.of(id), row));
        return rows;
    }
}
