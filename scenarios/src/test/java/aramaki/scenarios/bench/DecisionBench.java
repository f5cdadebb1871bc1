package aramaki.scenarios.bench;

import aramaki.model.Labels;
import aramaki.model.grant.Reach;
import aramaki.model.grant.Role;
import aramaki.model.grant.Terms;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.server.api.Door;
import aramaki.server.grant.Asker;
import aramaki.server.grant.Grants;
import aramaki.server.sight.Sight;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How long it takes to decide whether somebody may act on a system, and what they may see.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecisionBench {
    private static final int SYSTEMS = 200;
    private static final int PEOPLE = 20;

    /// How many grants there are, of as many people in turn, each on one system.
    @Param({"10", "1000"})
    public int grants;

    private Path folder = Path.of("");
    private Server server;
    private final List<SystemId> systems = new ArrayList<>();
    private final List<Asker> people = new ArrayList<>();
    private int next;

    @Setup
    public void fill() throws IOException {
        folder = Files.createTempDirectory("decision-bench");
        server = new Server(ServerSettings.of(folder, 0, Optional.empty()), InstantSource.system());
        server.start();
        var owner = server.owner();
        for (int i = 0; i < SYSTEMS; i++) {
            var name = new SystemName("system-" + i);
            server.systems().put(name, Map.of("system.yaml", "title: " + name + "\n"), owner.by());
            systems.add(server.systems().require(name).id());
        }
        var here = InetAddress.getLoopbackAddress();
        for (int i = 0; i < PEOPLE; i++) {
            var person = server.access().admit("person-" + i, "member", owner.by());
            people.add(Door.asker(person, here));
        }
        for (int i = 0; i < grants; i++) {
            give(Door.asker(owner, here), people.get(i % PEOPLE), systems.get(i % SYSTEMS));
        }
    }

    private void give(Asker giver, Asker holder, SystemId system) {
        var now = Instant.now();
        server.grants()
                .give(
                        giver,
                        new Grants.Wish(
                                holder.holder(),
                                new Reach(false, Set.of(system), Labels.NONE),
                                new Terms(
                                        Role.OPERATOR.verbs(),
                                        EnumSet.of(EventClass.PUBLIC, EventClass.OPS),
                                        false,
                                        List.of(),
                                        now,
                                        now.plus(Duration.ofDays(1)),
                                        0),
                                "bench",
                                Optional.empty(),
                                false));
    }

    @TearDown
    public void end() throws IOException {
        server.close();
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }

    /// One in ten is allowed.
    @Benchmark
    public boolean decide() {
        next++;
        return server.grants()
                .permissions()
                .may(people.get(next % PEOPLE), Verb.ACK, systems.get(next % SYSTEMS));
    }

    /// Once for each request.
    @Benchmark
    public Sight sight() {
        next++;
        return server.grants().permissions().sight(people.get(next % PEOPLE));
    }
}
