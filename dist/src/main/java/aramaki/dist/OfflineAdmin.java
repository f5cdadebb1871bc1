package aramaki.dist;

import aramaki.cli.admin.Offline;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.identity.LogKeys;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.server.api.AdminApi;
import aramaki.server.api.DoctorApi;
import aramaki.server.api.InstanceApi;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.backup.Target;
import aramaki.server.doctor.Doctor;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.DataFiles;
import aramaki.server.identity.Identity;
import aramaki.server.identity.KeyHistory;
import aramaki.server.projection.Projections;
import aramaki.server.projection.Rebuild;
import aramaki.server.settings.SettingsReader;
import aramaki.server.sql.SqlAlertStore;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlSnapshotStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.sql.SqlTables;
import aramaki.server.sql.SqliteFile;
import aramaki.server.sql.SqliteSalvage;
import aramaki.server.store.StoreSettings;
import aramaki.server.timeline.Verify;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Works on the data directory of a stopped server; refuses one that is in use.
final class OfflineAdmin implements Offline {
    private static final String RESTORE = "restore a backup";
    private static final Verify.Report NONE = new Verify.Report(0, 0, 0, 0, List.of());

    private final InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
    private final Carrying carrying = new Carrying(clock);
    private final KeyKeeping keeping = new KeyKeeping(clock);

    @Override
    public JsonNode verify(Path data) {
        return locked(
                data,
                _ -> {
                    var begun = clock.instant();
                    var report = verified(data);
                    return tree(AdminApi.verified(report, since(begun)));
                });
    }

    /// The files first, each for itself; then what is in the store, as far as it can be opened.
    private static Verify.Report verified(Path data) {
        var files = new DataFiles(data);
        var file = data.resolve(DataDirectory.STORE);
        var problems = new ArrayList<String>();
        files.problems().forEach(p -> problems.add(p.toString()));
        var settings = settings(data);
        boolean embedded = settings instanceof StoreSettings.Embedded;
        if (embedded) {
            new SqliteFile(file).damagesAtRest().forEach(d -> problems.add(d.what()));
        }
        var key = files.keys();
        if (key.isEmpty()) {
            problems.add("no key is left to check heads with: the logs were not walked");
        }
        var walked =
                key.filter(_ -> !embedded || isThere(file))
                        .flatMap(k -> walk(settings, file, k, problems))
                        .orElse(NONE);
        problems.addAll(walked.problems());
        return new Verify.Report(
                walked.logs(), walked.events(), walked.heads(), walked.pruned(), problems);
    }

    private static boolean isThere(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("looking at " + file, e);
        }
    }

    private static Optional<Verify.Report> walk(
            StoreSettings settings, Path file, LogKeys key, List<String> problems) {
        try (var store = SqlStores.open(settings, file)) {
            var events = new SqlEventStore();
            var projections = projections(events);
            var report =
                    new Verify(store, events, () -> key, tx -> List.of(projections.begin(tx)))
                            .run();
            if (report.logs() == 0) {
                problems.add("there is no log in " + file.getFileName() + ": " + RESTORE);
            }
            return Optional.of(report);
        } catch (
                RuntimeException e) { // the edge: whatever keeps it from being opened is the answer
            problems.add(file.getFileName() + " cannot be opened: " + first(e) + "; " + RESTORE);
            return Optional.empty();
        }
    }

    /// What SQLite said, without what was wrapped around it.
    private static String first(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return String.valueOf(t.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public JsonNode rebuild(Path data, boolean fromStart) {
        return in(
                data,
                taken -> {
                    var begun = clock.instant();
                    var settings = settings(data);
                    taken.belongsTo(settings.kind());
                    var lost = salvaged(data, settings);
                    try (var store = SqlStores.open(settings, data.resolve(DataDirectory.STORE))) {
                        var events = new SqlEventStore();
                        var rebuild =
                                new Rebuild(
                                        store,
                                        events,
                                        projections(events),
                                        new SqlSnapshotStore(),
                                        () -> {});
                        var report = rebuild.run(fromStart);
                        var said = new ArrayList<>(lost);
                        said.addAll(report.differences());
                        return tree(
                                AdminApi.rebuilt(
                                        new Rebuild.Report(
                                                report.from(),
                                                report.position(),
                                                report.events(),
                                                said,
                                                report.left()),
                                        since(begun)));
                    }
                });
    }

    /// A damaged file is copied first, as far as it can be read; what could not.
    private static List<String> salvaged(Path data, StoreSettings settings) {
        var file = data.resolve(DataDirectory.STORE);
        boolean damaged =
                settings instanceof StoreSettings.Embedded
                        && !new SqliteFile(file).damagesAtRest().isEmpty();
        return damaged ? new SqliteSalvage(file).run() : List.of();
    }

    private static Projections projections(SqlEventStore events) {
        return new Projections(events, new SqlAlertStore(), new SqlTables());
    }

    private Duration since(Instant begun) {
        return Duration.between(begun, clock.instant());
    }

    private static JsonNode tree(Object answer) {
        return Json.mapper().valueToTree(answer);
    }

    @Override
    public JsonNode doctor(Path data) {
        return locked(
                data,
                _ -> {
                    var report = new Doctor(Server.atRest(data, settings(data)), clock).examine();
                    return Json.mapper().valueToTree(DoctorApi.answer(report));
                });
    }

    @Override
    public JsonNode instance(Path data) {
        return in(data, _ -> tree(InstanceApi.answer(KeyHistory.read(data).log(), null, null)));
    }

    @Override
    public JsonNode keyLog(Path data) {
        return in(data, _ -> tree(InstanceApi.answer(KeyHistory.read(data).log())));
    }

    @Override
    public JsonNode renewKey(Path data, String purpose) {
        return changed(data, () -> keeping.renew(data, InstanceApi.purpose(purpose)));
    }

    @Override
    public JsonNode acceptRecovery(Path data, JsonNode entry) {
        return changed(data, () -> keeping.accept(data, entry));
    }

    @Override
    public JsonNode recover(Path data, List<Path> recoveryKeys, boolean keys, boolean signIn) {
        return changed(data, () -> keeping.recover(data, recoveryKeys, keys, signIn));
    }

    @Override
    public JsonNode backup(Path data, Path folder) {
        return in(data, _ -> carrying.take(Identity.load(data), data, folder, Kind.BACKUP, true));
    }

    @Override
    public JsonNode export(Path data, Path folder, boolean withKeys) {
        return in(
                data, _ -> carrying.take(Identity.load(data), data, folder, Kind.EXPORT, withKeys));
    }

    @Override
    public JsonNode importInto(Path folder, Path data, Optional<Path> settings) {
        return carrying.importInto(folder, new Target(data, settings));
    }

    @Override
    public JsonNode move(Path old, Path data, Optional<Path> settings) {
        return carrying.move(old, new Target(data, settings));
    }

    @Override
    public JsonNode restore(Path backup, Path data, Optional<Path> settings) {
        return carrying.restore(backup, new Target(data, settings));
    }

    /// Looks whatever state the files are in.
    private static JsonNode locked(Path data, Function<DataDirectory, JsonNode> look) {
        if (!Files.exists(data.resolve("genesis.json"))
                && !Files.exists(data.resolve(DataDirectory.STORE))) {
            throw Refusal.notFound("data directory of an instance at", data.toString());
        }
        try (var taken = DataDirectory.lock(data)) {
            return look.apply(taken);
        }
    }

    /// Into another store than the instance's nothing is written.
    private static JsonNode changed(Path data, Supplier<JsonNode> work) {
        return in(
                data,
                taken -> {
                    taken.belongsTo(settings(data).kind());
                    return work.get();
                });
    }

    /// Of the settings that the server has, as far as they do not come from its options.
    static StoreSettings settings(Path data) {
        var defaults = ServerSettings.of(data, 0, Optional.empty());
        return SettingsReader.read(defaults, Optional.empty(), System.getenv(), Map.of()).store();
    }

    private static JsonNode in(Path data, Function<DataDirectory, JsonNode> look) {
        if (!Files.exists(data.resolve("genesis.json"))) {
            throw Refusal.notFound("data directory of an instance at", data.toString());
        }
        try (var taken = DataDirectory.take(data)) {
            return look.apply(taken);
        }
    }
}
