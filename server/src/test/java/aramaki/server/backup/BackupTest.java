package aramaki.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.Refusal;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlRestorationStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.store.StoreSettings;
import aramaki.server.timeline.Heads;
import aramaki.server.timeline.Verify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance taken out and put back, over real files: what comes back is what was there, and
/// what is not whole is refused with its name.
class BackupTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private final SqlEventStore events = new SqlEventStore();
    private Path data;
    private Identity identity;

    @BeforeEach
    void anInstanceWithAPast() throws IOException {
        data = folder.resolve("data");
        Files.createDirectory(data);
        identity = Identity.loadOrCreate(data, clock.instant(), new SecureRandom());
        try (var rig = rig()) {
            rig.system("shop", "http", "disk");
            rig.access.owner("ada");
            rig.access.newToken(rig.access.owner("ada"), "of a program");
            rig.access.newLink(rig.access.owner("ada"));
            var web = rig.agent("web1", "shop");
            for (String state : List.of("ok", "critical", "ok", "warning")) {
                rig.report(web, "shop", "http", state);
                rig.report(web, "shop", "disk", state);
                rig.pass(Duration.ofSeconds(10), web);
            }
            new Heads(rig.store, rig.events, identity.logKey()).run(clock.instant());
        }
    }

    @Test
    void whatIsImportedIsExportedTheSame() throws IOException {
        take("one", Kind.EXPORT, true);
        importing()
                .run(BackupFolder.open(folder.resolve("one")), Target.of(folder.resolve("there")));
        data = folder.resolve("there");
        take("two", Kind.EXPORT, true);
        assertThat(files(folder.resolve("two"))).isEqualTo(files(folder.resolve("one")));
        assertThat(files(folder.resolve("one"))).hasSizeGreaterThan(20);
    }

    @Test
    void everyTableThatTheSchemaHasIsTaken() throws Exception {
        take("one", Kind.EXPORT, false);
        var tables = new TreeSet<String>();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + data.resolve(DataDirectory.STORE));
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select name from sqlite_master where type = 'table'")) {
            while (rows.next()) {
                tables.add("tables/" + rows.getString(1) + ".jsonl");
            }
        }
        tables.removeAll(
                Set.of(
                        "tables/flyway_schema_history.jsonl",
                        "tables/store_writer.jsonl",
                        "tables/sqlite_sequence.jsonl"));
        assertThat(files(folder.resolve("one")).keySet())
                .filteredOn(name -> name.startsWith("tables/"))
                .containsExactlyElementsOf(tables);
    }

    @Test
    void anExportHoldsNoKeysUnlessAskedFor() throws IOException {
        take("one", Kind.EXPORT, false);
        assertThat(files(folder.resolve("one")).keySet()).noneMatch(n -> n.startsWith("keys/"));
        var done =
                importing()
                        .run(
                                BackupFolder.open(folder.resolve("one")),
                                Target.of(folder.resolve("there")));
        assertThat(done.keys()).isFalse();
        assertThatThrownBy(() -> Identity.load(folder.resolve("there")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("log-key is missing");
    }

    @Test
    void aBackupIsForItsOwnerOnly() throws IOException {
        take("one", Kind.BACKUP, true);
        try (var all = Files.walk(folder.resolve("one"))) {
            assertThat(all)
                    .allSatisfy(
                            path ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(path)))
                                            .endsWith("------"));
        }
    }

    @Test
    void aFlippedBitInAnyFileIsRefusedWithItsName() throws IOException {
        take("one", Kind.BACKUP, true);
        var backup = folder.resolve("one");
        for (String name : files(backup).keySet()) {
            var file = backup.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            if (whole.length == 0) {
                continue;
            }
            for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 0x10;
                Files.write(file, flipped);
                assertThatThrownBy(() -> restore(backup))
                        .as(name + " at " + at)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining(name);
            }
            Files.write(file, whole);
        }
        restore(backup);
    }

    @Test
    void aTruncatedOrMissingFileIsRefusedWithItsName() throws IOException {
        take("one", Kind.BACKUP, true);
        var backup = folder.resolve("one");
        for (String name : files(backup).keySet()) {
            var file = backup.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            if (whole.length > 0) {
                Files.write(file, Arrays.copyOf(whole, whole.length / 2));
                assertThatThrownBy(() -> restore(backup))
                        .as(name)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining(name.equals(NewFolder.SUMS) ? "SHA256SUMS" : name);
            }
            Files.delete(file);
            assertThatThrownBy(() -> restore(backup))
                    .as(name)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(name);
            Files.write(file, whole);
        }
        assertThat(folder.resolve("there")).doesNotExist();
    }

    @Test
    void aNewerFormatAndANewerSchemaAreRefused() throws IOException {
        take("one", Kind.BACKUP, true);
        var backup = folder.resolve("one");
        change(backup, "\"v\" : 1", "\"v\" : 2");
        assertThatThrownBy(() -> restore(backup))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("newer Aramaki (format 2");
        change(backup, "\"v\" : 2", "\"v\" : 1");
        int newest = site(folder).newestSchema();
        change(backup, "\"schema\" : " + newest, "\"schema\" : 9999");
        assertThatThrownBy(() -> restore(backup))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("newer Aramaki (schema 9999");
        assertThat(folder.resolve("there")).doesNotExist();
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        take("one", Kind.BACKUP, true);
        assertThatThrownBy(() -> take("one", Kind.BACKUP, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("one exists");
        var used = folder.resolve("there");
        Files.createDirectory(used);
        Files.writeString(used.resolve("letter"), "dear");
        assertThatThrownBy(() -> restore(folder.resolve("one")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not empty");
        assertThat(used.resolve("letter")).hasContent("dear");
        assertThatThrownBy(() -> take("data/inside", Kind.BACKUP, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("own folder");
    }

    @Test
    void anInterruptedBackupHasNotItsName() throws IOException {
        var place = folder.resolve("one");
        var interrupted = NewFolder.at(place, Pace.FREE); // and killed: nobody closes it
        interrupted.write(Names.MANIFEST, out -> out.write('{'));
        assertThat(place).doesNotExist();
        assertThatThrownBy(() -> restore(folder.resolve("one.partial")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("interrupted");
        assertThatThrownBy(() -> take("one", Kind.BACKUP, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("one.partial exists");
    }

    @Test
    void aBackupThatFailsLeavesNothingAndSaysWhy() throws IOException {
        var full = new IOException("No space left on device");
        assertThatThrownBy(
                        () -> {
                            try (var target = NewFolder.at(folder.resolve("one"), Pace.FREE)) {
                                target.write(
                                        "tables/event.jsonl",
                                        out -> {
                                            out.write(new byte[100]);
                                            throw full;
                                        });
                                target.complete();
                            }
                        })
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("No space left on device");
        assertThat(folder.resolve("one")).doesNotExist();
        assertThat(folder.resolve("one.partial")).doesNotExist();
    }

    @Test
    void aBackupWhileResultsArriveIsOfOneMomentAndHoldsAllThatWasAcknowledgedBefore()
            throws Exception {
        var acknowledged = new AtomicLong();
        var going = new AtomicBoolean(true);
        long before;
        long after;
        try (var rig = rig()) {
            var web = rig.agents.all().getFirst();
            rig.ready(web, "e2", 1, 1);
            var writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; going.get(); i++) {
                                            String state = i % 2 == 0 ? "critical" : "ok";
                                            var result = rig.result(web, "shop", "http", state);
                                            acknowledged.set(rig.intake.accept(web, frame(result)));
                                        }
                                    });
            await().until(() -> acknowledged.get() > 20);
            before = acknowledged.get();
            take("one", Kind.BACKUP, true);
            after = acknowledged.get();
            going.set(false);
            writer.join();
        }
        var restored = restore(folder.resolve("one"));
        assertThat(restored.verified().problems()).isEmpty();
        data = folder.resolve("there");
        try (var rig = rig()) {
            var web = rig.agents.all().getFirst();
            long position = rig.ready(web, "e2", 1, 1_000_000);
            assertThat(position).isBetween(before, after + 1);
            String results = Files.readString(folder.resolve("one/tables/observation.jsonl"));
            assertThat(results.lines().filter(line -> line.contains("\"epoch\":\"e2\"")))
                    .hasSize((int) position);
        }
    }

    @Test
    void aKilledImportIsNotTakenForAnInstance() throws IOException {
        var there = folder.resolve("there");
        DataDirectory.takeNew(there).close(); // killed before it said `finished`
        assertThatThrownBy(() -> DataDirectory.take(there))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("did not finish");
        take("one", Kind.BACKUP, true);
        assertThatThrownBy(() -> restore(folder.resolve("one")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("did not finish");
    }

    @Test
    void aRestoredInstanceGoesOnInANewEpochAndVerifies() throws IOException {
        take("one", Kind.BACKUP, true);
        clock.seconds(60);
        var done = restore(folder.resolve("one"));
        assertThat(done.verified().problems()).isEmpty();
        data = folder.resolve("there");
        try (var rig = rig()) {
            var last = rig.all().getLast();
            assertThat(last.header().epoch()).isEqualTo(clock.instant().getEpochSecond());
            assertThat(last.header().type()).isEqualTo("instance.restored");
            rig.system("shop", "http");
            rig.system("later", "http");
            assertThat(rig.all().getLast().header().epoch()).isPositive();
            new Heads(rig.store, rig.events, identity.logKey()).run(clock.instant());
            var verify = new Verify(rig.store, rig.events, identity.logKey().publicKey());
            assertThat(verify.run().problems()).isEmpty();
        }
    }

    @Test
    void agentsComeBackToARestoredInstanceAndWhatTheyDroppedIsAGap() throws IOException {
        take("one", Kind.BACKUP, true);
        restore(folder.resolve("one"));
        data = folder.resolve("there");
        try (var rig = rig()) {
            var web = rig.agents.all().getFirst();
            long had = rig.ready(web, "e1", 1, 100);
            assertThat(had).isEqualTo(8);
            rig.ready(web, "e1", 12, 100); // 9 to 11 were acknowledged after the backup
            assertThat(rig.happened(Payload.ResultsGap.class))
                    .singleElement()
                    .satisfies(
                            gap -> {
                                assertThat(gap.from()).isEqualTo(9);
                                assertThat(gap.to()).isEqualTo(11);
                            });
        }
    }

    @Test
    void anEpochWithoutARecordedRestoreIsFound() throws IOException {
        take("one", Kind.BACKUP, true);
        importing()
                .run(BackupFolder.open(folder.resolve("one")), Target.of(folder.resolve("there")));
        data = folder.resolve("there");
        try (var rig = rig()) {
            rig.store.write(
                    tx -> {
                        new SqlRestorationStore()
                                .save(
                                        tx,
                                        new Restoration(
                                                7,
                                                "",
                                                clock.instant(),
                                                clock.instant(),
                                                Optional.empty()));
                        return true;
                    });
            rig.log.start(rig.store);
            rig.system("shop", "http");
            var verify = new Verify(rig.store, rig.events, identity.logKey().publicKey());
            assertThat(verify.run().problems())
                    .singleElement()
                    .asString()
                    .contains("begins epoch 7", "no restore is recorded");
        }
    }

    @Test
    void secretsThatLiveShortDoNotComeBack() throws IOException {
        take("one", Kind.BACKUP, true);
        restore(folder.resolve("one"));
        data = folder.resolve("there");
        take("two", Kind.EXPORT, false);
        String credentials = Files.readString(folder.resolve("two/tables/credential.jsonl"));
        assertThat(credentials).contains("\"kind\":\"token\"").doesNotContain("link", "session");
    }

    /// Of a spool of its own, whose seqs begin at 1.
    private AgentMessage.Results frame(Result result) {
        return new AgentMessage.Results("e2", clock.instant(), List.of(result));
    }

    private Rig rig() {
        return new Rig(data, clock).ready();
    }

    private Manifest take(String name, Kind kind, boolean keys) throws IOException {
        try (var contents = site(data).contents()) {
            return new Backup(contents, events, identity, data, "0.1", false, Pace.FREE, clock)
                    .take(folder.resolve(name), kind, keys);
        }
    }

    private Import importing() {
        return new Import(BackupTest::site, events);
    }

    private Import.Done restore(Path backup) {
        return new Restoring(BackupTest::site, events, new SqlRestorationStore(), clock)
                .run(BackupFolder.open(backup), Target.of(folder.resolve("there")));
    }

    private static TreeMap<String, String> files(Path of) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var all = Files.walk(of)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                texts.put(of.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    /// Changes the manifest as somebody could who also writes its sum anew.
    private static void change(Path backup, String from, String to) throws IOException {
        var manifest = backup.resolve(Names.MANIFEST);
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        Files.writeString(manifest, text.replace(from, to));
        var digest = NewFolder.sha256();
        String sum = HexFormat.of().formatHex(digest.digest(Files.readAllBytes(manifest)));
        var sums = backup.resolve(NewFolder.SUMS);
        Files.writeString(
                sums,
                Files.readString(sums)
                        .replaceAll("[0-9a-f]{64}  manifest.json", sum + "  manifest.json"));
    }

    private static Site site(Path data) {
        return SqlStores.site(new StoreSettings.Embedded(), data.resolve(DataDirectory.STORE));
    }
}
