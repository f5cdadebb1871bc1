package aramaki.protocol;

import aramaki.model.timeline.EventType;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.HostEvent.PackageChange;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.agent.ServerMessage.Assignment;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.log.Payload;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One of everything that is written, the same in every run.
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final SecretKey LOG_KEY = key(1);
    public static final SecretKey RECOVERY_KEY = key(2);
    public static final SecretKey AGENT_KEY = key(3);
    public static final Envelope GENESIS =
            Genesis.create(LOG_KEY, RECOVERY_KEY, NOON, new Counting());
    public static final KeyLog KEYS = KeyLog.of(GENESIS);
    public static final String INSTANCE = Genesis.instanceId(GENESIS);
    private static final byte[] SECRET = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final String EPISODE = "e_" + "a".repeat(16);
    private static final String ACT = "b_" + "a".repeat(16);
    public static final String AWKWARD_TEXT = "\"down\" \\ ä€🛠 \u2028\n\ttwo";

    private Samples() {}

    /// The secret of an invite.
    public static byte[] secret() {
        return SECRET.clone();
    }

    /// The key whose seed is this byte 32 times.
    public static SecretKey key(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return SecretKey.ofSeed(bytes);
    }

    /// A source that is not random at all: it counts.
    public static final class Counting extends SecureRandom {
        private static final long serialVersionUID = 1;
        private int next;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) next++;
            }
        }
    }

    public static List<AgentMessage> agentMessages() {
        var full =
                new Result(
                        41,
                        "shop",
                        "web1",
                        "http-front",
                        "critical",
                        AWKWARD_TEXT,
                        List.of(
                                new MetricWire("time", 0.25, "s", "1", "@2:3", 0.0, null),
                                new MetricWire("size", null, "B", null, null, null, 1e15)),
                        NOON,
                        NOON.plusMillis(1),
                        NOON.plusMillis(251),
                        NOON.plusMillis(252));
        var bare =
                new Result(42, "shop", "web1", "load", "ok", "", List.of(), NOON, NOON, NOON, null);
        return List.of(
                new AgentMessage.Ready(
                        "k3jd",
                        1,
                        9_007_199_254_740_993L,
                        "0.1.0",
                        "all probes; actions level 0",
                        new TreeMap<>(Map.of("os", "Debian 13", "arch", "amd64")),
                        NOON),
                new AgentMessage.Results("k3jd", NOON.plusSeconds(1), List.of(full, bare)),
                new AgentMessage.Gap("k3jd", 3, 40),
                new AgentMessage.Heartbeat(NOON),
                new AgentMessage.Found(
                        "9f2c",
                        List.of(
                                new AgentMessage.Proposed(
                                        "port-80",
                                        "nginx-80",
                                        "nginx on port 80",
                                        "nginx listens on port 80 and nothing asks it yet.",
                                        "nginx listens on *:80",
                                        null,
                                        "http",
                                        Map.of("url", "http://127.0.0.1/"),
                                        30_000,
                                        "ok",
                                        "HTTP 200"))),
                new AgentMessage.Stopping("SIGTERM", "reboot", 900L),
                new AgentMessage.Paused(pause(), NOON),
                new AgentMessage.Happened(
                        List.of(
                                new HostEvent.Started("h_a", NOON, "0.1.0", "crash", NOON),
                                new HostEvent.Rebooted("h_b", NOON, true, 86_400L),
                                new HostEvent.Packages(
                                        "h_c",
                                        NOON,
                                        List.of(new PackageChange("jq", null, "1.7-1")),
                                        List.of(new PackageChange("vim", "9.1", null)),
                                        List.of(new PackageChange("nginx", "1.26-1", "1.26-2")),
                                        1,
                                        1,
                                        1,
                                        "ada (1000)",
                                        "apt-get upgrade"))));
    }

    private static Payload.Touched touched() {
        var held = new Payload.Held("p_bo", "bo", NOON, NOON.plusSeconds(60), AWKWARD_TEXT, "");
        return new Payload.Touched("web1", "http", EPISODE, held);
    }

    private static Pause pause() {
        return new Pause("u_a", 3, NOON, NOON.plusSeconds(1800), "new disk", "ada on the host");
    }

    public static List<ServerMessage> serverMessages() {
        var plugin =
                new Assignment(
                        "shop",
                        "web1",
                        "http-front",
                        List.of("check_http", "-H", "{{address}}"),
                        null,
                        Map.of(),
                        Map.of("address", "127.0.0.1"),
                        60_000,
                        10_000,
                        3,
                        15_000L);
        var probe =
                new Assignment(
                        "shop",
                        "web1",
                        "root-disk",
                        null,
                        "disk",
                        Map.of("path", "/"),
                        Map.of(),
                        60_000,
                        10_000,
                        1,
                        null);
        var nightly =
                new Assignment(
                        "shop",
                        "web1",
                        "backup",
                        List.of("check_backup"),
                        null,
                        Map.of(),
                        Map.of(),
                        3_600_000,
                        10_000,
                        1,
                        null,
                        "json",
                        "0 3 * * *",
                        "Europe/Berlin");
        return List.of(
                new ServerMessage.Welcome("a_" + "b".repeat(52), "web1", 10),
                new ServerMessage.Position("k3jd", 40, "9f2c"),
                new ServerMessage.Checks("7", List.of(plugin, probe, nightly)),
                new ServerMessage.Ack("k3jd", 42),
                new ServerMessage.RunNow("shop", "http-front"),
                new ServerMessage.LookAround(),
                new ServerMessage.Paused(pause(), NOON),
                new ServerMessage.Noted(List.of("h_a", "h_b")),
                new ServerMessage.Refused("agent-revoked", "this agent was shut out by ada"));
    }

    public static Payload payload(EventType type) {
        return switch (type) {
            case SYSTEM_CREATED -> created();
            case SYSTEM_CHANGED ->
                    new Payload.SystemChanged(
                            "shop",
                            Map.of("system.yaml", "title: Shop\n"),
                            List.of("system.yaml"),
                            true,
                            null);
            case SYSTEM_DELETED -> new Payload.SystemDeleted("shop");
            case STATE_CHANGED ->
                    new Payload.StateChanged(
                            "web1", "http", "ok", "stale", "agent", AWKWARD_TEXT, null);
            case CHECK_FLAPPING ->
                    new Payload.CheckFlapping(
                            "web1", "http", "ok", "critical", 6, AWKWARD_TEXT, "o_4711");
            case CHECK_STEADY -> new Payload.CheckSteady("web1", "http", "ok", AWKWARD_TEXT, null);
            case ALERT_FIRED ->
                    new Payload.AlertFired(
                            "web1", "http", "e_" + "a".repeat(16), "stale", "silent", "", null);
            case ALERT_CHANGED ->
                    new Payload.AlertChanged(
                            "web1", "http", "e_" + "a".repeat(16), "critical", "down", "");
            case ALERT_RESOLVED ->
                    new Payload.AlertResolved(
                            "web1", "http", "e_" + "a".repeat(16), "", AWKWARD_TEXT);
            case ALERT_ACKNOWLEDGED ->
                    new Payload.AlertAcknowledged(
                            List.of(touched()), "p_ada", "ada", null, AWKWARD_TEXT, ACT);
            case ALERT_UNACKNOWLEDGED ->
                    new Payload.AlertUnacknowledged(List.of(touched()), AWKWARD_TEXT, ACT);
            case ALERT_REMINDED ->
                    new Payload.AlertReminded("web1", "http", EPISODE, "p_ada", "ada", NOON);
            case ALERT_LAPSED -> new Payload.AlertLapsed("web1", "http", EPISODE, "p_ada", "ada");
            case ALERT_ASSIGNED ->
                    new Payload.AlertAssigned(List.of(touched()), "p_bo", "bo", AWKWARD_TEXT, ACT);
            case ALERT_COMMENTED ->
                    new Payload.AlertCommented(List.of(touched()), AWKWARD_TEXT, ACT);
            case ALERT_CLOSED -> new Payload.AlertClosed(List.of(touched()), AWKWARD_TEXT, ACT);
            case ALERT_RESTORED ->
                    new Payload.AlertRestored(
                            List.of(
                                    new Payload.Restored(
                                            "web1",
                                            "http",
                                            EPISODE,
                                            true,
                                            false,
                                            touched().before())),
                            ACT,
                            "b_" + "c".repeat(16));
            case ALERT_BULK ->
                    new Payload.AlertBulk(
                            ACT,
                            "ack",
                            "system:shop state:firing",
                            2,
                            AWKWARD_TEXT,
                            List.of("shop/web1/http", "shop/web2/http"));
            case SILENCE_ADDED ->
                    new Payload.SilenceAdded(
                            "z_" + "a".repeat(16),
                            AWKWARD_TEXT,
                            List.of("check=~http.*", "team!=web"),
                            true,
                            NOON,
                            NOON.plusSeconds(7200),
                            AWKWARD_TEXT,
                            "p_ada",
                            "ada");
            case SILENCE_WARNED ->
                    new Payload.SilenceWarned(
                            "z_" + "a".repeat(16), "new disk", NOON.plusSeconds(3600), "p_ada", 3);
            case SILENCE_EXPIRED ->
                    new Payload.SilenceExpired("z_" + "a".repeat(16), "new disk", 12, false);
            case NOTE_ADDED ->
                    new Payload.NoteAdded(
                            AWKWARD_TEXT, "0".repeat(63) + "1", List.of("https://wiki.example/a"));
            case EVENT_REDACTED ->
                    new Payload.EventRedacted(
                            "0".repeat(63) + "1",
                            "note.added",
                            AWKWARD_TEXT,
                            "ada",
                            Json.mapper().createObjectNode().put("text", ""));
            case EVENT_RECEIVED ->
                    new Payload.EventReceived(
                            "/jenkins",
                            "4711",
                            "dev.cdevents.service.deployed.0.1.1",
                            "shop",
                            NOON,
                            "deployed shop 1.4.2 to production (by jenkins)",
                            "https://ci.example/4711",
                            AWKWARD_TEXT);
            case AGENT_CONNECTED -> new Payload.AgentConnected("web1", NOON, true, 0);
            case AGENT_SILENT -> new Payload.AgentSilent(List.of("web1", "web2"), NOON, true, null);
            case AGENT_STOPPED ->
                    new Payload.AgentStopped("web1", "SIGTERM", "reboot", NOON.plusSeconds(900));
            case AGENT_STARTED -> new Payload.AgentStarted("web1", "0.1.0", "crash", NOON);
            case AGENT_PAUSED ->
                    new Payload.AgentPaused(
                            "web1", NOON.plusSeconds(1800), "new disk", "ada", "host");
            case AGENT_RESUMED -> new Payload.AgentResumed("web1", "ada", "server");
            case HOST_REBOOTED -> new Payload.HostRebooted("web1", true, 86_400L);
            case HOST_PACKAGES ->
                    new Payload.HostPackages(
                            "web1",
                            List.of(new Payload.PackageChange("jq", null, "1.7-1")),
                            List.of(new Payload.PackageChange("vim", "9.1", null)),
                            List.of(new Payload.PackageChange("nginx", "1.26-1", "1.26-2")),
                            1,
                            1,
                            1,
                            "ada (1000)",
                            "apt-get upgrade");
            case RESULTS_GAP -> new Payload.ResultsGap("web1", "k3jd", 3, 40);
            case AGENT_INVITED ->
                    new Payload.AgentInvited(
                            "v_" + "a".repeat(16), List.of("shop"), Map.of("web", ""), 1, NOON);
            case AGENT_JOINED ->
                    new Payload.AgentJoined(
                            "a_" + "b".repeat(52),
                            "web1",
                            AGENT_KEY.publicKey().text(),
                            "v_" + "a".repeat(16));
            case AGENT_REVOKED -> new Payload.AgentRevoked("a_" + "b".repeat(52), "web1", "stolen");
            case PERSON_ADMITTED -> new Payload.PersonAdmitted("p_ada", "ada", "owner");
            case PERSON_UNINVITED -> new Payload.PersonUninvited("n_k3jdm2uzq5x7c4ta", "bo");
            case PERSON_INVITED ->
                    new Payload.PersonInvited(
                            "n_1",
                            "bo",
                            "Bo",
                            List.of(Json.mapper().createObjectNode().put("verb", "read")),
                            NOON);
            case PERSON_JOINED -> new Payload.PersonJoined("p_bo", "bo", "Bo", "member", "n_1");
            case PERSON_DISABLED -> new Payload.PersonDisabled("p_bo", "bo", "left us");
            case PERSON_ENABLED -> new Payload.PersonEnabled("p_bo", "bo");
            case PASSKEY_ADDED ->
                    new Payload.PasskeyAdded(
                            "p_bo", "bo", "Y3JlZA", "telephone", "localhost", "a2V5");
            case PASSKEY_REMOVED -> new Payload.PasskeyRemoved("p_bo", "bo", "Y3JlZA", "telephone");
            case IDENTITY_LINKED ->
                    new Payload.IdentityLinked(
                            "p_bo", "bo", "https://login.example.org", "248289761001", "Muster");
            case IDENTITY_UNLINKED ->
                    new Payload.IdentityUnlinked(
                            "p_bo", "bo", "https://login.example.org", "248289761001", "Muster");
            case PASSWORD_SET -> new Payload.PasswordSet("p_bo", "bo");
            case PASSWORD_REMOVED -> new Payload.PasswordRemoved("p_bo", "bo");
            case CODES_MADE -> new Payload.CodesMade("p_bo", "bo", 10);
            case TOKEN_ADDED -> new Payload.TokenAdded("p_bo", "bo", "t_1", "cron", NOON);
            case TOKEN_REVOKED -> new Payload.TokenRevoked("p_bo", "bo", "t_1", "cron");
            case KEY_ADDED ->
                    new Payload.KeyAdded(
                            "d".repeat(64), "fed", key(5).publicKey().text(), "online", "ada");
            case KEY_ROTATED ->
                    new Payload.KeyRotated(
                            "d".repeat(64),
                            "log",
                            key(6).publicKey().text(),
                            LOG_KEY.publicKey().text(),
                            "recovery",
                            "root");
            case RECOVERY_ROTATED ->
                    new Payload.RecoveryRotated(
                            "d".repeat(64),
                            List.of(key(7).publicKey().text(), key(8).publicKey().text()),
                            2,
                            "ada");
            case RECOVERY_USED ->
                    new Payload.RecoveryUsed(
                            "p_ada", "ada", List.of(key(7).publicKey().fingerprint()), "root");
            case GRANT_GIVEN ->
                    new Payload.GrantGiven(
                            "p_bo",
                            false,
                            List.of("s_" + "a".repeat(52)),
                            Map.of("kind", "storage"),
                            List.of("read", "ack"),
                            List.of("public", "ops"),
                            true,
                            List.of("10.1.0.0/16"),
                            NOON,
                            NOON.plusSeconds(28800),
                            1,
                            "on call tonight",
                            "ab".repeat(32),
                            false);
            case GRANT_REVOKED -> new Payload.GrantRevoked("ab".repeat(32), "shift is over");
            case GRANT_INVOKED ->
                    new Payload.GrantInvoked(
                            "ab".repeat(32), "p_bo", "bo", "the shop is down", NOON);
            case GRANT_REACHED ->
                    new Payload.GrantReached(
                            "ab".repeat(32),
                            "p_bo",
                            "bo",
                            List.of("read", "ack"),
                            NOON,
                            "on call tonight");
            case GRANT_WITHDRAWN ->
                    new Payload.GrantWithdrawn(
                            "ab".repeat(32), "cd".repeat(32), "bo", "shift is over");
            case SERVER_STARTED -> new Payload.ServerStarted("0.1.0");
            case SERVER_STOPPED -> new Payload.ServerStopped("SIGTERM");
            case INSTANCE_RESTORED ->
                    new Payload.InstanceRestored(
                            "b".repeat(64),
                            Instant.parse("2026-03-01T12:00:00Z"),
                            1_772_366_400,
                            List.of(new Payload.LogEnd("ops", 0, 812, "c".repeat(64))));
            case INSTANCE_RECOVERED ->
                    new Payload.InstanceRecovered(
                            1_772_366_400, Instant.parse("2026-03-01T12:00:00Z"));
        };
    }

    public static Payload.SystemCreated created() {
        return new Payload.SystemCreated(1, INSTANCE, "shop", NOON, "AAECAwQFBgcICQoLDA0ODw");
    }
}
