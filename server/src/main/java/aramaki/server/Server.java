package aramaki.server;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import aramaki.server.access.Invitations;
import aramaki.server.access.Passwords;
import aramaki.server.access.People;
import aramaki.server.access.Sweep;
import aramaki.server.agent.AgentClocks;
import aramaki.server.agent.AgentLandscape;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.agent.HostEvents;
import aramaki.server.agent.Pauses;
import aramaki.server.agent.Silence;
import aramaki.server.alert.Acts;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStory;
import aramaki.server.alert.Inquiry;
import aramaki.server.alert.Reminders;
import aramaki.server.alert.Silences;
import aramaki.server.api.AdminApi;
import aramaki.server.api.AgentApi;
import aramaki.server.api.AlertActApi;
import aramaki.server.api.AlertApi;
import aramaki.server.api.Answering;
import aramaki.server.api.AuditApi;
import aramaki.server.api.BackupApi;
import aramaki.server.api.CheckApi;
import aramaki.server.api.CheckPastApi;
import aramaki.server.api.CheckRunApi;
import aramaki.server.api.DoctorApi;
import aramaki.server.api.Door;
import aramaki.server.api.GrantApi;
import aramaki.server.api.InstanceApi;
import aramaki.server.api.KnownGrants;
import aramaki.server.api.OpenApi;
import aramaki.server.api.PeopleApi;
import aramaki.server.api.PresenceApi;
import aramaki.server.api.ProposalApi;
import aramaki.server.api.ReceptionApi;
import aramaki.server.api.ResultApi;
import aramaki.server.api.SearchApi;
import aramaki.server.api.SeenApi;
import aramaki.server.api.SilenceApi;
import aramaki.server.api.StreamApi;
import aramaki.server.api.SystemApi;
import aramaki.server.api.TimelineApi;
import aramaki.server.api.Wishes;
import aramaki.server.audit.AccessLog;
import aramaki.server.audit.AccessRetention;
import aramaki.server.audit.Audit;
import aramaki.server.backup.Backup;
import aramaki.server.backup.Pace;
import aramaki.server.backup.Recovering;
import aramaki.server.doctor.AccessLogged;
import aramaki.server.doctor.AgentsOld;
import aramaki.server.doctor.AgentsSilent;
import aramaki.server.doctor.AlertingLag;
import aramaki.server.doctor.CertificateGood;
import aramaki.server.doctor.ChecksNeverRan;
import aramaki.server.doctor.ChecksWithoutAgent;
import aramaki.server.doctor.ClockSkew;
import aramaki.server.doctor.DataFilesSound;
import aramaki.server.doctor.DataFolderRights;
import aramaki.server.doctor.DiskSpace;
import aramaki.server.doctor.Doctor;
import aramaki.server.doctor.Examination;
import aramaki.server.doctor.HeartbeatSent;
import aramaki.server.doctor.LongAlerts;
import aramaki.server.doctor.LostResults;
import aramaki.server.doctor.MemoryLimit;
import aramaki.server.doctor.Proxied;
import aramaki.server.doctor.Reachable;
import aramaki.server.doctor.RecoveryKey;
import aramaki.server.doctor.RefusedFiles;
import aramaki.server.doctor.RefusedResults;
import aramaki.server.doctor.Restored;
import aramaki.server.doctor.StoreSound;
import aramaki.server.doctor.StoreWrites;
import aramaki.server.doctor.SystemsWithoutChecks;
import aramaki.server.doctor.TasksFailed;
import aramaki.server.doctor.Vitals;
import aramaki.server.grant.GrantGate;
import aramaki.server.grant.Grants;
import aramaki.server.heartbeat.Heartbeat;
import aramaki.server.http.HttpServer;
import aramaki.server.http.Need;
import aramaki.server.http.Recording;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.http.Streams;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.identity.Keys;
import aramaki.server.observation.Board;
import aramaki.server.observation.CatchingUp;
import aramaki.server.observation.CheckRuns;
import aramaki.server.observation.Intake;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.MetricTiers;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.Past;
import aramaki.server.observation.Retention;
import aramaki.server.observation.Staleness;
import aramaki.server.observation.Statuses;
import aramaki.server.observation.Submissions;
import aramaki.server.observation.Uptime;
import aramaki.server.oidc.Organisations;
import aramaki.server.passkey.Passkeys;
import aramaki.server.presence.Presence;
import aramaki.server.projection.Projections;
import aramaki.server.projection.Rebuild;
import aramaki.server.projection.Snapshots;
import aramaki.server.proposal.Proposals;
import aramaki.server.redaction.PayloadRetention;
import aramaki.server.redaction.Redaction;
import aramaki.server.runtime.Task;
import aramaki.server.runtime.Tasks;
import aramaki.server.search.Command;
import aramaki.server.search.Findable;
import aramaki.server.search.Search;
import aramaki.server.seen.News;
import aramaki.server.seen.Seen;
import aramaki.server.sql.SqlAccessLogStore;
import aramaki.server.sql.SqlAccessStore;
import aramaki.server.sql.SqlAgentStore;
import aramaki.server.sql.SqlAlertStore;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlGrantStore;
import aramaki.server.sql.SqlInvitationStore;
import aramaki.server.sql.SqlLinkedIdentityStore;
import aramaki.server.sql.SqlMetricStore;
import aramaki.server.sql.SqlObservationStore;
import aramaki.server.sql.SqlPasskeyStore;
import aramaki.server.sql.SqlPastStore;
import aramaki.server.sql.SqlProposalStore;
import aramaki.server.sql.SqlRestorationStore;
import aramaki.server.sql.SqlSecretStore;
import aramaki.server.sql.SqlSeenStore;
import aramaki.server.sql.SqlSignOfLife;
import aramaki.server.sql.SqlSilenceStore;
import aramaki.server.sql.SqlSnapshotStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.sql.SqlSystemStore;
import aramaki.server.sql.SqlTables;
import aramaki.server.sql.SqliteFile;
import aramaki.server.sql.SqliteStore;
import aramaki.server.store.Damage;
import aramaki.server.store.Store;
import aramaki.server.store.StoreSettings;
import aramaki.server.system.ProbeKinds;
import aramaki.server.system.Systems;
import aramaki.server.system.files.ReadingContext;
import aramaki.server.system.files.SystemsFolder;
import aramaki.server.timeline.AttributedStore;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventFeed;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.Heads;
import aramaki.server.timeline.Notes;
import aramaki.server.timeline.Reception;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Surroundings;
import aramaki.server.timeline.Timeline;
import aramaki.server.timeline.Verify;
import aramaki.server.tls.Tls;
import aramaki.server.web.Web;
import aramaki.server.ws.AgentHub;
import aramaki.server.ws.AgentSockets;
import aramaki.server.ws.ClockWatch;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One server of an instance. The constructor is the wiring, in one straight line; `start` brings
/// the parts up in the order they need each other, and `stop` takes them down the other way round.
public final class Server implements AutoCloseable {
    public static final String VERSION = "0.1.0";

    /// Bytes a second that a backup writes while the server runs, see the benchmarks.
    private static final long BACKUP_PACE = 16 << 20;

    private static final Logger log = LoggerFactory.getLogger(Server.class);
    private static final int SNAPSHOT_AT_LEAST = 1000;

    private final InstantSource clock;
    private final ServerSettings settings;
    private final Deque<Stop> stops = new ArrayDeque<>();
    private final Store store;
    private final Identity identity;
    private final By instance;
    private final EventFeed feed = new EventFeed();
    private final EventLog eventLog;
    private final SqlObservationStore observations = new SqlObservationStore();
    private final SqlPastStore past = new SqlPastStore();
    private final SqlMetricStore metricStore = new SqlMetricStore();
    private final SqlEventStore events = new SqlEventStore();
    private final SqlAlertStore alerts = new SqlAlertStore();
    private final SqlSilenceStore silenceStore = new SqlSilenceStore();
    private final SqlAgentStore agentStore = new SqlAgentStore();
    private final SqlSnapshotStore snapshotStore = new SqlSnapshotStore();
    private final Projections projections;
    private final Agents agents;
    private final Systems systems;
    private final Access access;
    private final People people;
    private final Invitations invitations;
    private final Passwords passwords;
    private final Organisations organisations;
    private final SqlGrantStore grantStore = new SqlGrantStore();
    private final Grants grants;
    private final Board board = new Board();
    private final Presence presence;
    private final News news;
    private final Silence silence;
    private final Silences silences;
    private final Pauses pauses;
    private final Staleness staleness;
    private final Intake intake;
    private final Proposals proposals;
    private final AgentHub hub;
    private final Keys keys;
    private final Streams streams;
    private final Tasks tasks;
    private final SqlAccessLogStore accessLogStore = new SqlAccessLogStore();
    private final AccessLog accessLog;
    private final Heartbeat heartbeat;
    private final Recovering recovering;
    private final Doctor doctor;
    private final Metrics metrics = new Metrics();
    private final List<Route> routes;
    private final HttpServer http;
    private final Optional<Tls> tls;
    private volatile boolean started;
    private volatile boolean ready;

    /// A named step of stopping.
    private record Stop(String name, Runnable action) {}

    public Server(ServerSettings settings, InstantSource clock) {
        this(settings, clock, List.of());
    }

    /// @param commands of the command line, so that people find them
    public Server(ServerSettings settings, InstantSource clock, List<Command> commands) {
        this.settings = settings;
        this.clock = clock;
        var random = new SecureRandom();
        var startedAt = clock.instant();
        settings.listening().check(settings.port());
        tls = settings.listening().tls().map(Tls::open); // refused before anything is touched
        var listening = settings.listening().named(tls.flatMap(Tls::host));
        var data = DataDirectory.take(settings.data());
        stops.push(new Stop("data directory", data::close));
        identity = identity(data, startedAt, random);
        instance = By.instance(identity.id());
        store = new AttributedStore(open(settings.store(), data));
        stops.push(new Stop("store", store::close));

        eventLog = new EventLog(events, feed, new GrantGate(grantStore), clock);
        agents =
                new Agents(store, agentStore, eventLog, this::instanceSystem, identity.id(), clock);
        Supplier<ReadingContext> reading =
                () -> new ReadingContext(new ProbeKinds(), agentLabels(agents));
        systems = new Systems(store, new SqlSystemStore(), eventLog, identity.id(), reading, clock);
        var accessStore = new SqlAccessStore();
        access = new Access(store, accessStore, eventLog, this::instanceSystem, instance, clock);
        people = new People(store, accessStore, access, eventLog, this::instanceSystem, clock);
        invitations =
                new Invitations(
                        store,
                        accessStore,
                        new SqlInvitationStore(),
                        eventLog,
                        this::instanceSystem,
                        instance,
                        clock);
        passwords =
                new Passwords(
                        store,
                        accessStore,
                        new SqlSecretStore(),
                        access,
                        eventLog,
                        this::instanceSystem,
                        clock);
        var passkeys =
                new Passkeys(store, new SqlPasskeyStore(), eventLog, this::instanceSystem, clock);
        organisations =
                new Organisations(
                        store,
                        new SqlLinkedIdentityStore(),
                        eventLog,
                        this::instanceSystem,
                        settings.organisations(),
                        this::url,
                        clock);
        stops.push(new Stop("organisations", organisations::close));
        grants = new Grants(store, grantStore, systems, eventLog, instance, clock);
        var wishes = new Wishes(grants, systems, access, people, clock);
        var known = new KnownGrants(grants, systems, access, wishes, clock);
        invitations.listen(wishes::joined);
        access.whenNarrowTokenEnds(grants::tokenEnded);
        silence =
                new Silence(
                        store,
                        agents,
                        agentStore,
                        systems,
                        eventLog,
                        instance,
                        settings.agentSilentAfter());
        var catchingUp = new CatchingUp();
        staleness =
                new Staleness(
                        store,
                        observations,
                        past,
                        board,
                        systems,
                        agents,
                        silence,
                        catchingUp,
                        eventLog,
                        instance,
                        clock);
        pauses = new Pauses(store, agents, agentStore, systems, eventLog, instance, clock);
        intake = new Intake(store, observations, past, systems, eventLog, board, catchingUp, clock);
        var assignments = new Assignments(systems);
        var statuses = new Statuses(board, systems, agents, assignments, clock);
        var acts = new Acts(store, events, alerts, eventLog, systems, statuses, agents, clock);
        silences =
                new Silences(
                        store,
                        alerts,
                        silenceStore,
                        eventLog,
                        systems,
                        agents,
                        () -> mayFire(statuses),
                        instance,
                        clock);
        var landscape = new AgentLandscape(systems, agents);
        var timeline = new Timeline(store, events, landscape);
        var surroundings = new Surroundings(timeline, landscape);
        var reception = new Reception(store, events, eventLog, landscape, clock);
        var hostEvents = new HostEvents(store, agentStore, systems, eventLog, clock);
        var clocks = new AgentClocks();
        proposals =
                new Proposals(
                        store,
                        new SqlProposalStore(),
                        systems,
                        agents,
                        assignments,
                        reading,
                        clock);
        hub =
                new AgentHub(
                        identity,
                        agents,
                        assignments,
                        silence,
                        intake,
                        proposals,
                        clocks,
                        pauses,
                        hostEvents,
                        clock);
        keys = new Keys(identity, store, events, eventLog, this::instanceSystem, clock);
        keys.listen(hub::keysChanged);
        var runs = new CheckRuns(systems, agents, assignments, hub::runNow, clock);
        intake.listen(runs::came);
        var lines =
                new MetricLines(
                        past, metricStore, settings.keepResults(), settings.keepFiveMinutes());
        tasks = new Tasks(clock);
        List<Examination> vital =
                List.of(
                        new StoreWrites(store, SqlSignOfLife::write),
                        new AlertingLag(store, events, alerts),
                        new TasksFailed(tasks::outcomes));
        heartbeat = new Heartbeat(settings.heartbeat(), Vitals.of(vital), VERSION);
        stops.push(new Stop("heartbeat", heartbeat::close));
        var door = new Door(grants.permissions(), systems, agents, store, events, observations);
        accessLog = new AccessLog(store, accessLogStore, door::systemOf, clock);
        var audit = new Audit(store, events, timeline, accessLogStore, accessLog);
        recovering =
                new Recovering(
                        store, new SqlRestorationStore(), eventLog, this::instanceSystem, clock);
        doctor = new Doctor(examinations(vital, data.path(), assignments, statuses, clocks), clock);
        streams =
                new Streams(
                        event -> Json.text(Answering.event(event, timeline.systemOf(event))),
                        this::shown);
        access.endings().listen(streams);
        grants.whenChanged(streams::look);
        var contents =
                SqlStores.site(settings.store(), data.path().resolve(DataDirectory.STORE))
                        .contents();
        stops.push(new Stop("contents", contents::close));
        var backup =
                new Backup(
                        contents,
                        events,
                        identity,
                        data.path(),
                        VERSION,
                        true,
                        Pace.atMost(BACKUP_PACE),
                        clock);
        projections = new Projections(events, alerts, new SqlTables());
        var verify =
                new Verify(store, events, identity::logKeys, tx -> List.of(projections.begin(tx)));
        var rebuild = new Rebuild(store, events, projections, snapshotStore, this::reload);
        presence = new Presence(clock);
        news = new News(store, events, systems);
        var seen = new Seen(store, new SqlSeenStore(), news, clock);
        var inquiry =
                new Inquiry(
                        store,
                        alerts,
                        systems,
                        agents,
                        silences,
                        person -> seen.attention(person, systems.graph())::isNew,
                        clock,
                        ZoneId.systemDefault());
        var story = new AlertStory(store, events, systems);
        var search =
                new Search(
                        new Findable(
                                store, systems, statuses, agents, alerts, access, news, commands),
                        clock);
        var sessions = new Sessions(access, identity.id());
        var notes = new Notes(store, events, eventLog, clock);
        var web =
                new Web(
                        identity,
                        store,
                        systems,
                        agents,
                        statuses,
                        silence,
                        alerts,
                        acts,
                        silences,
                        inquiry,
                        story,
                        observations,
                        past,
                        lines,
                        runs,
                        timeline,
                        surroundings,
                        notes,
                        access,
                        seen,
                        presence,
                        search,
                        sessions,
                        people,
                        invitations,
                        passwords,
                        passkeys,
                        organisations,
                        grants,
                        known,
                        wishes,
                        this::url,
                        audit,
                        proposals,
                        hub::lookAround,
                        doctor,
                        clock);

        var table = new ArrayList<Route>();
        table.addAll(new SystemApi(systems, grants, statuses, notes, presence).routes());
        table.addAll(new CheckApi(store, systems, agents, statuses, observations).routes());
        table.addAll(new ResultApi(store, agents, observations).routes());
        table.addAll(
                new CheckPastApi(store, systems, statuses, new Past(past), lines, clock).routes());
        table.addAll(new CheckRunApi(runs, new Submissions(systems, agents, intake)).routes());
        table.addAll(
                new AgentApi(
                                store,
                                agents,
                                systems,
                                assignments,
                                silence,
                                observations,
                                hub,
                                pauses,
                                this::url,
                                clock)
                        .routes());
        table.addAll(new ProposalApi(proposals, hub).routes());
        table.addAll(
                new AlertApi(
                                store,
                                alerts,
                                statuses,
                                systems,
                                seen,
                                presence,
                                inquiry,
                                story,
                                access::people,
                                clock)
                        .routes());
        table.addAll(new AlertActApi(acts, inquiry, access::people).routes());
        table.addAll(new SilenceApi(silences, clock).routes());
        table.addAll(new TimelineApi(timeline, surroundings, landscape).routes());
        table.addAll(new ReceptionApi(reception, timeline).routes());
        table.addAll(new StreamApi(streams, timeline, presence).routes());
        table.addAll(new PresenceApi(presence).routes());
        table.addAll(new SeenApi(seen).routes());
        table.addAll(new SearchApi(search).routes());
        table.addAll(
                new InstanceApi(identity, keys, access, seen, this::url, VERSION, startedAt, clock)
                        .routes());
        table.addAll(
                new PeopleApi(
                                access,
                                people,
                                invitations,
                                passwords,
                                passkeys,
                                organisations,
                                wishes,
                                this::url)
                        .routes());
        var redaction =
                new Redaction(
                        store,
                        events,
                        eventLog,
                        alerts,
                        observations,
                        snapshotStore,
                        systems,
                        board,
                        this::erase,
                        clock);
        table.addAll(new AdminApi(verify, rebuild, redaction, clock).routes());
        table.addAll(new GrantApi(grants, known, wishes, clock).routes());
        table.addAll(new AuditApi(audit, timeline, access, identity.id(), clock).routes());
        table.addAll(new DoctorApi(doctor).routes());
        table.addAll(new BackupApi(backup, recovering, clock).routes());
        table.addAll(web.routes());
        table.addAll(healthRoutes(table));
        routes = List.copyOf(table);
        http =
                new HttpServer(
                        settings.port(),
                        listening,
                        tls,
                        routes,
                        sessions,
                        door,
                        new Recording(accessLog::take, clock),
                        web::errorPage,
                        server -> AgentSockets.install(server, hub, random));
        metrics.gauge("aramaki.agents.connected", "Agents connected now", hub::connectedCount);
        metrics.gauge(
                "aramaki.doctor.broken",
                "Things that the last examination found broken",
                () -> doctor.latest().broken());
        metrics.gauge(
                "aramaki.heartbeats.taken",
                "Heartbeats out that were taken since the start",
                heartbeat::taken);
        metrics.gauge(
                "aramaki.heartbeat.ok",
                "1 when the last heartbeat out was taken, else 0",
                () -> heartbeat.last() instanceof Heartbeat.Last.Taken ? 1 : 0);
        metrics.gauge(
                "aramaki.access.lost",
                "Lines of the access log that found no room since the start",
                () -> accessLog.lost().all());
        metrics.gauge("aramaki.streams", "Event streams open now", streams::count);
        metrics.gauge(
                "aramaki.alerts.firing",
                "Alerts firing now",
                () -> store.read(alerts::countFiring));
    }

    /// A folder whose keys are refused is free again, for `admin identity recover`.
    private static Identity identity(DataDirectory data, Instant now, SecureRandom random) {
        try {
            return Identity.loadOrCreate(data.path(), now, random);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /// A folder whose store is refused is free again.
    private static Store open(StoreSettings settings, DataDirectory data) {
        try {
            data.belongsTo(settings.kind());
            return SqlStores.open(settings, data.path().resolve(DataDirectory.STORE));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private List<Examination> examinations(
            List<Examination> vital,
            Path data,
            Assignments assignments,
            Statuses statuses,
            AgentClocks clocks) {
        var all = new ArrayList<>(vital);
        all.addAll(files(data, settings.store(), SqliteFile::damages));
        all.addAll(
                List.of(
                        new Restored(recovering::now),
                        new MemoryLimit(MemoryLimit::now),
                        new Reachable(() -> http.plain()),
                        new CertificateGood(() -> tls.map(Tls::standing)),
                        new Proxied(
                                () -> http.forwarded().plain(), () -> http.forwarded().unnamed()),
                        new HeartbeatSent(heartbeat),
                        new RefusedFiles(systems),
                        new AgentsSilent(agents, silence),
                        new ClockSkew(agents, clocks),
                        new AgentsOld(agents, VERSION),
                        new RefusedResults(store, observations, agents),
                        new LostResults(store, events),
                        new AccessLogged(accessLog),
                        new ChecksWithoutAgent(systems, agents, assignments),
                        new ChecksNeverRan(statuses, systems),
                        new SystemsWithoutChecks(systems),
                        new LongAlerts(store, alerts)));
        return all;
    }

    /// What can be examined of a data folder when no server runs on it.
    public static List<Examination> atRest(Path data, StoreSettings store) {
        return files(data, store, SqliteFile::damagesAtRest);
    }

    private static List<Examination> files(
            Path data, StoreSettings store, Function<SqliteFile, List<Damage>> damages) {
        var all = new ArrayList<Examination>();
        all.add(new DataFolderRights(data));
        all.add(DiskSpace.of(data));
        all.add(new DataFilesSound(data));
        switch (store) {
            case StoreSettings.Embedded() -> {
                var file = new SqliteFile(data.resolve(DataDirectory.STORE));
                all.add(new StoreSound(() -> damages.apply(file)));
            }
            case StoreSettings.Postgres _ -> {} // its administrators look after it
        }
        all.add(new RecoveryKey(data));
        return all;
    }

    /// Starts everything; on failure what was started is stopped again.
    public void start() {
        try {
            startParts();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startParts() {
        organisations.check();
        eventLog.start(store);
        metrics.start(feed);
        agents.start();
        try (var loading = Executors.newSingleThreadExecutor()) { // both take long
            var values = loading.submit(() -> board.start(store, observations));
            systems.start();
            refuseForeignStore();
            owner();
            keys.tell();
            intake.start();
            silences.start();
            finish(values);
        }
        grants.start();
        systems.listen(grants);
        systems.listen(staleness);
        systems.listen(proposals);
        systems.listen(hub);
        var heads = new Heads(store, events, identity::logKey, identity.unchanging());
        stops.push(new Stop("last heads", () -> lastWords(heads))); // when nothing else writes
        stops.push(new Stop("tasks", tasks::stop));
        tasks.start(heads);
        var alerting =
                tasks.start(
                        new AlertConsumer(
                                store,
                                events,
                                alerts,
                                observations,
                                eventLog,
                                systems,
                                agentStore,
                                instance,
                                clock));
        var wake = feed.listen(_ -> alerting.run());
        stops.push(new Stop("alerting wake-up", wake::close));
        settings.systemsFolder()
                .ifPresent(
                        folder -> {
                            var watched = new SystemsFolder(folder);
                            systems.applyFolder(folder, watched.scan());
                            var watch = watched.watch(scan -> systems.applyFolder(folder, scan));
                            stops.push(new Stop("systems folder", watch::close));
                        });
        var reading = news.follow(feed);
        stops.push(new Stop("news", reading::close));
        var following = streams.follow(feed);
        stops.push(new Stop("streams", following::close));
        tasks.start(new Live());
        tasks.start(new Reminders(store, alerts, eventLog, systems, instance));
        tasks.start(silences);
        tasks.start(
                new Retention(
                        store, observations, past, settings.keepResults(), settings.keepHours()));
        tasks.start(new AccessRetention(store, accessLogStore, settings.keepAccess()));
        stops.push(new Stop("access log", accessLog::settle)); // after the last request
        tasks.start(accessLog);
        tasks.start(
                new MetricTiers(
                        store, metricStore, settings.keepFiveMinutes(), settings.keepHours()));
        var snapshots =
                new Snapshots(store, events, alerts, projections, snapshotStore, SNAPSHOT_AT_LEAST);
        tasks.start(snapshots);
        tasks.start(new PayloadRetention(store, events, alerts, systems, settings.keepPayloads()));
        var uptime = new Uptime(store, past);
        uptime.start(clock.instant());
        tasks.start(uptime);
        stops.push(new Stop("uptime", () -> uptime.run(clock.instant())));
        http.start();
        tell(new Payload.ServerStarted(VERSION)); // one that found its port in use never started
        started = true;
        stops.push(new Stop("http", http::stop));
        stops.push(new Stop("open streams", streams::stop));
        stops.push(new Stop("agents", hub::stop));
        var now = clock.instant();
        silence.ready(now);
        staleness.ready(now);
        tasks.start(new Sweep(access));
        tasks.start(silence);
        tasks.start(staleness);
        tasks.start(doctor);
        tls.ifPresent(tasks::start);
        tasks.start(heartbeat);
        tasks.start(pauses);
        tasks.start(new ClockWatch(System::nanoTime, hub::reconnect));
        ready = true;
        log.atInfo()
                .addKeyValue("url", url())
                .addKeyValue("instance", identity.id())
                .log("server ready");
    }

    /// A database or a file that another instance wrote would get a second writer with other keys.
    private void refuseForeignStore() {
        var log = new LogId(instanceSystem(), EventClass.PUBLIC);
        store.read(tx -> events.ofLog(tx, log, 0, 0, 1)).stream()
                .flatMap(event -> event.data().stream())
                .filter(Payload.SystemCreated.class::isInstance)
                .map(Payload.SystemCreated.class::cast)
                .filter(created -> !created.instance().equals(identity.id()))
                .findFirst()
                .ifPresent(
                        created -> {
                            throw Refusal.conflict(
                                    "foreign-store",
                                    settings.store().shown()
                                            + " belongs to the instance "
                                            + created.instance()
                                            + ", and "
                                            + settings.data()
                                            + " to "
                                            + identity.id()
                                            + ": use the store that belongs to this folder, or an"
                                            + " empty one");
                        });
    }

    private static void finish(Future<?> values) {
        try {
            values.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("interrupted", "interrupted while starting");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("reading the latest values", e.getCause());
        }
    }

    private void lastWords(Heads heads) {
        if (started) {
            tell(new Payload.ServerStopped("asked to stop"));
        }
        heads.run(clock.instant());
    }

    private void tell(Payload payload) {
        store.write(
                tx -> eventLog.append(tx, instanceSystem(), payload, clock.instant(), instance));
    }

    /// Stops everything that was started, once.
    @Override
    public void close() {
        ready = false;
        while (!stops.isEmpty()) {
            var stop = stops.pop();
            try {
                stop.action().run();
            } catch (RuntimeException e) { // one part that fails must not keep the others running
                log.atError().setCause(e).addKeyValue("part", stop.name()).log("stop failed");
            }
        }
    }

    public int port() {
        return http.port();
    }

    /// How programs of this host reach it.
    public URI localUrl() {
        return http.localUrl();
    }

    /// How people and agents reach it.
    public URI url() {
        return http.url();
    }

    /// Everything this server answers.
    public List<Route> routes() {
        return routes;
    }

    public Systems systems() {
        return systems;
    }

    public Agents agents() {
        return agents;
    }

    public Grants grants() {
        return grants;
    }

    public Access access() {
        return access;
    }

    public People people() {
        return people;
    }

    public Invitations invitations() {
        return invitations;
    }

    public Passwords passwords() {
        return passwords;
    }

    public Caller owner() {
        return access.owner(settings.owner());
    }

    /// A link that signs the owner in once.
    public URI signInLink() {
        return access.newLink(owner(), url());
    }

    /// PostgreSQL writes over what was deleted when it vacuums.
    private boolean erase() {
        return switch (settings.store()) {
            case StoreSettings.Embedded() ->
                    SqliteStore.settle(settings.data().resolve(DataDirectory.STORE));
            case StoreSettings.Postgres _ -> false;
        };
    }

    /// What is kept in memory of tables that were put right.
    private void reload() {
        agents.start();
        systems.start();
        silences.start();
    }

    /// Everything that is checked may fire one day.
    private static Set<AlertKey> mayFire(Statuses statuses) {
        return statuses.now().values().stream()
                .flatMap(List::stream)
                .map(status -> new AlertKey(status.key()))
                .collect(Collectors.toSet());
    }

    /// People by their name; others by their id.
    private SystemId instanceSystem() {
        return systems.instance().id();
    }

    private static Set<String> agentLabels(Agents agents) {
        var labels = agents.all().stream().map(AgentRecord::labels).map(Labels::values);
        return Stream.concat(
                        Stream.of(Assignments.HOST),
                        labels.flatMap(values -> values.keySet().stream()))
                .collect(Collectors.toSet());
    }

    /// A page has shown an alert: the last hop of the observation that caused it.
    private void shown(StoredEvent event) {
        String cause =
                switch (event.data().orElse(null)) {
                    case Payload.AlertFired fired -> fired.cause();
                    case Payload.AlertChanged changed -> changed.cause();
                    case Payload.AlertResolved resolved -> resolved.cause();
                    case null, default -> "";
                };
        if (cause.isEmpty()) {
            return;
        }
        var change = store.read(tx -> events.find(tx, new Hash(cause))).flatMap(StoredEvent::data);
        String observation =
                switch (change.orElse(null)) {
                    case Payload.StateChanged changed -> changed.observation();
                    case Payload.CheckFlapping flapping -> flapping.observation();
                    case Payload.CheckSteady steady -> steady.observation();
                    case null, default -> null;
                };
        if (observation != null) {
            long number = ObservationId.number(observation);
            Instant now = clock.instant();
            store.write(
                    tx -> {
                        observations.savePageHop(tx, number, now);
                        return true;
                    });
        }
    }

    /// Why nothing can be asked of this server now. It is not said what the database says, as
    /// anybody may read this.
    private Optional<String> notReady() {
        return ready
                ? store.trouble().map(trouble -> "not ready: " + trouble.code())
                : Optional.of("not ready");
    }

    private List<Route> healthRoutes(List<Route> others) {
        return List.of(
                Route.open(
                        Route.Method.GET,
                        "/healthz",
                        "Whether the process is alive.",
                        exchange -> exchange.context().result("ok\n")),
                Route.open(
                        Route.Method.GET,
                        "/readyz",
                        "Whether it answers for real.",
                        exchange ->
                                exchange.context()
                                        .status(notReady().isEmpty() ? 200 : 503)
                                        .result(notReady().orElse("ready") + "\n")),
                Route.page(
                        "/metrics",
                        Need.onInstance(Verb.READ),
                        "What this server says about itself, for Prometheus.",
                        exchange ->
                                exchange.context()
                                        .contentType("text/plain; version=0.0.4; charset=utf-8")
                                        .result(metrics.text().getBytes(StandardCharsets.UTF_8))),
                Route.page(
                        "/api/openapi.json",
                        Need.SOMEONE,
                        "This interface as OpenAPI.",
                        exchange -> exchange.json(OpenApi.of(others, VERSION))));
    }

    /// Tells pages when values changed that are no events.
    private final class Live implements Task {
        private long shown;

        @Override
        public String name() {
            return "live-pages";
        }

        @Override
        public Duration run(Instant now) {
            long changes = board.changes() + presence.changes();
            if (changes != shown) {
                shown = changes;
                streams.tick();
            }
            return Duration.ofSeconds(1);
        }
    }
}
