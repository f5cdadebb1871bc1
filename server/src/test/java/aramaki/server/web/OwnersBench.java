package aramaki.server.web;

import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Matcher;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.server.LiveServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// How long the page of alerts, a silence, and an act on all take with 10,000 firing alerts. Run by
/// hand; the figures are in docs/benchmarks.md.
final class OwnersBench {
    private static final int MANY = 10_000;
    private static final int TIMES = 100;

    private OwnersBench() {}

    public static void main(String[] arguments) throws Exception {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : "target");
        var data = Files.createTempDirectory(Files.createDirectories(parent), "owners-bench");
        try (var first = new LiveServer(data)) {
            first.server
                    .systems()
                    .put(
                            new SystemName("shop"),
                            Map.of("system.yaml", "title: shop\n"),
                            first.server.owner().by());
        }
        ManyAlertsTest.fill(data, MANY);
        try (var live = new LiveServer(data)) {
            page(live, "alerts, the first 200 rows of 10,000");
            once("silence over 10,000, until it is listed", () -> silence(live));
            page(live, "alerts while all are silenced");
            once("dry run over 10,000", () -> act(live, true));
            var id = new String[1];
            once("ack of 10,000 by a query", () -> id[0] = act(live, false));
            once("undo of 10,000", () -> undo(live, id[0]));
        }
    }

    private static String silence(LiveServer live) throws Exception {
        var silence =
                Map.of(
                        "matchers",
                        List.of(Matcher.parse("check=~check-.*").toString()),
                        "length",
                        "2h",
                        "reason",
                        "bench");
        live.post("/api/v1/silences", Json.text(silence));
        var listed = live.get("/api/v1/alerts?silenced=true&limit=1000").path("items");
        if (listed.size() != 1000) {
            throw new IllegalStateException("not silenced: " + listed.size());
        }
        return "";
    }

    private static String act(LiveServer live, boolean dryRun) throws Exception {
        var request = Map.of("act", "ack", "query", "state:firing", "dryRun", dryRun);
        var answer = LiveServer.json(live.post("/api/v1/alerts/acts", Json.text(request)));
        if (answer.path("count").asInt() != MANY) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.path("id").asText();
    }

    private static String undo(LiveServer live, String id) throws Exception {
        var answer = LiveServer.json(live.post("/api/v1/alerts/acts/" + id + "/undo", "{}"));
        if (answer.path("count").asInt() != MANY) {
            throw new IllegalStateException(answer.toString());
        }
        return AlertKey.parse("shop/web0/check-0").toString();
    }

    private static void once(String what, Callable<String> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        System.out.printf("%-42s %6.0f ms%n", what, (System.nanoTime() - begun) / 1e6);
    }

    /// Of this whole process, server and reader.
    private static long processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void page(LiveServer live, String what) throws Exception {
        var nanos = new long[TIMES];
        long processor = 0;
        for (int i = -TIMES; i < TIMES; i++) { // the first half warms up
            processor = i == 0 ? processor() : processor;
            long begun = System.nanoTime();
            var page = live.sent(live.asOwner("/alerts").header("Accept", "text/html"));
            if (page.statusCode() != 200 || !page.body().contains("</html>")) {
                throw new IllegalStateException("no whole page");
            }
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begun;
            }
        }
        long used = (processor() - processor) / TIMES;
        Arrays.sort(nanos);
        System.out.printf(
                "%-42s p50 %6.1f ms, p95 %6.1f ms, %6.1f ms of processor time%n",
                what, nanos[TIMES / 2] / 1e6, nanos[TIMES * 95 / 100] / 1e6, used / 1e6);
    }
}
