package aramaki.server.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Home and search with 10,000 firing alerts of 10,000 checks in 100 systems on 1,000 hosts. The
/// first argument is the folder to write in.
final class HomeBench {
    private static final int SYSTEMS = 100;
    private static final int TIMES = 100;

    private HomeBench() {}

    public static void main(String[] arguments) throws Exception {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : "target");
        var folder = Files.createTempDirectory(Files.createDirectories(parent), "home-bench");
        try (var load = new HomeLoad(folder)) {
            for (int i = 0; i < SYSTEMS; i++) {
                load.breakAnother();
            }
            System.out.printf("%,d alerts fire%n", load.rig.firing().size());
            say("home, complete HTML", _ -> load.html());
            say("search, first after a change", i -> search(load, i, 3));
            say("search, while typing", i -> search(load, i, 0));
        }
    }

    private static void search(HomeLoad load, int i, int secondsLater) {
        if (secondsLater > 0) {
            load.clock.seconds(secondsLater);
        }
        if (load.search.find("sys web" + i % 10 + " ch", 24).isEmpty()) {
            throw new IllegalStateException("found nothing");
        }
    }

    private static void say(String what, IntConsumer work) {
        var nanos = new long[TIMES];
        for (int i = 0; i < TIMES; i++) { // to warm up
            work.accept(i);
        }
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            work.accept(i);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-30s p50 %6.1f ms, p95 %6.1f ms%n",
                what, nanos[TIMES / 2] / 1e6, nanos[TIMES * 95 / 100] / 1e6);
    }
}
