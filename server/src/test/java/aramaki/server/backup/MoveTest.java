package aramaki.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.sql.PostgresBackend;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance that moves from the embedded store to PostgreSQL and back.
class MoveTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private final SqlEventStore events = new SqlEventStore();
    private final PostgresBackend postgres = PostgresBackend.create();
    private Path first;

    @BeforeEach
    void anInstanceWithAPast() throws IOException {
        first = Files.createDirectory(folder.resolve("first"));
        Identity.loadOrCreate(first, clock.instant(), new SecureRandom());
        try (var rig = new Rig(first, clock)) {
            rig.ready();
            rig.system("shop", "http", "zeta", "a-b", "a.b");
            var web = rig.agent("web1", "shop");
            for (String state : new String[] {"ok", "critical", "ok"}) {
                for (String check : new String[] {"http", "zeta", "a-b", "a.b"}) {
                    rig.report(web, "shop", check, state);
                }
                rig.pass(Duration.ofSeconds(10), web);
            }
        }
    }

    @Test
    void toPostgresAndBackItExportsTheSame() throws IOException {
        var one = export("one", first);
        move(first, folder.resolve("postgres"));
        assertThat(export("two", folder.resolve("postgres"))).isEqualTo(one);
        move(folder.resolve("postgres"), folder.resolve("back"));
        assertThat(export("three", folder.resolve("back"))).isEqualTo(one);
        assertThat(folder.resolve("back.moving")).doesNotExist();
        try (var rig = new Rig(folder.resolve("back"), clock)) {
            assertThat(rig.agents.all()).hasSize(1);
        }
    }

    @Test
    void afterAMoveNumbersGoOn() {
        move(first, folder.resolve("postgres"));
        try (var rig = new Rig(postgres, clock)) {
            var before = rig.all().getLast();
            rig.system("later");
            assertThat(rig.all().getLast().position()).isGreaterThan(before.position());
        }
    }

    @Test
    void noServerGoesOnWhereAnInstanceMovedAwayFrom() {
        move(first, folder.resolve("postgres"));
        assertThatThrownBy(() -> DataDirectory.take(first))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("moved to " + folder.resolve("postgres"));
    }

    @Test
    void aStoreThatHoldsSomethingIsNotFilled() {
        try (var rig = new Rig(postgres, clock)) {
            rig.system("other");
        }
        assertThatThrownBy(() -> move(first, folder.resolve("postgres")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("holds something already");
        assertThat(folder.resolve("postgres")).doesNotExist();
        DataDirectory.take(first).close(); // it did not move
    }

    private void move(Path from, Path to) {
        new Move(this::site, events, "0.1", clock).run(from, Target.of(to));
    }

    private Site site(Path data) {
        var settings =
                data.getFileName().toString().equals("postgres")
                        ? PostgresBackend.settings(postgres.database())
                        : new StoreSettings.Embedded();
        return SqlStores.site(settings, data.resolve(DataDirectory.STORE));
    }

    private TreeMap<String, String> export(String name, Path data) throws IOException {
        var there = folder.resolve(name);
        try (var contents = site(data).contents()) {
            new Backup(contents, events, Identity.load(data), data, "0.1", false, Pace.FREE, clock)
                    .take(there, Kind.EXPORT, true);
        }
        var texts = new TreeMap<String, String>();
        try (var all = Files.walk(there)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                texts.put(there.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
