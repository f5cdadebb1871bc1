package aramaki.server.backup;

import aramaki.model.Refusal;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.KeyHistory;
import aramaki.server.store.Store;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.Verify;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/// Puts everything of a backup or an export into a new instance folder and an empty store, and
/// believes it only after it read all of it back.
public final class Import {
    private final Function<Path, Site> sites;
    private final EventStore events;

    /// @param sites where the store of an instance folder is
    public Import(Function<Path, Site> sites, EventStore events) {
        this.sites = sites;
        this.events = events;
    }

    /// What came of it.
    ///
    /// @param keys whether the keys came along; without them no server runs on it
    public record Done(Manifest manifest, boolean keys, Verify.Report verified) {}

    /// As it was, so that an export of it gives the same again.
    public Done run(BackupFolder from, Target to) {
        return run(from, to, _ -> {});
    }

    /// @param further what is to be done with the store before it counts as finished
    Done run(BackupFolder from, Target to, Consumer<Store> further) {
        var data = to.data();
        to.settings().ifPresent(Import::refuseMissing);
        var fresh = DataDirectory.takeNew(data);
        boolean finished = false;
        try (var folder = fresh) {
            if (to.settings().isPresent()) {
                copy(to.settings().get(), folder.path().resolve(Target.SETTINGS));
            }
            identity(from, folder.path());
            var site = sites.apply(folder.path());
            fill(from, site);
            try (var store = site.open()) {
                further.accept(store);
                var keys = KeyHistory.read(folder.path()).logKeys();
                var verified = new Verify(store, events, () -> keys, _ -> List.of()).run();
                if (!verified.ok()) {
                    throw Refusal.invalid(
                            "backup-not-whole",
                            "the logs in "
                                    + from.folder()
                                    + " do not verify: "
                                    + String.join("; ", verified.problems()));
                }
                boolean secrets = from.holds(Names.key(Names.KEYS.getFirst()));
                folder.finished();
                finished = true;
                return new Done(from.manifest(), secrets, verified);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + data, e);
        } finally {
            if (!finished) {
                NewFolder.remove(data);
            }
        }
    }

    private static void refuseMissing(Path settings) {
        if (!Files.isReadable(settings)) {
            throw Refusal.notFound("readable file of settings at", settings.toString());
        }
    }

    private static void identity(BackupFolder from, Path data) throws IOException {
        copy(from.file(Names.GENESIS), data.resolve(Names.GENESIS));
        if (from.holds(Names.KEY_LOG)) {
            copy(from.file(Names.KEY_LOG), data.resolve(Names.KEY_LOG));
        }
        for (String key : Names.KEYS) {
            if (from.holds(Names.key(key))) {
                copy(from.file(Names.key(key)), data.resolve(key));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createFile(to, NewFolder.ownersOnly("rw-------"));
        Files.write(to, Files.readAllBytes(from));
        NewFolder.force(to);
    }

    private static void fill(BackupFolder from, Site site) {
        var manifest = from.manifest();
        int newest = site.newestSchema();
        if (manifest.schema() > newest) {
            throw BackupFolder.tooNew(
                    from.folder(), "schema " + manifest.schema(), String.valueOf(newest));
        }
        try (var contents = site.make(manifest.schema())) {
            try (var filling = contents.fill()) {
                refuseUsed(filling);
                refuseOthers(manifest, filling.tables());
                for (var table : filling.tables()) {
                    fill(from, filling, table);
                }
                filling.commit();
            }
            compare(manifest, contents);
        }
    }

    private static void refuseUsed(Filling filling) {
        for (var table : filling.tables()) {
            if (filling.count(table) > 0) {
                throw Refusal.conflict(
                        "store-not-empty",
                        "the store holds something already (table "
                                + table.name()
                                + "): only an empty one can be filled; name another, or remove what"
                                + " is there");
            }
        }
    }

    /// The same tables with the same columns, or it is no backup of this schema.
    private static void refuseOthers(Manifest manifest, List<Table> tables) {
        var here = new ArrayList<String>();
        tables.forEach(t -> here.add(t.name() + t.names()));
        var there = new ArrayList<String>();
        manifest.tables().forEach(t -> there.add(t.table() + t.columns()));
        if (!here.equals(there)) {
            there.removeAll(here);
            throw Refusal.invalid(
                    "bad-backup",
                    "the tables are not those of schema " + manifest.schema() + ": " + there);
        }
    }

    private static void fill(BackupFolder from, Filling filling, Table table) {
        String name = Names.table(table.name());
        try (var in = from.read(name);
                var rows = new RowReader(name, in, table)) {
            filling.rows(table, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + from.file(name), e);
        }
        for (var part : from.manifest().tables()) {
            var last = part.lastNumber();
            if (part.table().equals(table.name()) && last != null) {
                filling.lastNumber(table, last);
            }
        }
    }

    /// Everything read back and digested again: it says the same, or nothing is kept.
    private static void compare(Manifest manifest, Contents contents) {
        try (var snapshot = contents.snapshot()) {
            var parts = Backup.digest(snapshot);
            for (int i = 0; i < parts.size(); i++) {
                var was = manifest.tables().get(i);
                var is = parts.get(i);
                if (!Objects.equals(was.sha256(), is.sha256())) {
                    throw new IllegalStateException(
                            "table "
                                    + was.table()
                                    + " came out of the store otherwise than it went in: "
                                    + was.rows()
                                    + " rows in, "
                                    + is.rows()
                                    + " out");
                }
            }
        }
    }
}
