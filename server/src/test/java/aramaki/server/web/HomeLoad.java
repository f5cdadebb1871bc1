package aramaki.server.web;

import aramaki.model.timeline.Hash;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentLandscape;
import aramaki.server.agent.AgentRecord;
import aramaki.server.alert.AlertStory;
import aramaki.server.alert.Inquiry;
import aramaki.server.doctor.Doctor;
import aramaki.server.grant.Grants;
import aramaki.server.identity.Identity;
import aramaki.server.observation.CheckRuns;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.Past;
import aramaki.server.presence.Presence;
import aramaki.server.search.Findable;
import aramaki.server.search.Search;
import aramaki.server.seen.News;
import aramaki.server.seen.Seen;
import aramaki.server.sql.CountingBackend;
import aramaki.server.sql.SqlGrantStore;
import aramaki.server.timeline.By;
import aramaki.server.timeline.Surroundings;
import aramaki.server.web.view.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The pages over a core with as many alerts as wanted: in each of some systems, each of 10 agents
/// has 10 checks.
final class HomeLoad implements AutoCloseable {
    static final Caller ADA = new Caller("p_ada", "ada", "owner", new Hash("a".repeat(64)));
    static final int PER_SYSTEM = 100;
    private static final int SIDE = 10;

    final TestClock clock = new TestClock();
    final CountingBackend backend;
    final Rig rig;
    final Seen seen;
    final Search search;
    final HomePage home;
    private final List<AgentRecord> agents = new ArrayList<>();

    HomeLoad(Path folder) throws IOException {
        backend = new CountingBackend(folder);
        rig = new Rig(backend, clock).ready();
        var news = new News(rig.store, rig.events, rig.systems);
        news.follow(rig.feed);
        seen = new Seen(rig.store, backend.seen(), news, clock);
        search =
                new Search(
                        new Findable(
                                rig.store,
                                rig.systems,
                                rig.statuses,
                                rig.agents,
                                rig.alerts,
                                rig.access,
                                news,
                                List.of()),
                        clock);
        var services =
                new Services(
                        Identity.loadOrCreate(
                                Files.createDirectories(folder.resolve("identity")),
                                clock.instant(),
                                new SecureRandom()),
                        rig.store,
                        rig.systems,
                        rig.agents,
                        rig.statuses,
                        rig.silence,
                        rig.alerts,
                        rig.acts,
                        rig.silences,
                        new Inquiry(
                                rig.store,
                                rig.alerts,
                                rig.systems,
                                rig.agents,
                                rig.silences,
                                _ -> _ -> false,
                                clock,
                                ZoneId.of("UTC")),
                        new AlertStory(rig.store, rig.events, rig.systems),
                        rig.observations,
                        rig.past,
                        new Past(rig.past),
                        new MetricLines(
                                rig.past, rig.metrics, Duration.ofDays(30), Duration.ofDays(30)),
                        new CheckRuns(
                                rig.systems,
                                rig.agents,
                                rig.assignments,
                                (entity, system, check) -> false,
                                clock),
                        rig.timeline,
                        new Surroundings(rig.timeline, new AgentLandscape(rig.systems, rig.agents)),
                        rig.access,
                        new Grants(
                                rig.store,
                                new SqlGrantStore(),
                                rig.systems,
                                rig.log,
                                By.instance(Rig.INSTANCE),
                                clock),
                        seen,
                        new Presence(clock),
                        rig.proposals,
                        clock,
                        ZoneId.of("UTC"));
        var views = new Views(services);
        home =
                new HomePage(
                        services,
                        views,
                        new Trees(rig.systems, views),
                        new EventRows(services),
                        new ProposalsPage(services, views, new Pages(), () -> {}),
                        new DoctorPage(new Doctor(List.of(), clock), views, new Pages()),
                        new Pages());
    }

    /// Another system, in which 100 checks are critical; a different set of hosts for each.
    void breakAnother() {
        String system = "system" + rig.systems.all().size();
        var checks = IntStream.range(0, SIDE).mapToObj(i -> "check-" + i).toArray(String[]::new);
        rig.system(system, checks);
        for (int i = 0; i < SIDE; i++) {
            agents.add(rig.agent(system + "-web" + i, system));
            fail(agents.getLast(), system, checks);
        }
        rig.alerting.run(clock.instant());
    }

    private void fail(AgentRecord agent, String system, String... checks) {
        long seq = 0;
        var now = clock.seconds(1);
        for (String state : List.of("ok", "critical")) {
            var results = new ArrayList<Result>();
            for (String check : checks) {
                results.add(
                        new Result(
                                ++seq,
                                system,
                                agent.name().value(),
                                check,
                                state,
                                "HTTP " + state + ": 503 Backend fetch failed - 412 bytes",
                                List.of(),
                                now,
                                now,
                                now,
                                now));
            }
            rig.silence.heard(agent.id(), now);
            rig.intake.accept(rig.now(agent), new AgentMessage.Results("e1", now, results));
            now = clock.seconds(1);
        }
        agents.forEach(a -> rig.silence.heard(a.id(), clock.instant()));
    }

    String html() {
        return home.html(ADA);
    }

    @Override
    public void close() {
        rig.close();
    }
}
