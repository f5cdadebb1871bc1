package aramaki.server.bench;

import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.projection.Snapshots;
import aramaki.server.timeline.Verify;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// How long `admin verify` and `admin rebuild` take over 1,000,000 events of 50 systems, half of
/// them alerts. The first argument is the folder to write in, the second the number of events.
public final class VerifyBench {
    private static final int SYSTEMS = 50;
    private static final int CHECKS = 100;
    private static final int BATCH = 5000;

    private VerifyBench() {}

    public static void main(String[] arguments) throws Exception {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : "target");
        int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        var folder = Files.createTempDirectory(Files.createDirectories(parent), "verify-bench");
        var clock = new TestClock();
        try (var rig = new Rig(folder, clock)) {
            var snapshots = rig.backend.snapshots();
            var snapshot =
                    new Snapshots(rig.store, rig.events, rig.alerts, rig.projections, snapshots, 1);
            timed("fill", () -> fill(rig, clock, events / 2));
            var key = SecretKey.ofSeed(new byte[32]).publicKey();
            var verify =
                    new Verify(
                            rig.store,
                            rig.events,
                            () -> LogKeys.only(key),
                            tx -> List.of(rig.projections.begin(tx)));
            timed("verify", () -> verify.run().toString());
            timed("rebuild --from-start", () -> rig.rebuild.run(true).toString());
            timed("snapshot", () -> snapshot.run(clock.instant()).toString());
            timed("rebuild", () -> rig.rebuild.run(false).toString());
        }
    }

    private static void timed(String what, Supplier<String> work) {
        long begun = System.nanoTime();
        String said = work.get();
        System.out.printf("%-22s %6.1f s  %s%n", what, (System.nanoTime() - begun) / 1e9, said);
    }

    private static String fill(Rig rig, TestClock clock, int changes) {
        var systems = IntStream.range(0, SYSTEMS).mapToObj(i -> rig.system("s" + i)).toList();
        for (int from = 0; from < changes; from += BATCH) {
            int first = from;
            var at = clock.seconds(Duration.ofMinutes(1).toSeconds());
            rig.store.write(
                    tx -> {
                        for (int i = first; i < Math.min(changes, first + BATCH); i++) {
                            String check = "check-" + i / SYSTEMS % CHECKS;
                            boolean bad = i / (SYSTEMS * CHECKS) % 2 == 0;
                            var payload =
                                    new Payload.StateChanged(
                                            "web1",
                                            check,
                                            bad ? "ok" : "critical",
                                            bad ? "critical" : "ok",
                                            null,
                                            "DISK " + i + " of 100000 used",
                                            null);
                            rig.log.append(
                                    tx, systems.get(i % SYSTEMS).id(), payload, at, rig.instance);
                        }
                        return first;
                    });
            rig.alerting.run(clock.instant());
        }
        return changes + " changes";
    }
}
