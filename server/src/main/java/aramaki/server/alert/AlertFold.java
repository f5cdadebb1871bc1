package aramaki.server.alert;

import aramaki.model.alert.Acknowledgement;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.Care;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
                var care =
                        tables.alert(tx, key)
                                .map(before -> before.care().inNewEpisode(at))
                                .orElse(Care.NOBODY);
                tables.save(
                        tx,
                        new Alert(key, episode, new AlertState.Firing(), severity, at, p.output())
                                .with(care));
                tables.saveFirings(
                        tx, key, firings(tx, key, at).fired(at, Optional.ofNullable(p.okAt())));
            }
            case Payload.AlertChanged p ->
                    change(
                            tx,
                            key(system, p.entity(), p.check()),
                            a -> a.saying(State.ofWord(p.severity()), p.output()));
            case Payload.AlertResolved p ->
                    tables.alert(tx, key(system, p.entity(), p.check()))
                            .ifPresent(a -> resolve(tx, a, p, at));
            default -> act(tx, system, data, at);
        }
    }

    /// What people did, and what became of it.
    private void act(Tx tx, SystemName system, Payload data, Instant at) {
        switch (data) {
            case Payload.AlertAcknowledged p -> {
                var acknowledgement =
                        new Acknowledgement(at, Optional.ofNullable(p.until()), p.comment(), false);
                var care = new Care(p.owner(), p.name(), Optional.of(acknowledgement), p.act());
                each(tx, system, p.alerts(), a -> a.with(care));
            }
            case Payload.AlertUnacknowledged p ->
                    each(tx, system, p.alerts(), a -> a.with(nobody(p.act())));
            case Payload.AlertAssigned p ->
                    each(
                            tx,
                            system,
                            p.alerts(),
                            a ->
                                    a.with(
                                            new Care(
                                                    p.owner(),
                                                    p.name(),
                                                    a.care().acknowledged(),
                                                    p.act())));
            case Payload.AlertClosed p ->
                    p.alerts().forEach(t -> close(tx, key(system, t), p.act(), at));
            case Payload.AlertRestored p -> p.alerts().forEach(r -> restore(tx, system, r));
            case Payload.AlertReminded p ->
                    change(
                            tx,
                            key(system, p.entity(), p.check()),
                            a -> a.with(a.care().withReminder()));
            case Payload.AlertLapsed p ->
                    change(tx, key(system, p.entity(), p.check()), a -> a.with(a.care().lapsed()));
            default -> {} // the others say nothing of an alert
        }
    }

    private void each(
            Tx tx, SystemName system, List<Payload.Touched> alerts, UnaryOperator<Alert> to) {
        alerts.forEach(touched -> change(tx, key(system, touched), to));
    }

    private void change(Tx tx, AlertKey key, UnaryOperator<Alert> to) {
        tables.alert(tx, key).map(to).ifPresent(a -> tables.save(tx, a));
    }

    private static Care nobody(String act) {
        return new Care("", "", Optional.empty(), act);
    }

    /// Nobody has what somebody says is over; nor is it known to be good.
    private void close(Tx tx, AlertKey key, String act, Instant at) {
        tables.alert(tx, key)
                .filter(Alert::firing)
                .ifPresent(
                        a -> {
                            tables.save(
                                    tx,
                                    a.with(new AlertState.Resolved(at))
                                            .flapping(false)
                                            .with(nobody(act)));
                            tables.saveFirings(
                                    tx, key, firings(tx, key, a.since()).closed(a.since(), at));
                        });
    }

    private void restore(Tx tx, SystemName system, Payload.Restored restored) {
        var key = key(system, restored.entity(), restored.check());
        tables.alert(tx, key)
                .ifPresent(
                        a -> {
                            var cared = a.with(care(restored.held()));
                            if (restored.firing() && !a.firing()) {
                                tables.save(
                                        tx,
                                        cared.with(new AlertState.Firing())
                                                .flapping(restored.flapping()));
                                tables.saveFirings(tx, key, firings(tx, key, a.since()).reopened());
                            } else {
                                tables.save(tx, cared);
                            }
                        });
    }

    /// As an event says it.
    static Payload.Held held(Care care) {
        var acknowledged = care.acknowledged();
        return new Payload.Held(
                care.owner(),
                care.name(),
                acknowledged.map(Acknowledgement::at).orElse(null),
                acknowledged.flatMap(Acknowledgement::until).orElse(null),
                acknowledged.map(Acknowledgement::comment).orElse(null),
                care.act());
    }

    private static Care care(Payload.Held held) {
        String comment = held.comment();
        var acknowledged =
                Optional.ofNullable(held.at())
                        .map(
                                at ->
                                        new Acknowledgement(
                                                at,
                                                Optional.ofNullable(held.until()),
                                                comment == null ? "" : comment,
                                                false));
        return new Care(held.owner(), held.name(), acknowledged, held.act());
    }

    private void resolve(Tx tx, Alert alert, Payload.AlertResolved resolved, Instant at) {
        var key = alert.key();
        String output = resolved.output();
        tables.save(
                tx,
                alert.with(new AlertState.Resolved(at))
                        .flapping(false)
                        .saying(output == null ? "" : output));
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

    private static AlertKey key(SystemName system, Payload.Touched touched) {
        return key(system, touched.entity(), touched.check());
    }

    private static AlertKey key(SystemName system, String entity, String check) {
        return new AlertKey(CheckKey.of(system.value(), entity, check));
    }
}
