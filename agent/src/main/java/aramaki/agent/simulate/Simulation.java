package aramaki.agent.simulate;

import aramaki.agent.ledger.Ledger;
import aramaki.agent.link.Agent;
import aramaki.agent.link.Greeting;
import aramaki.agent.link.HostFacts;
import aramaki.agent.link.Identity;
import aramaki.agent.link.KnownKeys;
import aramaki.agent.link.Witness;
import aramaki.agent.log.Log;
import aramaki.agent.spool.AtomicFile;
import aramaki.agent.spool.Limits;
import aramaki.agent.spool.Standing;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.Invite;
import aramaki.protocol.crypto.SecretKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Many agents in one process: real keys, joins, spools, schedules and connections; only what their
/// checks see is made up.
public final class Simulation {
    private static final int JOINS_AT_ONCE = 16;
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);
    private static final String MEMBER = "member.json";
    private static final Limits LIMITS = new Limits(16L << 20, 256 * 1024, 1000);

    /// What to simulate.
    ///
    /// @param systems over how many systems the agents are spread: `system` itself when it is one,
    ///     else `system-1` and so on
    /// @param connect where the agents go, such as a relay; where the invite says when empty
    /// @param startOver the time over which the agents come
    /// @param runFor once all have come; for ever when it is `Duration.ZERO`
    /// @param change share of results in another state than the one before
    /// @param ttl how long a check may be silent; as the server has it when it is `Duration.ZERO`
    /// @param drain how long to wait at the end for what is not acknowledged yet
    public record Spec(
            int agents,
            int checks,
            Duration every,
            String system,
            int systems,
            String prefix,
            Optional<URI> connect,
            Duration startOver,
            Duration runFor,
            double change,
            long seed,
            Duration ttl,
            Duration drain) {
        /// How long a check may be silent, as the server counts.
        public Duration silence() {
            return ttl.isZero() ? every.multipliedBy(2).plus(CHECK_TIMEOUT) : ttl;
        }

        /// The home of the agent with this number, from 1.
        String home(int number) {
            return systems == 1 ? system : system + "-" + (1 + (number - 1) % systems);
        }
    }

    /// How it went.
    ///
    /// @param unacknowledged made, but not acknowledged when it ended
    /// @param perSecond acknowledged, over the time after all agents had come
    /// @param p50Millis from spooled to acknowledged
    public record Summary(
            String server,
            int agents,
            int checks,
            double everySeconds,
            double seconds,
            long results,
            long acknowledged,
            long unacknowledged,
            double perSecond,
            double p50Millis,
            double p99Millis,
            int joinsFailed,
            int reconnects) {}

    /// Where a simulated agent belongs, kept beside its key.
    private record Member(String server, String instance, String name) {}

    /// Says when to stop.
    @FunctionalInterface
    public interface Stop {
        /// Waits so long for the wish to stop.
        boolean asked(Duration wait) throws InterruptedException;
    }

    private final Spec spec;
    private final Profile profile;
    private final Path folder;
    private final HttpClient http;
    private final InstantSource clock;
    private final PrintWriter talk;
    private final Log log;
    private final Optional<Ledger> ledger;
    private final Figures figures = new Figures();
    private final Queue<Agent> agents = new ConcurrentLinkedQueue<>();
    private final AtomicInteger joinsFailed = new AtomicInteger();

    /// @param folder where the agents keep their keys and spools
    /// @param ledger what was made and acknowledged goes into
    /// @param talk where a line a second goes
    public Simulation(
            Spec spec,
            Profile profile,
            Path folder,
            Optional<Ledger> ledger,
            HttpClient http,
            InstantSource clock,
            PrintWriter talk,
            Log log) {
        this.spec = spec;
        this.profile = profile;
        this.folder = folder;
        this.http = http;
        this.clock = clock;
        this.talk = talk;
        this.log = log;
        this.ledger = ledger;
    }

    /// Runs until its time is over or a stop is asked for.
    public Summary run(Stop stop) throws IOException, InterruptedException {
        var invites = allJoined() ? known() : invites();
        boolean stopped;
        try (var joining = Executors.newVirtualThreadPerTaskExecutor()) {
            var joined = joinAll(invites, joining);
            stopped = report(stop, () -> joined.getCount() == 0, "joining");
            if (stopped) {
                joining.shutdownNow();
            }
        }
        Instant begun = clock.instant();
        long before = figures.acknowledgedSoFar();
        long[] latenciesBefore = figures.snapshot();
        if (!stopped) {
            Instant end = begun.plus(spec.runFor());
            boolean forever = spec.runFor().isZero();
            report(stop, () -> !forever && !clock.instant().isBefore(end), "running");
        }
        double seconds = seconds(Duration.between(begun, clock.instant()));
        drain();
        long counted = figures.acknowledgedSoFar() - before;
        long[] latencies = Figures.between(latenciesBefore, figures.snapshot());
        int connects = agents.stream().mapToInt(a -> a.link().connects()).sum();
        stopAll();
        return new Summary(
                profile.server(),
                agents.size(),
                spec.checks(),
                seconds(spec.every()),
                seconds,
                figures.madeSoFar(),
                figures.acknowledgedSoFar(),
                figures.madeSoFar() - figures.acknowledgedSoFar(),
                seconds > 0 ? Math.round(counted / seconds * 10) / 10.0 : 0,
                Figures.percentile(latencies, 0.5),
                Figures.percentile(latencies, 0.99),
                joinsFailed.get(),
                Math.max(0, connects - agents.size()));
    }

    private List<Invite> invites() throws IOException, InterruptedException {
        var api = new ServerApi(http, profile);
        describe(api);
        var invites = new ArrayList<Invite>();
        for (int number = 1; number <= spec.systems(); number++) {
            invites.add(api.invite(spec.home(number), spec.agents()));
        }
        return invites;
    }

    /// Agents that were here before need no invite, and go on without a server, as real ones do.
    private List<Invite> known() throws InterruptedException {
        try {
            describe(new ServerApi(http, profile));
        } catch (IOException e) {
            talk.println("the server is away; the agents go on with the checks they had");
        }
        return List.of();
    }

    private void describe(ServerApi api) throws IOException, InterruptedException {
        for (int number = 1; number <= spec.systems(); number++) {
            api.ensureSystem(spec.home(number));
            api.replaceFiles(spec.home(number), files());
        }
    }

    private boolean allJoined() {
        return IntStream.rangeClosed(1, spec.agents())
                .allMatch(number -> Files.exists(home(number).resolve(MEMBER)));
    }

    private Path home(int number) {
        return folder.resolve(numbered(spec.prefix(), number));
    }

    private Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put(
                "system.yaml",
                "title: Simulated agents\ncategory: infrastructure\n"
                        + "description: Made by aramaki-agent simulate.\n");
        String every = text(spec.every());
        String ttl = spec.ttl().isZero() ? "" : "ttl: " + text(spec.ttl()) + "\n";
        for (int i = 1; i <= spec.checks(); i++) {
            String name = numbered("sim", i);
            files.put(
                    "checks/" + name + ".yaml",
                    "name: " + name + "\nprobe: {load: {}}\nevery: " + every + "\n" + ttl);
        }
        return files;
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String numbered(String prefix, int number) {
        return String.format(Locale.ROOT, "%s-%04d", prefix, number);
    }

    private CountDownLatch joinAll(List<Invite> invites, ExecutorService joining) {
        var slots = new Semaphore(JOINS_AT_ONCE);
        var joined = new CountDownLatch(spec.agents());
        var never = new CountDownLatch(1);
        long step = spec.startOver().toNanos() / Math.max(1, spec.agents());
        for (int i = 1; i <= spec.agents(); i++) {
            int number = i;
            joining.submit(
                    () -> {
                        boolean over = never.await(step * (number - 1), TimeUnit.NANOSECONDS);
                        slots.acquire();
                        try {
                            agents.add(start(number, member(invites, number)));
                        } catch (IOException | Refusal e) {
                            joinsFailed.incrementAndGet();
                            log.error("simulate: no join", "number", number, "why", e.getMessage());
                        } finally {
                            slots.release();
                            joined.countDown();
                        }
                        return over;
                    });
        }
        return joined;
    }

    /// Who it is by its own file, or by joining.
    private Member member(List<Invite> invites, int number)
            throws IOException, InterruptedException {
        Path home = home(number);
        Path file = home.resolve(MEMBER);
        if (Files.exists(file)) {
            return Json.read(Files.readAllBytes(file), Member.class);
        }
        Files.createDirectories(home);
        if (!Files.exists(home.resolve("key"))) {
            SecretKey.generate(new SecureRandom())
                    .store(home.resolve("key"), "The key of a simulated agent.");
        }
        var invite = invites.get((number - 1) % spec.systems());
        var key = SecretKey.load(home.resolve("key"));
        var server = spec.connect().orElse(invite.server());
        var me = new Identity(server, invite.instance(), numbered(spec.prefix(), number), key);
        var welcome = Greeting.join(http, me, invite, KnownKeys.in(home));
        var member = new Member(invite.server().toString(), invite.instance(), welcome.name());
        AtomicFile.write(file, Json.bytes(member));
        return member;
    }

    private Agent start(int number, Member member) throws IOException {
        Path home = home(number);
        var server = spec.connect().orElseGet(() -> URI.create(member.server()));
        var me =
                new Identity(
                        server,
                        member.instance(),
                        member.name(),
                        SecretKey.load(home.resolve("key")));
        Witness counting =
                new Witness() {
                    @Override
                    public void acknowledged(String epoch, long seq, List<Instant> spooled) {
                        figures.acknowledged(spooled, clock.instant());
                    }
                };
        var witness = ledger.map(l -> l.of(member.name(), counting)).orElse(counting);
        var shared = new Agent.Shared(http, clock, new Random(spec.seed() + number), log, witness);
        var runner = new SimulatedChecks(spec.seed() + number, spec.change(), clock, figures);
        var host = new HostFacts("simulated", "simulated: runs nothing", Map.of("os", "none"));
        return Agent.start(shared, me, host, runner, home, LIMITS);
    }

    /// One line a second, until the end.
    ///
    /// @return whether a stop was asked for
    private boolean report(Stop stop, BooleanSupplier end, String what)
            throws IOException, InterruptedException {
        long before = figures.acknowledgedSoFar();
        long[] latenciesBefore = figures.snapshot();
        while (!end.getAsBoolean()) {
            if (stop.asked(Duration.ofSeconds(1))) {
                return true;
            }
            refuseWithoutLedger();
            long now = figures.acknowledgedSoFar();
            long[] latencies = figures.snapshot();
            long[] news = Figures.between(latenciesBefore, latencies);
            talk.printf(
                    Locale.ROOT,
                    "%s: %d agents, %d results/s acknowledged, p50 %.1f ms, p99 %.1f ms,"
                            + " %d unacknowledged%n",
                    what,
                    agents.size(),
                    now - before,
                    Figures.percentile(news, 0.5),
                    Figures.percentile(news, 0.99),
                    figures.madeSoFar() - now);
            talk.flush();
            before = now;
            latenciesBefore = latencies;
        }
        return false;
    }

    private void refuseWithoutLedger() throws IOException {
        if (ledger.isPresent()) {
            String trouble = ledger.get().trouble();
            if (trouble != null) {
                throw new IOException("the ledger cannot be written: " + trouble);
            }
        }
    }

    /// Makes nothing more, and waits a while for the acknowledgement of what was made.
    private void drain() throws InterruptedException {
        if (spec.drain().isZero()) {
            return;
        }
        agents.forEach(Agent::rest);
        Instant end = clock.instant().plus(spec.drain());
        var never = new CountDownLatch(1);
        while (clock.instant().isBefore(end) && !drained()) {
            if (never.await(50, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /// The spools learn of an acknowledgement before it is counted here.
    private boolean drained() {
        return agents.stream().allMatch(a -> drained(a.spool()))
                && figures.acknowledgedSoFar() >= figures.madeSoFar();
    }

    private static boolean drained(Standing spool) {
        return spool.pending() == 0 && spool.acknowledged() >= spool.next() - 1;
    }

    private void stopAll() throws InterruptedException {
        try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Callable<Boolean>> stops =
                    agents.stream().map(Simulation::stop).toList();
            stopping.invokeAll(stops, DRAIN.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static java.util.concurrent.Callable<Boolean> stop(Agent agent) {
        return () -> {
            agent.stop();
            return true;
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
