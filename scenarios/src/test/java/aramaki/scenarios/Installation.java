package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.testkit.Postgres;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A server with its store, and a crowd of simulated agents whose ledger judges it. Each can be
/// killed and comes back.
final class Installation implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(90);

    /// Where the server keeps everything.
    enum Keeping {
        SQLITE,
        POSTGRES
    }

    /// What the crowd does.
    ///
    /// @param change share of results in another state than the one before
    record Crowd(int agents, int checks, String every, String ttl, double change) {
        static final Crowd USUAL = new Crowd(8, 8, "1s", "5s", 0.1);
    }

    private final Path folder;
    private final Crowd people;
    private final Checkout checkout;
    private final Optional<Postgres.Database> database;
    private final int port;
    private final List<Duration> readyAfter = new ArrayList<>();
    private final List<String> more = new ArrayList<>();
    private final LedgerTail tail;
    private Path serverData;
    private Path crowdData;
    private @Nullable Program server;
    private @Nullable Program crowd;

    Installation(Path folder, Keeping keeping, Crowd people) throws IOException {
        this(folder, keeping, people, List.of());
    }

    /// @param inside a command that runs every program
    Installation(Path folder, Keeping keeping, Crowd people, List<String> inside)
            throws IOException {
        this.folder = folder;
        this.people = people;
        this.database =
                keeping == Keeping.POSTGRES
                        ? Optional.of(Postgres.shared().database())
                        : Optional.empty();
        this.checkout =
                new Checkout(
                        folder,
                        database.map(Postgres.Database::environment).orElse(Map.of()),
                        inside);
        this.port = Checkout.freePort();
        this.tail = new LedgerTail(ledger());
        this.serverData = folder.resolve("server");
        this.crowdData = folder.resolve("crowd");
    }

    Checkout checkout() {
        return checkout;
    }

    Optional<Postgres.Database> database() {
        return database;
    }

    int port() {
        return port;
    }

    String url() {
        return "http://localhost:" + port;
    }

    Path serverData() {
        return serverData;
    }

    Path ledger() {
        return folder.resolve("ledger");
    }

    /// The server's data lies there from its first start on.
    void serverData(Path other) {
        serverData = other;
    }

    /// The crowd's keys and spools lie there from its first start on.
    void crowdData(Path other) {
        crowdData = other;
    }

    /// The crowd goes that way to the server from its next start on.
    void connectCrowdBy(int otherPort) {
        more.add("--connect=http://127.0.0.1:" + otherPort);
    }

    /// Starts the server and returns once it is ready.
    void serve(String... arguments) throws IOException {
        var begun = Instant.now();
        var words = new ArrayList<>(List.of("serve", "--data", serverData.toString()));
        words.addAll(List.of("--port", Integer.toString(port)));
        words.addAll(List.of(arguments));
        server = checkout.aramaki(words.toArray(String[]::new));
        server.says("ready: ", LONG);
        readyAfter.add(Duration.between(begun, Instant.now()));
    }

    /// How long each start took until the server was ready.
    List<Duration> readyAfter() {
        return List.copyOf(readyAfter);
    }

    Program server() {
        return required(server);
    }

    Program crowd() {
        return required(crowd);
    }

    private static Program required(@Nullable Program program) {
        if (program == null) {
            throw new IllegalStateException("it was never started");
        }
        return program;
    }

    void killServer() throws InterruptedException {
        server().kill();
    }

    void stopServer() throws InterruptedException {
        server().stop();
    }

    /// Lets the crowd come, or go on from where it was killed.
    void gather() throws IOException {
        var words = new ArrayList<>(List.of("simulate"));
        words.add("--agents=" + people.agents());
        words.add("--checks=" + people.checks());
        words.add("--every=" + people.every());
        words.add("--ttl=" + people.ttl());
        words.add("--change=" + people.change());
        words.add("--data=" + crowdData);
        words.add("--ledger=" + ledger());
        words.add("--server=" + url());
        words.add("--drain=12s");
        words.addAll(more);
        crowd = checkout.agent(words.toArray(String[]::new));
    }

    void killCrowd() throws InterruptedException {
        crowd().kill();
    }

    /// Lets the crowd end in order, once the server has all it made up to now. After a fault an
    /// agent may wait half a minute before it tries again.
    void disperse() throws InterruptedException {
        var made = tail.lastMade();
        await("acknowledged up to " + made)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> tail.acked(made) || crowdEnded());
        crowd().stop();
    }

    long made() {
        return tail.made();
    }

    long acked() {
        return tail.acked();
    }

    /// Returns once so many more were acknowledged.
    void awaitAcked(long more) {
        long before = acked();
        await("acknowledged: " + before + " and " + more + " more")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> acked() >= before + more || crowdEnded());
    }

    /// Returns once so many more were made.
    void awaitMade(long more) {
        long before = made();
        await("made: " + before + " and " + more + " more")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> made() >= before + more || crowdEnded());
    }

    private boolean crowdEnded() {
        if (!crowd().alive()) {
            throw new AssertionError("the crowd ended, having said: " + crowd().lines());
        }
        return false;
    }

    /// What the ledger and the server say of each other.
    ///
    /// @param disagreements one line each
    record Judgement(
            long made,
            long acked,
            long results,
            long gaps,
            long alerts,
            List<String> disagreements) {
        private static final int SHOWN = 10;

        @Override
        public String toString() {
            return "made %d, acked %d, results %d, gaps %d, alerts %d, disagreements %d %s"
                    .formatted(
                            made,
                            acked,
                            results,
                            gaps,
                            alerts,
                            disagreements.size(),
                            disagreements.stream().limit(SHOWN).toList());
        }
    }

    Judgement judge(String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("simulate", "--verify=" + ledger(), "--json"));
        words.addAll(List.of("--server=" + url(), "--within=20s"));
        words.addAll(List.of(arguments));
        var said = checkout.agentSaid(words.toArray(String[]::new));
        assertThat(said.out()).as(said.toString()).startsWith("{");
        var json = Json.read(said.out(), JsonNode.class);
        var lines = new ArrayList<String>();
        json.path("disagreements")
                .forEach(
                        d ->
                                lines.add(
                                        d.path("kind").asText()
                                                + ": "
                                                + d.path("about").asText()
                                                + ": "
                                                + d.path("what").asText()));
        assertThat(said.exit()).as(said.toString()).isEqualTo(lines.isEmpty() ? 0 : 1);
        return new Judgement(
                json.path("made").asLong(),
                json.path("acked").asLong(),
                json.path("results").asLong(),
                json.path("gaps").asLong(),
                json.path("alerts").asLong(),
                lines);
    }

    /// The crowd ends, and the ledger agrees with the server in every point.
    Judgement agrees() throws IOException, InterruptedException {
        disperse();
        var judgement = judge();
        assertThat(judgement.disagreements().size()).as(judgement.toString()).isZero();
        assertThat(judgement.acked()).isPositive();
        return judgement;
    }

    Checkout.Said cli(String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--server", url()));
        return checkout.cli(words.toArray(String[]::new));
    }

    @Override
    public void close() {
        checkout.close();
    }
}
