package aramaki.dist;

import aramaki.cli.admin.Offline;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.PublicKey;
import aramaki.server.Server;
import aramaki.server.api.AdminApi;
import aramaki.server.api.DoctorApi;
import aramaki.server.doctor.Doctor;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.projection.Projections;
import aramaki.server.projection.Rebuild;
import aramaki.server.sql.SqlAlertStore;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlSnapshotStore;
import aramaki.server.sql.SqlTables;
import aramaki.server.sql.SqliteStore;
import aramaki.server.timeline.Verify;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// Looks into the data directory of a stopped server; refuses one that is in use.
final class OfflineAdmin implements Offline {
    private final InstantSource clock = InstantSource.system();

    @Override
    public JsonNode verify(Path data) {
        return in(
                data,
                identity -> {
                    var begun = clock.instant();
                    try (var store = SqliteStore.open(data.resolve(DataDirectory.STORE))) {
                        var events = new SqlEventStore();
                        var key = new PublicKey(identity.genesis().logKey());
                        var projections = projections(events);
                        var verify =
                                new Verify(
                                        store, events, key, tx -> List.of(projections.begin(tx)));
                        return tree(AdminApi.verified(verify.run(), since(begun)));
                    }
                });
    }

    @Override
    public JsonNode rebuild(Path data, boolean fromStart) {
        return in(
                data,
                _ -> {
                    var begun = clock.instant();
                    try (var store = SqliteStore.open(data.resolve(DataDirectory.STORE))) {
                        var events = new SqlEventStore();
                        var rebuild =
                                new Rebuild(
                                        store,
                                        events,
                                        projections(events),
                                        new SqlSnapshotStore(),
                                        () -> {});
                        return tree(AdminApi.rebuilt(rebuild.run(fromStart), since(begun)));
                    }
                });
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
        return in(
                data,
                _ -> {
                    var report = new Doctor(Server.atRest(data), clock).examine();
                    return Json.mapper().valueToTree(DoctorApi.answer(report));
                });
    }

    @Override
    public JsonNode instance(Path data) {
        return in(
                data,
                identity -> {
                    var answer = new LinkedHashMap<String, Object>();
                    answer.put("id", identity.id());
                    answer.put("genesis", identity.document());
                    answer.put("logKey", identity.genesis().logKey());
                    answer.put("createdAt", identity.genesis().createdAt());
                    return Json.mapper().valueToTree(answer);
                });
    }

    private static JsonNode in(Path data, Function<Identity, JsonNode> look) {
        if (!Files.exists(data.resolve("genesis.json"))) {
            throw Refusal.notFound("data directory of an instance at", data.toString());
        }
        try (var _ = DataDirectory.take(data)) {
            return look.apply(Identity.load(data));
        }
    }
}
