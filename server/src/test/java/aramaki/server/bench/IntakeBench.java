package aramaki.server.bench;

import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Results per second through `Intake.accept`: frames of 200 results over 10,000 keys, that is 50
/// agents with 200 checks each, sending one after the other and all at once. Every hundredth result
/// changes a state. The first argument is the folder to write in.
public final class IntakeBench {
    private static final int AGENTS = 50;
    private static final int CHECKS = 200;
    private static final int ROUNDS = 10;

    private final Rig rig;
    private final List<AgentRecord> agents = new ArrayList<>();
    private long seq;

    private IntakeBench(Rig rig) {
        this.rig = rig;
    }

    public static void main(String[] arguments) throws Exception {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : "target");
        var folder = Files.createTempDirectory(Files.createDirectories(parent), "intake-bench");
        try (var rig = new Rig(folder, new TestClock())) {
            new IntakeBench(rig.ready()).run();
        }
    }

    private void run() throws InterruptedException, ExecutionException {
        var checks = new String[CHECKS];
        for (int i = 0; i < CHECKS; i++) {
            checks[i] = "check-" + i;
        }
        rig.system("shop", checks);
        for (int i = 0; i < AGENTS; i++) {
            agents.add(rig.agent("web" + i, "shop"));
        }
        for (int i = 0; i < 3; i++) {
            say("one after the other", 1);
            say("all at once", AGENTS);
        }
    }

    private void say(String how, int threads) throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < ROUNDS; round++) {
                rig.clock.seconds(10);
                long from = seq + 1;
                seq += CHECKS;
                var sending = new ArrayList<Callable<Long>>();
                for (var agent : agents) {
                    sending.add(() -> rig.intake.accept(agent, frame(agent, from)));
                }
                for (Future<Long> sent : pool.invokeAll(sending)) {
                    sent.get();
                }
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%-20s %,8.0f results/s%n", how, ROUNDS * AGENTS * CHECKS / seconds);
    }

    private AgentMessage.Results frame(AgentRecord agent, long from) {
        var now = rig.clock.instant();
        var results = new ArrayList<Result>();
        for (int i = 0; i < CHECKS; i++) {
            long number = from + i;
            results.add(
                    new Result(
                            number,
                            "shop",
                            agent.name().value(),
                            "check-" + i,
                            number % 100 == 0 && number / CHECKS % 2 == 0 ? "warning" : "ok",
                            "DISK OK - free space: / 3326 MB (56%)",
                            List.of(
                                    new MetricWire("/", 2643.0, "MB", "5948", "5958", 0.0, 5968.0),
                                    new MetricWire("time", 0.0123, "s", null, null, null, null)),
                            now,
                            now,
                            now,
                            now));
        }
        return new AgentMessage.Results("e1", now, results);
    }
}
