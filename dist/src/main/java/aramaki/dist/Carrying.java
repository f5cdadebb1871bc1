package aramaki.dist;

import aramaki.protocol.Json;
import aramaki.server.Server;
import aramaki.server.api.Answers.ImportReport;
import aramaki.server.api.BackupApi;
import aramaki.server.backup.Backup;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.backup.BackupFolder;
import aramaki.server.backup.Import;
import aramaki.server.backup.Move;
import aramaki.server.backup.Pace;
import aramaki.server.backup.Restoring;
import aramaki.server.backup.Site;
import aramaki.server.backup.Target;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlRestorationStore;
import aramaki.server.sql.SqlStores;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Takes a stopped instance out of its data directory, and puts one into a new directory.
final class Carrying {
    private final InstantSource clock;
    private final SqlEventStore events = new SqlEventStore();

    Carrying(InstantSource clock) {
        this.clock = clock;
    }

    /// Where the store of a data directory is.
    static Site site(Path data) {
        return SqlStores.site(OfflineAdmin.settings(data), data.resolve(DataDirectory.STORE));
    }

    JsonNode take(Identity identity, Path data, Path folder, Kind kind, boolean withKeys) {
        var begun = clock.instant();
        try (var contents = site(data).contents()) {
            var backup =
                    new Backup(
                            contents,
                            events,
                            identity,
                            data,
                            Server.VERSION,
                            false,
                            Pace.FREE,
                            clock);
            var manifest = backup.take(folder, kind, withKeys);
            return tree(BackupApi.answer(folder, manifest, withKeys, begun, clock.instant()));
        }
    }

    JsonNode importInto(Path folder, Target to) {
        var begun = clock.instant();
        var done = new Import(Carrying::site, events).run(BackupFolder.open(folder), to);
        return answer(done, folder, to.data(), begun);
    }

    JsonNode restore(Path folder, Target to) {
        var begun = clock.instant();
        var restoring = new Restoring(Carrying::site, events, new SqlRestorationStore(), clock);
        return answer(restoring.run(BackupFolder.open(folder), to), folder, to.data(), begun);
    }

    JsonNode move(Path old, Target to) {
        var begun = clock.instant();
        var move = new Move(Carrying::site, events, Server.VERSION, clock);
        return answer(move.run(old, to), old, to.data(), begun);
    }

    private JsonNode answer(Import.Done done, Path from, Path data, Instant begun) {
        var manifest = done.manifest();
        return tree(
                new ImportReport(
                        true,
                        data.toString(),
                        from.toString(),
                        manifest.instance(),
                        done.keys(),
                        manifest.running(),
                        manifest.rows(),
                        done.verified().events(),
                        done.verified().logs(),
                        manifest.content(),
                        Duration.between(begun, clock.instant()).toMillis()));
    }

    private static JsonNode tree(Object answer) {
        return Json.mapper().valueToTree(answer);
    }
}
