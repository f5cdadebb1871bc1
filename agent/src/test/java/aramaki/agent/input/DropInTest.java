package aramaki.agent.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.agent.CollectedLog;
import aramaki.model.Refusal;
import aramaki.model.observation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropInTest {
    @TempDir Path home;
    private final List<Pushed> taken = new CopyOnWriteArrayList<>();
    private final AtomicBoolean full = new AtomicBoolean();
    private final CollectedLog log = new CollectedLog();
    private Path folder;
    private DropIn dropIn;

    @BeforeEach
    void open() throws IOException {
        folder = home.resolve("drop-in");
        dropIn = DropIn.open(folder, this::take, log);
    }

    private void take(Pushed pushed) {
        if (full.get()) {
            throw Refusal.unavailable("spool-full", "no room");
        }
        taken.add(pushed);
    }

    @AfterEach
    void close() {
        dropIn.close();
    }

    @Test
    void aFileBecomesAResultAndIsGone() throws Exception {
        put(
                "backup.json",
                """
                {"check": "backup", "state": "warning", "output": "3 of 4 disks", "ttl": "25h",
                 "at": "2026-11-22T03:00:00Z", "metrics": [{"name": "size", "value": 12, "unit": "B"}]}
                """);

        await().until(() -> taken.size() == 1 && !Files.exists(folder.resolve("backup.json")));
        assertThat(taken.getFirst().check()).isEqualTo("backup");
        assertThat(taken.getFirst().state()).isEqualTo(State.WARNING);
        assertThat(taken.getFirst().ttl()).contains(Duration.ofHours(25));
        assertThat(taken.getFirst().metrics()).hasSize(1);
    }

    @Test
    void aFileThatIsWrongIsKeptApartWithTheReason() throws Exception {
        put("a.json", "{\"check\": \"backup\", \"state\": \"fine\"}");
        put("b.json", "{\"check\": \"backup\", \"staet\": \"ok\"}");

        await().until(() -> Files.exists(folder.resolve("refused/b.json.why")));
        assertThat(folder.resolve("refused/a.json.why")).content().contains("state: \"fine\"");
        assertThat(folder.resolve("refused/b.json.why")).content().contains("state: is missing");
        assertThat(folder.resolve("refused/a.json")).exists();
        assertThat(taken).isEmpty();
    }

    @Test
    void aLinkAPipeAndAHugeFileAreRefusedAndBlockNothing() throws Exception {
        Path secret =
                Files.writeString(home.resolve("secret"), "{\"check\":\"x\",\"state\":\"ok\"}");
        Files.createSymbolicLink(folder.resolve("a-link.json"), secret);
        new ProcessBuilder("mkfifo", folder.resolve("b-pipe.json").toString()).start().waitFor();
        put("c-huge.json", "\"" + "x".repeat(DropIn.MAX_BYTES) + "\"");
        put("d-good.json", "{\"check\": \"good\", \"state\": \"ok\"}");

        await().until(() -> taken.size() == 1);
        assertThat(taken.getFirst().check()).isEqualTo("good");
        await().until(() -> Files.exists(folder.resolve("refused/c-huge.json.why")));
        assertThat(folder.resolve("refused/a-link.json.why")).content().contains("no plain file");
        assertThat(folder.resolve("refused/b-pipe.json.why")).content().contains("no plain file");
        assertThat(secret).exists();
    }

    @Test
    void aFileStaysWhileTheSpoolTakesNothing() throws Exception {
        full.set(true);
        put("later.json", "{\"check\": \"later\", \"state\": \"ok\"}");
        put("zz.json", "{\"check\": \"zz\", \"state\": \"no such state\"}");
        await().until(() -> Files.exists(folder.resolve("refused/zz.json.why")));
        assertThat(folder.resolve("later.json")).exists();

        full.set(false);

        await().until(() -> taken.size() == 1 && !Files.exists(folder.resolve("later.json")));
    }

    private void put(String name, String text) throws IOException {
        Path half = Files.writeString(folder.resolve(name + ".half"), text);
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
