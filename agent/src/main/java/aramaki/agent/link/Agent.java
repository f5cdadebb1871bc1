package aramaki.agent.link;

import aramaki.agent.host.HostJournal;
import aramaki.agent.host.Pausing;
import aramaki.agent.host.StopKind;
import aramaki.agent.input.Pushed;
import aramaki.agent.log.Log;
import aramaki.agent.schedule.ChecksFile;
import aramaki.agent.schedule.Runner;
import aramaki.agent.schedule.Schedule;
import aramaki.agent.spool.Limits;
import aramaki.agent.spool.Spool;
import aramaki.agent.spool.Standing;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Observation;
import aramaki.model.system.SystemName;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A joined agent at work: its schedule fills its spool, its link empties it.
public final class Agent {
    /// How long a pushed check may be silent when its program did not say.
    private static final Duration PUSHED_TTL = Duration.ofDays(30);

    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(10);

    /// What every agent of one process shares.
    ///
    /// @param witness follows what becomes of the results
    public record Shared(
            HttpClient http,
            InstantSource clock,
            RandomGenerator random,
            Log log,
            Witness witness) {}

    private final Spool spool;
    private final Runner runner;
    private final Schedule schedule;
    private final Link link;
    private final ChecksFile saved;
    private final Pausing pausing;
    private final Optional<HostJournal> journal;
    private final InstantSource clock;
    private final Log log;
    private final String name;
    private volatile boolean refusing;
    private volatile ServerMessage.@Nullable Checks known;
    private volatile Runnable lookAgain = () -> {};

    private Agent(
            Shared shared,
            Identity me,
            HostFacts host,
            Spool spool,
            Runner runner,
            Path folder,
            Optional<HostJournal> journal) {
        this.name = me.name();
        this.spool = spool;
        this.runner = runner;
        this.log = shared.log();
        this.clock = shared.clock();
        this.journal = journal;
        this.pausing = new Pausing(folder, log);
        this.saved = new ChecksFile(folder.resolve("checks.json"), log);
        this.schedule =
                new Schedule(me.name(), runner, this::keep, Schedule.AT_ONCE, shared.clock(), log);
        this.link =
                new Link(
                        shared.http(),
                        me,
                        KnownKeys.in(folder),
                        host,
                        spool,
                        new FromServer(shared.witness()),
                        Timing.DEFAULT,
                        shared.clock(),
                        shared.random(),
                        log);
    }

    /// Starts the agent whose files are in that folder. Without a server it runs the checks it last
    /// had.
    public static Agent start(
            Shared shared, Identity me, HostFacts host, Runner runner, Path folder, Limits limits)
            throws IOException {
        return start(shared, me, host, runner, folder, limits, Optional.empty());
    }

    /// @param journal what happens to the host; none for an agent that is not alone on it
    public static Agent start(
            Shared shared,
            Identity me,
            HostFacts host,
            Runner runner,
            Path folder,
            Limits limits,
            Optional<HostJournal> journal)
            throws IOException {
        var spool = Spool.open(folder.resolve("spool"), limits, shared.clock(), shared.log());
        spool.onKept(observation -> runner.kept(observation.key(), observation.started()));
        shared.witness().opened(spool);
        spool.onDurable(shared.witness()::durable);
        var agent = new Agent(shared, me, host, spool, runner, folder, journal);
        agent.pausing.load();
        journal.ifPresent(j -> j.onGrowth(agent.link::news));
        agent.saved
                .load()
                .ifPresent(
                        checks -> {
                            agent.known = checks;
                            agent.schedule.resume(checks.checks());
                        });
        agent.look();
        agent.schedule.start();
        agent.link.start();
        return agent;
    }

    /// Tells the server what was found on this host, once it does not know it.
    public void found(AgentMessage.Found found) {
        link.found(found);
    }

    /// Who looks at the host when the server asks for it.
    public void whenAskedToLook(Runnable look) {
        lookAgain = look;
    }

    public LinkStatus link() {
        return link.status();
    }

    public Standing spool() {
        return spool.standing();
    }

    public int checks() {
        return schedule.size();
    }

    /// The newest pause, also once it is over.
    public Optional<Pause> pause() {
        return pausing.current();
    }

    /// Looks at what is not told: wishes of people on the host, the end of a pause, packages. To be
    /// called every second.
    public void look() {
        Instant now = clock.instant();
        if (pausing.look()) {
            link.news();
        }
        schedule.hold(pausing.active(now));
        journal.ifPresent(j -> j.look(now));
    }

    /// Runs nothing more, and goes on sending what is spooled.
    public void rest() {
        schedule.close();
    }

    /// A planned stop of the agent alone.
    public void stop() throws IOException {
        stop(StopKind.STOP, Optional.empty());
    }

    /// A planned stop: no new runs, what is spooled is sent as far as a short time allows.
    ///
    /// @param back after which its silence is no longer planned
    public void stop(StopKind kind, Optional<Duration> back) throws IOException {
        schedule.close();
        journal.ifPresent(j -> j.stopped(kind.word(), clock.instant()));
        link.stop(
                new AgentMessage.Stopping(
                        kind == StopKind.STOP ? "planned stop" : "planned " + kind.word(),
                        kind.word(),
                        back.map(Duration::toSeconds).orElse(null)));
        spool.close();
    }

    private void adopt(ServerMessage.Checks checks) {
        known = checks;
        schedule.replace(checks.checks());
    }

    /// Takes what a program on this host brought; durable when it returns.
    public void take(Pushed pushed) throws InterruptedException {
        var made = pushed.at().orElseGet(clock::instant);
        var observation =
                new Observation(
                        new CheckKey(
                                systemOf(pushed.check()),
                                new EntityName(name),
                                new CheckName(pushed.check())),
                        pushed.state(),
                        pushed.output(),
                        pushed.metrics(),
                        made,
                        made.minus(pushed.took()),
                        made,
                        Optional.of(pushed.ttl().orElse(PUSHED_TTL)));
        if (!spool.append(observation) || !spool.flush(DURABLE_WITHIN)) {
            throw Refusal.unavailable("spool-full", "this host's disk takes no results now");
        }
    }

    /// Where a check of that name is declared for this host, else the host's own system.
    private SystemName systemOf(String check) {
        var checks = known;
        if (checks == null || checks.home() == null && checks.checks().isEmpty()) {
            throw Refusal.unavailable(
                    "no-system-yet",
                    "the server has not told yet which system this host belongs to");
        }
        return checks.checks().stream()
                .filter(a -> a.check().equals(check))
                .map(Assignment::system)
                .findFirst()
                .or(() -> Optional.ofNullable(checks.home()))
                .map(SystemName::new)
                .orElseThrow(
                        () ->
                                Refusal.unavailable(
                                        "no-home",
                                        "this host's own system is gone; ask who runs it"));
    }

    private void keep(Observation observation) {
        boolean kept = spool.append(observation);
        if (!kept) {
            runner.lost(observation.key(), observation.started());
        }
        if (!kept && !refusing) {
            log.error("spool: takes no more results until the disk does");
        }
        refusing = !kept;
    }

    /// What the server says goes where it belongs.
    private final class FromServer implements LinkListener {
        private final Witness witness;

        FromServer(Witness witness) {
            this.witness = witness;
        }

        @Override
        public void checks(ServerMessage.Checks checks) {
            adopt(checks);
            saved.store(checks);
        }

        @Override
        public void runNow(ServerMessage.RunNow wanted) {
            schedule.runNow(wanted.system(), wanted.check());
        }

        @Override
        public void lookAround() {
            lookAgain.run();
        }

        @Override
        public Optional<Pause> pause() {
            return pausing.current();
        }

        @Override
        public List<HostEvent> happened() {
            return journal.map(HostJournal::pending).orElse(List.of());
        }

        @Override
        public void paused(ServerMessage.Paused said) {
            var now = clock.instant();
            if (pausing.take(said.pause().checked().byOurClock(said.at(), now))) {
                schedule.hold(pausing.active(now));
            }
        }

        @Override
        public void noted(List<String> ids) {
            journal.ifPresent(j -> j.noted(ids));
        }

        @Override
        public void acknowledged(String epoch, long seq, List<Instant> spooled) {
            witness.acknowledged(epoch, seq, spooled);
        }

        @Override
        public void gap(String epoch, long from, long to) {
            witness.gap(epoch, from, to);
        }
    }
}
