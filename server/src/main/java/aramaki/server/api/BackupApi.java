package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.server.api.Answers.BackupReport;
import aramaki.server.api.Answers.NewBackup;
import aramaki.server.api.Answers.NewExport;
import aramaki.server.api.Answers.RestoreItem;
import aramaki.server.backup.Backup;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.backup.Manifest;
import aramaki.server.backup.Recovering;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Taking a backup or an export of the running instance, and ending the time after a restore. It
/// writes on the server's own disks, so only an owner may.
public final class BackupApi {
    private final Backup backup;
    private final Recovering recovering;
    private final InstantSource clock;

    public BackupApi(Backup backup, Recovering recovering, InstantSource clock) {
        this.backup = backup;
        this.recovering = recovering;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/api/v1/admin/backup",
                        Need.onInstance(Verb.ADMIN),
                        "Takes a backup, with keys, into a new folder on the server's host.",
                        NewBackup.class,
                        BackupReport.class,
                        this::backup),
                Route.post(
                        "/api/v1/admin/export",
                        Need.onInstance(Verb.ADMIN),
                        "Exports everything but the keys into a new folder on the server's host.",
                        NewExport.class,
                        BackupReport.class,
                        this::export),
                Route.post(
                        "/api/v1/admin/restore/confirm",
                        Need.onInstance(Verb.ADMIN),
                        "Says that what a restore left missing was looked at.",
                        null,
                        RestoreItem.class,
                        this::confirm));
    }

    private void backup(Exchange exchange) {
        owner(exchange);
        take(exchange, exchange.body(NewBackup.class).folder(), Kind.BACKUP, true);
    }

    private void export(Exchange exchange) {
        owner(exchange);
        var asked = exchange.body(NewExport.class);
        take(exchange, asked.folder(), Kind.EXPORT, Boolean.TRUE.equals(asked.withKeys()));
    }

    private void take(Exchange exchange, String folder, Kind kind, boolean withKeys) {
        var begun = clock.instant();
        var path = path(folder);
        var manifest = backup.take(path, kind, withKeys);
        exchange.json(201, answer(path, manifest, withKeys, begun, clock.instant()));
    }

    private void confirm(Exchange exchange) {
        owner(exchange);
        var restoration = recovering.confirm(exchange.caller().by());
        exchange.json(
                new RestoreItem(
                        restoration.epoch(),
                        restoration.backup(),
                        restoration.takenAt(),
                        restoration.restoredAt(),
                        restoration.confirmed().orElse(null)));
    }

    /// What was taken, as this interface tells it, also for a stopped server.
    public static BackupReport answer(
            Path folder, Manifest manifest, boolean keys, Instant begun, Instant ended) {
        return new BackupReport(
                folder.toString(),
                manifest.kind(),
                manifest.instance(),
                manifest.schema(),
                keys,
                manifest.takenAt(),
                manifest.tables().size(),
                manifest.rows(),
                manifest.rows("event"),
                manifest.bytes(),
                manifest.content(),
                Duration.between(begun, ended).toMillis());
    }

    private static void owner(Exchange exchange) {
        if (!exchange.caller().role().equals("owner")) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN, "owners-only", "only an owner of the instance may");
        }
    }

    private static Path path(String folder) {
        try {
            var path = Path.of(folder);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw Refusal.invalid("bad-folder", "\"folder\" is no path: " + e.getReason());
        }
        throw Refusal.invalid(
                "bad-folder",
                "\"folder\" is \"" + folder + "\"; write an absolute path on the server's host");
    }
}
