package aramaki.server.backup;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// The time after a restore, until somebody says that what is missing was looked at.
public final class Recovering {
    private final Store store;
    private final RestorationStore restorations;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final InstantSource clock;

    public Recovering(
            Store store,
            RestorationStore restorations,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            InstantSource clock) {
        this.store = store;
        this.restorations = restorations;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.clock = clock;
    }

    /// What it is recovering from; empty when all is as ever.
    public Optional<Restoration> now() {
        return store.read(restorations::newest).filter(r -> r.confirmed().isEmpty());
    }

    public Restoration confirm(By by) {
        var at = clock.instant();
        return store.write(
                tx -> {
                    var open =
                            restorations
                                    .newest(tx)
                                    .filter(r -> r.confirmed().isEmpty())
                                    .orElseThrow(
                                            () ->
                                                    Refusal.conflict(
                                                            "not-recovering",
                                                            "this instance is not recovering: there"
                                                                    + " is nothing to confirm"));
                    restorations.confirm(tx, open.epoch(), at);
                    var payload = new Payload.InstanceRecovered(open.epoch(), open.takenAt());
                    log.append(tx, instanceSystem.get(), payload, at, by);
                    return restorations.newest(tx).orElseThrow();
                });
    }
}
