package aramaki.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.crypto.SecretKey;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.sql.SqliteBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page of the file that cannot be read costs the events on it, and ends no walk.
class DamagedPageTest {
    private static final SecretKey LOG_KEY = SecretKey.ofSeed(new byte[32]);
    private static final int PAGE = 4096;

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();

    @Test
    void eventsOnADamagedPageAreNamedAndThoseBehindItAreWalked() throws IOException {
        var backend = new SqliteBackend(folder);
        long all;
        try (var rig = new Rig(backend, clock)) {
            var shop = rig.system("shop");
            var notes = new Notes(rig.store, rig.events, rig.log, clock);
            for (int i = 0; i < 200; i++) {
                String text = "one of many: " + i + " " + "x".repeat(200);
                notes.add(shop, text, Optional.empty(), rig.instance);
            }
            new Heads(rig.store, rig.events, LOG_KEY).run(clock.instant());
            all = verify(rig).events();
        }
        spoil(backend.file(), "one of many: 100 ");
        try (var rig = new Rig(backend, clock)) {
            var report = verify(rig);
            assertThat(report.problems())
                    .anyMatch(p -> p.contains("cannot be read: the table event"))
                    .noneMatch(p -> p.contains("does not chain"));
            assertThat(report.events()).isBetween(all - 20, all - 1);
        }
    }

    private static Verify.Report verify(Rig rig) {
        return new Verify(rig.store, rig.events, LOG_KEY.publicKey()).run();
    }

    /// Writes over the beginning of the page on which this stands.
    private static void spoil(Path file, String text) throws IOException {
        var all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        long page = all.indexOf(text) / PAGE;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[100]), page * PAGE);
        }
    }
}
