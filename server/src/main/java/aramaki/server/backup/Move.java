package aramaki.server.backup;

import aramaki.model.Refusal;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.timeline.EventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;

/// Moves a stopped instance into another folder and whatever store that has: an export, its import
/// and the comparison of both. The old folder is left as it is, but no server goes on there.
public final class Move {
    private final Function<Path, Site> sites;
    private final EventStore events;
    private final String program;
    private final InstantSource clock;

    public Move(
            Function<Path, Site> sites, EventStore events, String program, InstantSource clock) {
        this.sites = sites;
        this.events = events;
        this.program = program;
        this.clock = clock;
    }

    public Import.Done run(Path old, Target to) {
        if (!Files.exists(old.resolve(Identity.DOCUMENT))) {
            throw Refusal.notFound("data directory of an instance at", old.toString());
        }
        var data = to.data();
        var between = data.resolveSibling(data.getFileName() + ".moving");
        try (var from = DataDirectory.take(old)) {
            try (var contents = sites.apply(old).contents()) {
                new Backup(
                                contents,
                                events,
                                Identity.load(old),
                                old,
                                program,
                                false,
                                Pace.FREE,
                                clock)
                        .take(between, Kind.EXPORT, true);
            }
            try {
                var done = new Import(sites, events).run(BackupFolder.open(between), to);
                from.movedTo(data);
                return done;
            } finally {
                NewFolder.remove(between);
            }
        }
    }
}
