package aramaki.dist;

import aramaki.cli.admin.Offline;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.PublicKey;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.server.api.DoctorApi;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.backup.Target;
import aramaki.server.doctor.Doctor;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.settings.SettingsReader;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.store.Store;
import aramaki.server.store.StoreSettings;
import aramaki.server.timeline.Verify;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;

/// Works on the data directory of a stopped server; refuses one that is in use.
final class OfflineAdmin implements Offline {
    private final InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
    private final Carrying carrying = new Carrying(clock);

    @Override
    public JsonNode verify(Path data) {
        return in(
                data,
                taken -> {
                    var begun = clock.instant();
                    var identity = Identity.load(data);
                    try (var store = store(taken)) {
                        var key = new PublicKey(identity.genesis().logKey());
                        var report = new Verify(store, new SqlEventStore(), key).run();
                        var answer = new LinkedHashMap<String, Object>();
                        answer.put("ok", report.ok());
                        answer.put("logs", report.logs());
                        answer.put("events", report.events());
                        answer.put("heads", report.heads());
                        answer.put("pruned", report.pruned());
                        answer.put("problems", report.problems());
                        answer.put(
                                "tookMillis", Duration.between(begun, clock.instant()).toMillis());
                        return Json.mapper().valueToTree(answer);
                    }
                });
    }

    @Override
    public JsonNode doctor(Path data) {
        return in(
                data,
                _ -> {
                    var report = new Doctor(Server.atRest(data, settings(data)), clock).examine();
                    return Json.mapper().valueToTree(DoctorApi.answer(report));
                });
    }

    @Override
    public JsonNode instance(Path data) {
        return in(
                data,
                _ -> {
                    var identity = Identity.load(data);
                    var answer = new LinkedHashMap<String, Object>();
                    answer.put("id", identity.id());
                    answer.put("genesis", identity.document());
                    answer.put("logKey", identity.genesis().logKey());
                    answer.put("createdAt", identity.genesis().createdAt());
                    return Json.mapper().valueToTree(answer);
                });
    }

    @Override
    public JsonNode backup(Path data, Path folder) {
        return in(data, identity -> carrying.take(identity, data, folder, Kind.BACKUP, true));
    }

    @Override
    public JsonNode export(Path data, Path folder, boolean withKeys) {
        return in(data, identity -> carrying.take(identity, data, folder, Kind.EXPORT, withKeys));
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

    /// Of the settings that the server has, as far as they do not come from its options.
    static StoreSettings settings(Path data) {
        var defaults = ServerSettings.of(data, 0, Optional.empty());
        return SettingsReader.read(defaults, Optional.empty(), System.getenv(), Optional.empty())
                .store();
    }

    private static Store store(DataDirectory taken) {
        var settings = settings(taken.path());
        taken.belongsTo(settings.kind());
        return SqlStores.open(settings, taken.path().resolve(DataDirectory.STORE));
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
