package aramaki.server.bench;

import aramaki.model.system.ManagedSystem;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.LiveServer;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// How long pages and lists take over 1,000,000 events of 90 days and 50 systems. The first
/// argument is the folder to write in, the second the number of events.
public final class TimelineBench {
    private static final int SYSTEMS = 50;
    private static final int BATCH = 1000;
    private static final int RUNS = 15;
    private static final List<String> ASKED =
            List.of(
                    "/timeline?from=90d",
                    "/timeline?from=90d&q=system:s7",
                    "/timeline?from=90d&q=lane:notes",
                    "/timeline?from=24h",
                    "/timeline?from=1h",
                    "/timeline?from=2026-09-10T00:00:00Z&to=2026-09-10T01:00:00Z",
                    "/timeline?from=90d&q=by:nobody",
                    "/timeline",
                    "/api/v1/events?from=2026-09-10T00:00:00Z&to=2026-09-11T00:00:00Z&limit=100",
                    "/api/v1/events?system=s7&limit=100");

    private TimelineBench() {}

    public static void main(String[] arguments) throws Exception {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : "target");
        int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        var folder = Files.createTempDirectory(Files.createDirectories(parent), "timeline-bench");
        try (var live = new LiveServer(folder)) {
            live.server.systems(); // makes the data directory what a server expects
        }
        fill(folder, events);
        System.out.printf("file %,d MB%n", Files.size(folder.resolve("aramaki.db")) / 1_000_000);
        try (var live = new LiveServer(folder)) {
            for (String path : ASKED) {
                measure(live, path);
            }
        }
    }

    private static void fill(Path folder, int events) throws Exception {
        var clock = new TestClock();
        var random = new Random(7);
        try (var rig = new Rig(folder, clock);
                var pool = Executors.newFixedThreadPool(16)) {
            var systems = new ArrayList<ManagedSystem>();
            for (int i = 0; i < SYSTEMS; i++) {
                systems.add(rig.system("s" + i));
            }
            var begin = clock.instant().minus(Duration.ofDays(90));
            long step = Duration.ofDays(90).toMillis() / events;
            long begun = System.nanoTime();
            var units = new ArrayList<Callable<Integer>>();
            for (int from = 0; from < events; from += BATCH) {
                int first = from;
                var order = random.ints(BATCH, 0, SYSTEMS * 20).toArray();
                units.add(
                        () ->
                                rig.store.write(
                                        tx -> {
                                            for (int i = 0; i < order.length; i++) {
                                                rig.log.append(
                                                        tx,
                                                        systems.get(order[i] % SYSTEMS).id(),
                                                        payload(order[i] / SYSTEMS, first + i),
                                                        begin.plusMillis((first + i) * step),
                                                        rig.instance);
                                            }
                                            return 0;
                                        }));
            }
            for (var done : pool.invokeAll(units)) {
                done.get();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf("filled at %,8.0f events/s%n", events / seconds);
        }
    }

    private static Payload payload(int kind, int number) {
        return switch (kind) {
            case 0 -> new Payload.NoteAdded("note " + number);
            case 1, 2 ->
                    new Payload.AlertFired("web1", "http", "e_" + number, "critical", "", "", null);
            case 3, 4 -> new Payload.AlertResolved("web1", "http", "e_" + number, "", "");
            case 5 ->
                    new Payload.EventReceived(
                            "/ci", "" + number, "x", null, null, "built " + number, null, "{}");
            default ->
                    new Payload.StateChanged(
                            "web1", "http", "ok", "warning", null, "took 1.4 s", "o_" + number);
        };
    }

    private static void measure(LiveServer live, String path) throws Exception {
        var millis = new long[RUNS];
        int bytes = 0;
        for (int i = 0; i < RUNS; i++) {
            long begun = System.nanoTime();
            var answer =
                    live.sent(
                            live.asOwner(path)
                                    .header(
                                            "Accept",
                                            path.startsWith("/api") ? "*/*" : "text/html"));
            millis[i] = (System.nanoTime() - begun) / 1_000_000;
            bytes = answer.body().length();
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + Json.text(answer.statusCode()));
            }
        }
        long first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                "%-85s first %,6d ms  median %,6d ms  worst %,6d ms  %,9d bytes%n",
                path, first, millis[RUNS / 2], millis[RUNS - 1], bytes);
    }
}
