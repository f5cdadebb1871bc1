package aramaki.server.backup;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.log.Payload;
import aramaki.server.identity.Identity;
import aramaki.server.store.Store;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventFeed;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.Gate;
import aramaki.server.timeline.Heads;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Brings an instance back from a backup, into a new folder. What happened after the backup is
/// lost here and may be known elsewhere, so every log goes on in a new epoch: an event that others
/// saw before can never be mistaken for one that took its place.
public final class Restoring {
    private final Import importing;
    private final EventStore events;
    private final RestorationStore restorations;
    private final InstantSource clock;

    public Restoring(
            Function<Path, Site> sites,
            EventStore events,
            RestorationStore restorations,
            InstantSource clock) {
        this.importing = new Import(sites, events);
        this.events = events;
        this.restorations = restorations;
        this.clock = clock;
    }

    public Import.Done run(BackupFolder from, Target to) {
        if (!from.holds(Names.key(Identity.LOG_KEY))) {
            throw Refusal.invalid(
                    "no-keys",
                    from.folder()
                            + " holds no keys: it is an export, and only `admin import` takes it");
        }
        return importing.run(from, to, store -> begin(from.manifest(), to.data(), store));
    }

    private void begin(Manifest manifest, Path data, Store store) {
        var identity = Identity.load(data);
        var now = clock.instant();
        var restoration =
                new Restoration(
                        epoch(manifest, now),
                        manifest.content(),
                        Optional.ofNullable(manifest.takenAt()).orElse(now),
                        now,
                        Optional.empty());
        store.write(
                tx -> {
                    restorations.save(tx, restoration);
                    restorations.endSessions(tx);
                    return true;
                });
        var log = new EventLog(events, new EventFeed(), Gate.OPEN, clock);
        log.start(store);
        var by = By.instance(identity.id());
        ends(manifest)
                .forEach(
                        (system, ends) ->
                                store.write(
                                        tx ->
                                                log.append(
                                                        tx,
                                                        new SystemId(system),
                                                        new Payload.InstanceRestored(
                                                                restoration.backup(),
                                                                restoration.takenAt(),
                                                                restoration.epoch(),
                                                                ends),
                                                        now,
                                                        by)));
        new Heads(store, events, identity.logKey()).run(now);
    }

    /// Later than any epoch there was, also than one begun from the same backup before: that one
    /// may be lost as well, and nothing here tells of it. So it is the time in seconds.
    private static long epoch(Manifest manifest, Instant now) {
        long before = manifest.logs().stream().mapToLong(Manifest.End::epoch).max().orElse(0);
        return Math.max(before + 1, now.getEpochSecond());
    }

    private static Map<String, List<Payload.LogEnd>> ends(Manifest manifest) {
        var ends = new LinkedHashMap<String, List<Payload.LogEnd>>();
        for (var end : manifest.logs()) {
            ends.computeIfAbsent(end.system(), _ -> new ArrayList<>())
                    .add(new Payload.LogEnd(end.log(), end.epoch(), end.seq(), end.hash()));
        }
        return ends;
    }
}
