package aramaki.server.bench;

import aramaki.model.system.ManagedSystem;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.log.Payload;
import aramaki.server.LiveServer;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// An instance of the size that figures are given for, made through the real log and the real
/// intake: so many events over 90 days with their chains, and the latest values of as many checks.
/// Arguments: the folder, the number of events, the number of latest values.
public final class BigInstance {
    private static final int SYSTEMS = 50;
    private static final int CHECKS = 200;
    private static final int UNIT = 2000;

    private BigInstance() {}

    public static void main(String[] arguments) throws Exception {
        make(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    }

    static void make(Path folder, int events, int latest) throws Exception {
        try (var live = new LiveServer(folder)) {
            live.server.systems(); // makes the folder what a server expects
        }
        try (var rig = new Rig(folder, new TestClock())) {
            rig.ready();
            long begun = System.nanoTime();
            var systems = new ArrayList<ManagedSystem>();
            for (int i = 0; i < SYSTEMS; i++) {
                systems.add(rig.system("s" + i, checks()));
            }
            values(rig, latest);
            say("latest values", latest, begun);
            begun = System.nanoTime();
            events(rig, systems, events);
            say("events", events, begun);
            rig.alerting.run(rig.clock.instant());
        }
    }

    private static String[] checks() {
        var names = new String[CHECKS];
        for (int i = 0; i < CHECKS; i++) {
            names[i] = "check-" + i;
        }
        return names;
    }

    private static void values(Rig rig, int latest) throws Exception {
        var sending = new ArrayList<Callable<Long>>();
        for (int i = 0; i < latest / CHECKS; i++) {
            String system = "s" + i % SYSTEMS;
            var agent = rig.agent("web" + i, system);
            sending.add(
                    () -> rig.intake.accept(agent, frame(agent, system, 1, rig.clock.instant())));
        }
        together(sending);
    }

    /// One result of each check, from this seq on.
    static AgentMessage.Results frame(AgentRecord agent, String system, long from, Instant now) {
        var results = new ArrayList<Result>();
        for (int i = 0; i < CHECKS; i++) {
            results.add(result(agent, system, "check-" + i, from + i, now));
        }
        return new AgentMessage.Results("e1", now, results);
    }

    static Result result(AgentRecord agent, String system, String check, long seq, Instant now) {
        return new Result(
                seq,
                system,
                agent.name().value(),
                check,
                "ok",
                "DISK OK - free space: / 3326 MB (56%)",
                List.of(
                        new MetricWire("/", 2643.0, "MB", "5948", "5958", 0.0, 5968.0),
                        new MetricWire("time", 0.0123, "s", null, null, null, null)),
                now,
                now,
                now,
                now);
    }

    private static void events(Rig rig, List<ManagedSystem> systems, int events) throws Exception {
        var begin = rig.clock.instant().minus(java.time.Duration.ofDays(90));
        long step = java.time.Duration.ofDays(90).toMillis() / events;
        var units = new ArrayList<Callable<Long>>();
        for (int from = 0; from < events; from += UNIT) {
            int first = from;
            units.add(
                    () ->
                            rig.store.write(
                                    tx -> {
                                        for (int i = first; i < first + UNIT; i++) {
                                            rig.log.append(
                                                    tx,
                                                    systems.get(i * 7 % SYSTEMS).id(),
                                                    payload(i),
                                                    begin.plusMillis(i * step),
                                                    rig.instance);
                                        }
                                        return 0L;
                                    }));
        }
        together(units);
    }

    private static Payload payload(int number) {
        String entity = "web" + number % 500;
        String check = "check-" + number % CHECKS;
        return switch (number % 20) {
            case 0 -> new Payload.NoteAdded("note " + number);
            case 1 ->
                    new Payload.EventReceived(
                            "/ci", "" + number, "x", null, null, "built " + number, null, "{}");
            default ->
                    new Payload.StateChanged(
                            entity, check, "ok", "ok", null, "took 1.4 s", "o_" + number);
        };
    }

    private static void together(List<Callable<Long>> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }
    }

    private static void say(String what, int count, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%,d %s in %.0f s%n", count, what, seconds);
    }
}
