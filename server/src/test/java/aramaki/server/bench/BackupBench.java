package aramaki.server.bench;

import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.backup.Backup;
import aramaki.server.backup.Backup.Kind;
import aramaki.server.backup.BackupFolder;
import aramaki.server.backup.Import;
import aramaki.server.backup.Pace;
import aramaki.server.backup.Restoring;
import aramaki.server.backup.Site;
import aramaki.server.backup.Target;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlRestorationStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a backup costs: how long it, its import and its restore take, and how long results wait for
/// their acknowledgement meanwhile, at 1,000 results a second. Arguments: a folder that
/// `BigInstance` filled and a folder to write in; with the bytes a second of a running server's
/// backup as a third, the waiting is measured, else the carrying.
public final class BackupBench {
    private static final int AGENTS = 50;
    private static final int A_FRAME = 20;
    private static final int ROUNDS = 30;

    private final Path data;
    private final Path out;
    private final SqlEventStore events = new SqlEventStore();
    private final InstantSource clock = InstantSource.system();

    private BackupBench(Path data, Path out) {
        this.data = data;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new BackupBench(Path.of(arguments[0]), Path.of(arguments[1]));
        if (arguments.length < 3) {
            bench.carry();
        } else {
            bench.meanwhile(Long.parseLong(arguments[2]));
        }
    }

    private static Site site(Path data) {
        return SqlStores.site(new StoreSettings.Embedded(), data.resolve(DataDirectory.STORE));
    }

    private void carry() throws Exception {
        Files.createDirectories(out);
        timed("export, stopped", () -> take("one", Pace.FREE));
        timed(
                "import, read back and verified",
                () ->
                        new Import(BackupBench::site, events)
                                .run(
                                        BackupFolder.open(out.resolve("one")),
                                        Target.of(out.resolve("two"))));
        timed(
                "restore, read back and verified",
                () ->
                        new Restoring(BackupBench::site, events, new SqlRestorationStore(), clock)
                                .run(
                                        BackupFolder.open(out.resolve("one")),
                                        Target.of(out.resolve("three"))));
    }

    private Object take(String name, Pace pace) {
        try (var contents = site(data).contents()) {
            var identity = Identity.load(data);
            return new Backup(contents, events, identity, data, "bench", false, pace, clock)
                    .take(out.resolve(name), Kind.EXPORT, true)
                    .bytes();
        }
    }

    private static void timed(String what, Callable<Object> work) throws Exception {
        long begun = System.nanoTime();
        var came = work.call();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%-34s %6.1f s  %s%n", what, seconds, came instanceof Long ? came : "");
    }

    private void meanwhile(long bytesPerSecond) throws Exception {
        try (var rig = new Rig(data, new TestClock())) {
            rig.ready();
            var agents = new ArrayList<AgentRecord>();
            for (int i = 0; i < AGENTS; i++) {
                agents.add(rig.agent("late" + System.nanoTime() + "-" + i, "s1"));
            }
            var seqs = new long[AGENTS];
            acknowledged("warming up", rig, agents, seqs, () -> false);
            acknowledged("without a backup", rig, agents, seqs, () -> false);
            var going = new AtomicBoolean(true);
            try (var pool = Executors.newSingleThreadExecutor()) {
                var backup =
                        pool.submit(
                                () -> {
                                    try {
                                        timed(
                                                "backup meanwhile",
                                                () -> take("four", Pace.atMost(bytesPerSecond)));
                                    } finally {
                                        going.set(false);
                                    }
                                    return 0;
                                });
                acknowledged("with a backup", rig, agents, seqs, going::get);
                backup.get();
            }
            acknowledged("without, after it", rig, agents, seqs, () -> false);
        }
    }

    /// 50 frames of 20 results a second, evenly; each waits from when it was due.
    private static void acknowledged(
            String how, Rig rig, List<AgentRecord> agents, long[] seqs, Callable<Boolean> longer)
            throws Exception {
        List<Long> waits = Collections.synchronizedList(new ArrayList<>());
        try (var pool = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            long begun = System.nanoTime();
            int frame = 0;
            while (frame < ROUNDS * AGENTS || longer.call()) {
                int agent = frame % AGENTS;
                long due = begun + TimeUnit.SECONDS.toNanos(1) * frame / AGENTS;
                java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
                if (agent == 0) {
                    rig.clock.seconds(1);
                }
                long from = seqs[agent] + 1;
                seqs[agent] += A_FRAME;
                var who = agents.get(agent);
                pool.submit(
                        () -> {
                            rig.intake.accept(who, frame(who, from, rig));
                            waits.add(System.nanoTime() - due);
                        });
                frame++;
            }
        }
        var sorted = waits.stream().sorted().toList();
        System.out.printf(
                "%-20s %,7d results, to acknowledgement p50 %5.1f ms, p99 %6.1f ms, worst %6.1f ms%n",
                how,
                sorted.size() * A_FRAME,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.getLast() / 1e6);
    }

    private static AgentMessage.Results frame(AgentRecord agent, long from, Rig rig) {
        var now = rig.clock.instant();
        var results = new ArrayList<Result>();
        for (int i = 0; i < A_FRAME; i++) {
            results.add(BigInstance.result(agent, "s1", "check-" + i, from + i, now));
        }
        return new AgentMessage.Results("e1", now, results);
    }
}
