package aramaki.server.system.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.model.system.SystemName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemsFolderTest {
    @TempDir Path folder;
    private final List<Scan> scans = new CopyOnWriteArrayList<>();
    private SystemsFolder systems = new SystemsFolder(Path.of("unset"));

    @BeforeEach
    void twoSystems() throws IOException {
        write("shop/system.yaml", "title: Shop\n");
        write("storage/system.yaml", "title: Storage\n");
        systems = new SystemsFolder(folder, Duration.ofMillis(20));
    }

    @Test
    void eachSubfolderIsASystem() throws IOException {
        write("README.md", "x");
        write(".hidden/system.yaml", "x");

        var scan = systems.scan();

        assertThat(scan.systems().keySet())
                .containsExactly(new SystemName("shop"), new SystemName("storage"));
        assertThat(scan.problems()).isEmpty();
        assertThat(scan.listed()).isTrue();
    }

    @Test
    void aBadFolderIsAProblemAndTheOthersAreThere() throws IOException {
        write("Bad Name/system.yaml", "x");
        write("empty/README.md", "x");
        Files.createDirectories(folder.resolve("binary"));
        Files.write(folder.resolve("binary/system.yaml"), new byte[] {(byte) 0xff});

        var scan = systems.scan();

        assertThat(scan.systems()).hasSize(2);
        assertThat(scan.unread())
                .containsExactly(new SystemName("binary"), new SystemName("empty"));
        assertThat(scan.problems())
                .extracting(FileProblem::toString)
                .containsExactly(
                        "Bad Name:1: file: \"Bad Name\" is no short name for a system; name the"
                                + " folder with lower-case letters, digits, '.' and '-', or begin it"
                                + " with '.' to hide it",
                        "binary/system.yaml:1: file: is not well-formed UTF-8; save it as UTF-8",
                        "empty/system.yaml:1: file: is missing; write at least title: empty");
    }

    @Test
    void aFolderThatCannotBeReadMakesNothingGone() {
        var scan = new SystemsFolder(folder.resolve("nowhere")).scan();

        assertThat(scan.listed()).isFalse();
        assertThat(scan.problems()).hasSize(1);
        assertThat(scan.gone(List.of(new SystemName("shop")))).isEmpty();
    }

    @Test
    void aRemovedFolderIsGoneAndOneThatCannotBeReadIsNot() throws IOException {
        Files.delete(folder.resolve("shop/system.yaml"));
        var active =
                List.of(new SystemName("shop"), new SystemName("old"), new SystemName("storage"));

        assertThat(systems.scan().gone(active)).containsExactly(new SystemName("old"));
    }

    @Test
    void theWatcherTellsWhatIsThereAndThenEachChange() throws IOException {
        try (var _ = systems.watch(scans::add)) {
            awaitTitle("title: Shop\n");

            write("shop/system.yaml", "title: Pohs\n");
            awaitTitle("title: Pohs\n");

            write("shop/checks/a.yaml", "every: 5s\n");
            await().until(() -> files("shop").text("checks/a.yaml").isPresent());

            write("new/system.yaml", "title: New\n");
            await().until(() -> last().systems().size() == 3);

            Files.delete(folder.resolve("storage/system.yaml"));
            Files.delete(folder.resolve("storage"));
            await().until(() -> last().systems().size() == 2);
        }
    }

    @Test
    void twoLooksFitIntoASecond() {
        assertThat(SystemsFolder.POLL.multipliedBy(2)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aChangeCountsWhenTwoLooksFoundTheSame() {
        var looks = new Settling(folder);
        looks.look();

        write("shop/system.yaml", "title: Half\n");
        assertThat(title(looks.settled())).contains("title: Shop\n");
        write("shop/system.yaml", "title: Whole\n");
        assertThat(title(looks.settled())).contains("title: Shop\n");
        assertThat(title(looks.settled())).contains("title: Whole\n");
    }

    @Test
    void aSystemThatIsNewIsThereAfterTwoLooksAndNotGoneBefore() {
        var looks = new Settling(folder);
        looks.look();

        write("new/system.yaml", "title: New\n");

        assertThat(looks.settled().unread()).containsExactly(new SystemName("new"));
        assertThat(looks.settled().systems()).containsKey(new SystemName("new"));
    }

    @Test
    void aFolderThatIsReplacedIsNotGoneMeanwhile() throws IOException {
        var looks = new Settling(folder);
        looks.look();
        var aside = folder.resolve(".shop");

        Files.move(folder.resolve("shop"), aside);
        assertThat(title(looks.settled())).contains("title: Shop\n");
        Files.move(aside, folder.resolve("shop"));
        assertThat(title(looks.settled())).contains("title: Shop\n");

        Files.move(folder.resolve("shop"), aside);
        looks.settled();
        assertThat(looks.settled().gone(List.of(new SystemName("shop")))).hasSize(1);
    }

    @Test
    void aChangeOfTheSameLengthInTheSameTickIsSeen() throws IOException {
        var looks = new Settling(folder);
        var file = folder.resolve("shop/system.yaml");
        var time = Files.getLastModifiedTime(file);
        looks.look();

        Files.writeString(file, "title: Pohs\n");
        Files.setLastModifiedTime(file, time);

        looks.settled();
        assertThat(title(looks.settled())).contains("title: Pohs\n");
    }

    @Test
    void theWatcherTellsNothingTwice() throws IOException {
        try (var _ = systems.watch(scans::add)) {
            awaitTitle("title: Shop\n");
            var file = folder.resolve("shop/system.yaml");

            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
            write("shop/system.yaml", "title: Changed\n");
            awaitTitle("title: Changed\n");

            assertThat(scans).hasSize(2);
        }
    }

    @Test
    void aListenerThatFailsIsToldAgain() {
        var calls = new AtomicInteger();
        var failing =
                systems.watch(
                        scan -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("the store is closed");
                            }
                            scans.add(scan);
                        });
        try (failing) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !scans.isEmpty());
        }
    }

    @Test
    void aSystemThatChangesWithoutPauseHoldsUpNoOther() throws Exception {
        var slow = new SystemsFolder(folder, Duration.ofMillis(150));
        var stop = new CountDownLatch(1);
        try (var _ = slow.watch(scans::add)) {
            awaitTitle("title: Shop\n");
            var writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; stop.getCount() > 0; i++) {
                                            write("storage/system.yaml", "title: " + i + "\n");
                                        }
                                    });
            try {
                write("shop/system.yaml", "title: Calm\n");
                awaitTitle("title: Calm\n");
                assertThat(last().systems()).containsKey(new SystemName("storage"));
            } finally {
                stop.countDown();
                writer.join();
            }
        }
    }

    @Test
    void afterClosingNothingIsTold() throws IOException {
        var watch = systems.watch(scans::add);
        awaitTitle("title: Shop\n");
        watch.close();
        watch.close();

        write("shop/system.yaml", "title: Late\n");

        assertThat(scans).hasSize(1);
    }

    private void awaitTitle(String text) {
        await().until(() -> !scans.isEmpty() && files("shop").text("system.yaml").equals(of(text)));
    }

    private static Optional<String> title(Scan scan) {
        return Optional.ofNullable(scan.systems().get(new SystemName("shop")))
                .flatMap(files -> files.text("system.yaml"));
    }

    private static Optional<String> of(String text) {
        return Optional.of(text);
    }

    private Scan last() {
        return scans.getLast();
    }

    private SystemFiles files(String name) {
        var files = last().systems().get(new SystemName(name));
        return files == null ? new SystemFiles(new TreeMap<>()) : files;
    }

    /// Replaces at once, as editors do.
    private void write(String path, String text) {
        var file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            var aside = Files.writeString(file.resolveSibling(".new"), text);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
