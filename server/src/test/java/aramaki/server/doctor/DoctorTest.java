package aramaki.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.agent.AgentMessage;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentClocks;
import aramaki.server.runtime.Task;
import aramaki.server.runtime.Tasks;
import aramaki.server.sql.SqlSignOfLife;
import aramaki.server.sql.SqliteFile;
import aramaki.server.store.Tx;
import aramaki.server.system.files.FileProblem;
import aramaki.server.system.files.Scan;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every examination with its fault: made, seen, and gone after what it says was done.
class DoctorTest {
    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void assertWell(Examination examination) {
        assertThat(examination.examine(clock.instant())).isEmpty();
    }

    private Complaint assertBroken(Examination examination) {
        return one(examination, Complaint.Gravity.BROKEN);
    }

    private Complaint assertAdvised(Examination examination) {
        return one(examination, Complaint.Gravity.ADVICE);
    }

    private Complaint one(Examination examination, Complaint.Gravity gravity) {
        var complaints = examination.examine(clock.instant());
        assertThat(complaints).hasSize(1);
        var complaint = complaints.getFirst();
        assertThat(complaint.gravity()).isEqualTo(gravity);
        assertThat(complaint.what()).isNotBlank();
        assertThat(complaint.why()).isNotBlank();
        assertThat(complaint.cure()).isNotBlank();
        return complaint;
    }

    /// Does what a cure says.
    private static void sh(String command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void aDataFolderThatOthersReach() throws IOException, InterruptedException {
        var data = Files.createDirectory(folder.resolve("data"));
        var examination = new DataFolderRights(data);
        sh("chmod 755 " + data);

        var complaint = assertBroken(examination);
        assertThat(complaint.cure()).isEqualTo("chmod 700 " + data);

        sh(complaint.cure());
        assertWell(examination);
    }

    @Test
    void aKeyThatOthersRead() throws IOException, InterruptedException {
        var data =
                Files.createDirectory(
                        folder.resolve("data"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Files.writeString(data.resolve("log-key"), "secret");
        sh("chmod 640 " + data.resolve("log-key"));
        var examination = new DataFolderRights(data);

        var complaint = assertBroken(examination);

        sh(complaint.cure());
        assertWell(examination);
    }

    @Test
    void aDiskThatIsAlmostFull() {
        var left = new AtomicLong(100L << 20);
        var examination = new DiskSpace(folder, _ -> left.get());

        assertThat(assertBroken(examination).what()).startsWith("100 MiB are left");

        left.set(900L << 20);
        assertAdvised(examination);
        left.set(2L << 30);
        assertWell(examination);
        assertThat(DiskSpace.of(folder).usable().applyAsLong(folder)).isPositive();
    }

    @Test
    void aStoreWhosePagesAreDamaged() throws IOException {
        rig.system("shop", "a", "b");
        var database = folder.resolve("aramaki.db");
        var copy = folder.resolve("copy.db");
        rig.close();
        Files.copy(database, copy);
        assertWell(new StoreSound(new SqliteFile(copy)::damages));

        try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            for (long page = 3; page < 12; page++) {
                channel.write(ByteBuffer.wrap(new byte[2048]), page * 4096);
            }
        }

        assertThat(new StoreSound(new SqliteFile(copy)::damages).examine(clock.instant()))
                .isNotEmpty()
                .allMatch(Complaint::isBroken);
        Files.copy(database, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertWell(new StoreSound(new SqliteFile(copy)::damages));
        rig = new Rig(folder, clock);
    }

    @Test
    void aStoreThatTakesNoWrites() {
        var refuses = new AtomicBoolean(true);
        var examination =
                new StoreWrites(
                        rig.store,
                        (Tx tx, Instant now) -> {
                            if (refuses.get()) {
                                throw new IllegalStateException("database or disk is full");
                            }
                            SqlSignOfLife.write(tx, now);
                        });

        assertThat(assertBroken(examination).what()).contains("database or disk is full");

        refuses.set(false);
        assertWell(examination);
        assertWell(examination);
    }

    @Test
    void aRecoveryKeyThatIsStillThere() throws IOException {
        var examination = new RecoveryKey(folder);
        var key = Files.writeString(folder.resolve("recovery-key"), "secret");

        assertThat(assertAdvised(examination).cure()).startsWith("mv " + key);

        var inside = Files.createDirectory(folder.resolve("keys")).resolve("recovery-key-1");
        Files.move(key, inside);
        assertThat(assertAdvised(examination).cure()).startsWith("mv " + inside);

        Files.delete(inside);
        assertWell(examination);
    }

    @Test
    void anAgentWhoseClockIsWrong() {
        var agent = rig.agent("web1", "shop");
        var clocks = new AgentClocks();
        var examination = new ClockSkew(rig.agents, clocks);
        assertWell(examination);

        clocks.told(agent.id(), clock.instant().plusSeconds(600), clock.instant());
        assertThat(assertBroken(examination).what())
                .isEqualTo("The clock of web1 is 600 s ahead of the server's.");
        clocks.told(agent.id(), clock.instant().minusSeconds(5), clock.instant());
        assertThat(assertAdvised(examination).what()).contains("5 s behind");

        clocks.told(agent.id(), clock.instant(), clock.instant());
        assertWell(examination);
    }

    @Test
    void anAgentThatIsSilent() {
        rig.system("shop", "a");
        var agent = rig.agent("web1", "shop");
        var examination = new AgentsSilent(rig.agents, rig.silence);
        assertWell(examination);

        rig.pass(Duration.ofSeconds(60));
        assertThat(assertBroken(examination).cure()).contains("aramaki agent revoke web1");

        rig.silence.connected(rig.now(agent), clock.instant());
        assertWell(examination);
        rig.pass(Duration.ofSeconds(60));
        rig.agents.revoke(agent.name(), "gone", rig.instance);
        assertWell(examination);
    }

    @Test
    void anAgentWithAnOlderVersion() {
        var agent = rig.agent("web1", "shop");
        rig.agents.describe(agent.id(), Rig.readySaying("e1", 1, 1));
        assertWell(new AgentsOld(rig.agents, "0.1.0"));
        var examination = new AgentsOld(rig.agents, "0.2.0");

        assertThat(assertAdvised(examination).what())
                .isEqualTo("Agent web1 has version 0.1.0, the server 0.2.0.");

        rig.agents.describe(
                agent.id(),
                new AgentMessage.Ready("e1", 1, 1, "0.2.0", "any", Map.of(), clock.instant()));
        assertWell(examination);
    }

    @Test
    void aResultThatHadToBeRefused() {
        rig.system("shop", "a");
        var agent = rig.agent("web1", "shop");
        var examination = new RefusedResults(rig.store, rig.observations, rig.agents);
        rig.report(agent, "shop", "a", "ok");
        assertWell(examination);

        rig.report(agent, "shop", "nobody-knows", "ok");
        assertThat(assertBroken(examination))
                .satisfies(
                        c -> {
                            assertThat(c.what()).startsWith("1 results of agent web1 were refused");
                            assertThat(c.cure()).endsWith("aramaki agent show web1");
                        });

        clock.advance(Duration.ofHours(2));
        assertWell(examination);
    }

    @Test
    void aFileThatWasRefused() {
        var root = folder.resolve("systems");
        var examination = new RefusedFiles(rig.systems);
        var bad = new FileProblem("shop/checks/a.yaml", 3, "every", "is missing");

        rig.systems.applyFolder(
                root, new Scan(new TreeMap<>(), new TreeSet<>(), List.of(bad), true));
        assertThat(assertBroken(examination).cure()).isEqualTo("Edit shop/checks/a.yaml, line 3");

        rig.systems.applyFolder(root, new Scan(new TreeMap<>(), new TreeSet<>(), List.of(), true));
        assertWell(examination);
    }

    @Test
    void alertingThatFallsBehind() {
        rig.system("shop", "a");
        var examination = new AlertingLag(rig.store, rig.events, rig.alerts);
        assertWell(examination);

        clock.seconds(45);
        assertThat(assertBroken(examination).what()).isEqualTo("Alerting is 45 s behind the log.");

        rig.alerting.run(clock.instant());
        assertWell(examination);
    }

    @Test
    void anAlertThatFiresForEver() {
        rig.system("shop", "a");
        var agent = rig.agent("web1", "shop");
        var examination = new LongAlerts(rig.store, rig.alerts);
        rig.report(agent, "shop", "a", "critical");
        rig.alerting.run(clock.instant());
        assertWell(examination);

        clock.advance(Duration.ofDays(8));
        assertThat(assertAdvised(examination).what()).startsWith("shop/web1/a fires since");

        rig.report(agent, "shop", "a", "ok");
        rig.alerting.run(clock.instant());
        assertWell(examination);
    }

    @Test
    void aServerWithTooLittleMemory() {
        var heap = new AtomicReference<>(new MemoryLimit.Heap(95L << 20, 100L << 20));
        var examination = new MemoryLimit(heap::get);

        assertThat(assertBroken(examination).cure()).endsWith("JAVA_TOOL_OPTIONS=-Xmx512m");

        heap.set(new MemoryLimit.Heap(80L << 20, 100L << 20));
        assertAdvised(examination);
        heap.set(new MemoryLimit.Heap(80L << 20, 512L << 20));
        assertWell(examination);
        assertThat(MemoryLimit.now().limit()).isPositive();
    }

    @Test
    void aSystemThatLooksAtNothing() {
        rig.system("shop");
        var examination = new SystemsWithoutChecks(rig.systems);

        assertThat(assertAdvised(examination).cure())
                .contains("aramaki check proposals --system shop");

        rig.system("shop", "a");
        assertWell(examination);
    }

    @Test
    void aCheckThatNoAgentRuns() {
        rig.system("shop", "a");
        var examination = new ChecksWithoutAgent(rig.systems, rig.agents, rig.assignments);
        assertWell(examination); // its agent may be on its way

        clock.advance(Duration.ofMinutes(3));
        assertThat(assertBroken(examination))
                .satisfies(
                        c -> {
                            assertThat(c.what()).isEqualTo("No agent runs shop/a.");
                            assertThat(c.cure()).contains("aramaki agent invite --system shop");
                        });

        rig.agent("web1", "shop");
        assertWell(examination);
        rig.check("shop", "a", "command: [check_a]\nevery: 10s\non: {tags: [db]}\n");
        assertWell(examination);
        clock.advance(Duration.ofMinutes(3));
        assertThat(assertBroken(examination).why()).contains("carries db");
    }

    @Test
    void aCheckThatNeverCameBack() {
        rig.system("shop", "a");
        var agent = rig.agent("web1", "shop");
        var examination = new ChecksNeverRan(rig.statuses, rig.systems);
        assertWell(examination);

        clock.advance(Duration.ofMinutes(3));
        rig.silence.heard(agent.id(), clock.instant());
        assertThat(assertBroken(examination).what())
                .isEqualTo("shop/a has never had a result from web1.");

        rig.report(agent, "shop", "a", "ok");
        assertWell(examination);
    }

    @Test
    void resultsThatWereLost() {
        rig.system("shop", "a");
        var agent = rig.agent("web1", "shop");
        var examination = new LostResults(rig.store, rig.events);
        assertWell(examination);

        rig.intake.gap(rig.now(agent), new AgentMessage.Gap("e1", 1, 40));
        assertThat(assertAdvised(examination).what()).contains("1 to 40 of agent web1");

        clock.advance(Duration.ofHours(25));
        assertWell(examination);
    }

    @Test
    void aServerThatListensBeyondItsMachine() throws IOException {
        var anywhere = InetAddress.getByName("0.0.0.0");
        var here = InetAddress.getLoopbackAddress();

        assertThat(assertBroken(new Reachable(() -> List.of(here, anywhere))).what())
                .contains("0.0.0.0");

        assertWell(new Reachable(() -> List.of(here)));
    }

    @Test
    void aTaskThatFailsUntilItDoesNot() {
        var fails = new AtomicBoolean(true);
        var tasks = new Tasks(clock);
        var examination = new TasksFailed(tasks::outcomes);
        var poke =
                tasks.start(
                        task(
                                () -> {
                                    if (fails.get()) {
                                        throw new IllegalStateException("no such table: alert");
                                    }
                                }));
        try {
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(assertBroken(examination).what())
                                            .contains("the-task failed", "no such table: alert"));

            fails.set(false);
            poke.run();
            Awaitility.await().untilAsserted(() -> assertWell(examination));
        } finally {
            tasks.stop();
        }
    }

    @Test
    void aTaskThatHangs() {
        var hangs = new CountDownLatch(1);
        var tasks = new Tasks(clock);
        var examination = new TasksFailed(tasks::outcomes);
        tasks.start(
                task(
                        () -> {
                            try {
                                hangs.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
        try {
            Awaitility.await().until(() -> tasks.outcomes().getFirst().runningSince().isPresent());
            assertWell(examination);

            clock.advance(Duration.ofMinutes(3));
            assertThat(assertBroken(examination).what()).contains("hangs for 180 s");
        } finally {
            hangs.countDown();
            tasks.stop();
        }
    }

    private static Task task(Runnable work) {
        return new Task() {
            @Override
            public String name() {
                return "the-task";
            }

            @Override
            public Duration run(Instant now) {
                work.run();
                return Duration.ofHours(1);
            }
        };
    }

    @Test
    void anExaminationThatFailsIsAComplaintItself() {
        var doctor =
                new Doctor(
                        List.of(
                                new StoreSound(
                                        () -> {
                                            throw new IllegalStateException("no disk");
                                        })),
                        clock);

        var report = doctor.examine();

        assertThat(report.ok()).isFalse();
        assertThat(report.sentence()).isEqualTo("One thing is broken.");
    }

    @Test
    void slowExaminationsAreMadeHourlyAndWhenAsked() {
        var looked = new AtomicLong();
        var slow =
                new StoreSound(
                        () -> {
                            looked.incrementAndGet();
                            return List.of();
                        });
        var doctor = new Doctor(List.of(slow), clock);
        for (int minute = 0; minute < 59; minute++) {
            doctor.run(clock.seconds(60));
        }
        assertThat(looked).hasValue(1);
        doctor.examine();
        assertThat(looked).hasValue(2);
        clock.advance(Duration.ofHours(1));
        doctor.run(clock.instant());
        assertThat(looked).hasValue(3);
    }

    @Test
    void ofAThousandComplaintsAFewAreToldAndTheRestCounted() {
        for (int i = 0; i < 50; i++) {
            rig.system("system-" + i);
        }
        var report = new Doctor(List.of(new SystemsWithoutChecks(rig.systems)), clock).examine();

        assertThat(report.diagnoses().getFirst().complaints()).hasSize(21);
        assertThat(report.diagnoses().getFirst().complaints().getLast().what())
                .isEqualTo("And 30 more of this kind.");
        assertThat(report.ok()).isTrue();
        assertThat(report.word()).isEqualTo("advice");
    }
}
