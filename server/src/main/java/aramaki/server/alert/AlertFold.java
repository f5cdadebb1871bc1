package aramaki.server.alert;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the events of a log make of the alerts. It decides nothing: `AlertConsumer` decides, says
/// so in the log, and both it and a rebuild do to the tables what is said there, by this.
public final class AlertFold {
    private final AlertTables tables;

    public AlertFold(AlertTables tables) {
        this.tables = tables;
    }

    /// Whether from this event on a check flaps, and which check that is.
    public record Flaps(AlertKey key, boolean now) {}

    /// Does what an `alert.*` event says; other events change nothing.
    ///
    /// @param system the one in whose log it stands
    /// @param at when it happened
    public void apply(Tx tx, SystemName system, Payload data, Instant at) {
        switch (data) {
            case Payload.AlertFired p -> {
                var key = key(system, p.entity(), p.check());
                var episode = new EpisodeId(p.episode());
                var severity = State.ofWord(p.severity());
                tables.save(
                        tx,
                        new Alert(key, episode, new AlertState.Firing(), severity, at, p.output()));
                tables.saveFirings(
                        tx, key, firings(tx, key, at).fired(at, Optional.ofNullable(p.okAt())));
            }
            case Payload.AlertChanged p ->
                    tables.alert(tx, key(system, p.entity(), p.check()))
                            .ifPresent(
                                    a ->
                                            tables.save(
                                                    tx,
                                                    new Alert(
                                                            a.key(),
                                                            a.episode(),
                                                            a.state(),
                                                            State.ofWord(p.severity()),
                                                            a.since(),
                                                            p.output(),
                                                            a.flapping())));
            case Payload.AlertResolved p ->
                    tables.alert(tx, key(system, p.entity(), p.check()))
                            .ifPresent(a -> resolve(tx, a, p, at));
            default -> {} // only these three say something of an alert
        }
    }

    private void resolve(Tx tx, Alert alert, Payload.AlertResolved resolved, Instant at) {
        var key = alert.key();
        String output = resolved.output();
        tables.save(
                tx,
                new Alert(
                        key,
                        alert.episode(),
                        new AlertState.Resolved(at),
                        alert.severity(),
                        alert.since(),
                        output == null ? "" : output));
        tables.saveFirings(tx, key, firings(tx, key, alert.since()).resolved(alert.since(), at));
    }

    /// While a check flaps, its changes are not told one by one: an event that tells one says that
    /// it is steady.
    public static Optional<Flaps> flaps(SystemName system, Payload data) {
        return switch (data) {
            case Payload.CheckFlapping p ->
                    Optional.of(new Flaps(key(system, p.entity(), p.check()), true));
            case Payload.CheckSteady p ->
                    Optional.of(new Flaps(key(system, p.entity(), p.check()), false));
            case Payload.StateChanged p ->
                    Optional.of(new Flaps(key(system, p.entity(), p.check()), false));
            default -> Optional.empty(); // the others are about no check
        };
    }

    /// Notes whether the check of a firing alert flaps; one that is resolved does not.
    public void flapping(Tx tx, Flaps flaps) {
        tables.alert(tx, flaps.key())
                .filter(a -> a.flapping() != (a.firing() && flaps.now()))
                .ifPresent(a -> tables.save(tx, a.flapping(a.firing() && flaps.now())));
    }

    private Firings firings(Tx tx, AlertKey key, Instant at) {
        return tables.firings(tx, List.of(key)).getOrDefault(key, Firings.none(at));
    }

    private static AlertKey key(SystemName system, String entity, String check) {
        return new AlertKey(CheckKey.of(system.value(), entity, check));
    }
}
