package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NounsTest {
    @TempDir Path home;
    private final CannedServer server = CannedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Keyboard script() {
        return Keyboard.script(home).asking(server);
    }

    @Test
    void anInviteIsTheOnlyThingOnStdout() {
        server.answers(
                "POST /invites",
                201,
                "application/json",
                "{\"invite\":\"aramaki1:http://x#i.v.s\",\"id\":\"v_1\",\"expiresAt\":\"2026-03-01T13:00:00Z\",\"uses\":3}");

        var ran =
                script().run(
                                "agent",
                                "invite",
                                "--system",
                                "a",
                                "--system",
                                "b",
                                "--tags",
                                "web,dc=north",
                                "--uses",
                                "3",
                                "--expires",
                                "1h");

        assertThat(ran.out()).isEqualTo("aramaki1:http://x#i.v.s\n");
        assertThat(ran.err()).contains("expires in 60m").contains("aramaki-agent join INVITE");
        assertThat(Json.read(server.lastAsked().body(), JsonNode.class))
                .isEqualTo(
                        Json.read(
                                """
                                {"systems":["a","b"],"labels":{"web":"","dc":"north"},
                                 "uses":3,"expiresIn":"1h"}""",
                                JsonNode.class));
        assertThat(script().run("agent", "invite", "--json=invite").out())
                .contains("\"invite\" : \"aramaki1:http://x#i.v.s\"");
    }

    @Test
    void revokingNeedsTheNameAndGivesTheReason() {
        server.answers("POST /agents/web1/revoke", "{\"name\":\"web1\",\"state\":\"revoked\"}");

        assertThat(script().run("agent", "revoke", "web1").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
        script().run("agent", "revoke", "web1", "--confirm=web1", "--reason", "stolen");
        assertThat(server.lastAsked().body()).isEqualTo("{\"reason\":\"stolen\"}");
    }

    @Test
    void anObservationShowsItsHopsWithTheTimeBetweenThem() {
        server.answers(
                "GET /observations/o_1",
                """
                {"id":"o_1","system":"shop","entity":"web1","check":"http","state":"ok","output":"one\\ntwo",
                 "metrics":[{"name":"time","value":0.2,"unit":"s","warn":"1"}],
                 "hops":{"due":"2026-03-01T11:00:00Z","started":"2026-03-01T11:00:00.012Z",
                         "finished":"2026-03-01T11:00:00.112Z","spooled":null,
                         "committed":"2026-03-01T11:00:00.110Z"}}""");

        var person = Keyboard.person(home).asking(server).run("observation", "show", "o_1");
        var ran = script().run("observation", "show", "o_1");

        assertThat(person.out())
                .contains("output  one\n        two\n")
                .contains(
                        """
                        HOP
                        HOP        TIME                      AFTER
                        due        2026-03-01T11:00:00Z
                        started    2026-03-01T11:00:00.012Z  +12 ms
                        finished   2026-03-01T11:00:00.112Z  +100 ms
                        committed  2026-03-01T11:00:00.110Z  -2 ms
                        """);
        assertThat(ran.out())
                .contains("state\tok\n")
                .contains("metric\ttime\t0.2\ts\t1\t\t\t\n")
                .contains("hop\tstarted\t2026-03-01T11:00:00.012Z\t+12 ms\n");
    }

    @Test
    void aCheckShowsHowItObservesAndWhatItSaw() {
        server.answers(
                        "GET /systems/shop/checks/http",
                        "{\"system\":\"shop\",\"name\":\"http\",\"state\":\"ok\",\"command\":[\"check_http\",\"-w\",\"1\"],\"entities\":[{\"entity\":\"web1\",\"state\":\"ok\"}]}")
                .answers(
                        "GET /systems/shop/checks/http/history?limit=10",
                        "{\"items\":[{\"id\":\"o_1\",\"state\":\"ok\",\"at\":\"2026-03-01T11:00:00Z\"}]}");

        assertThat(script().run("check", "show", "shop", "http").out())
                .contains("how\tcheck_http -w 1\n")
                .contains("entity\tok\tweb1")
                .contains("observation\t2026-03-01T11:00:00Z\tok\t\to_1");
        var json = script().run("check", "show", "shop/http", "--json", "--history", "0");
        assertThat(Json.read(json.out(), JsonNode.class).has("history")).isFalse();
    }

    @Test
    void anEntityShowsItsLatestObservations() {
        server.answers(
                        "GET /entities/web1",
                        "{\"name\":\"web1\",\"state\":\"ok\",\"labels\":{\"web\":\"\",\"dc\":\"x\"}}")
                .answers(
                        "GET /observations?entity=web1&limit=200",
                        "{\"items\":[{\"state\":\"ok\",\"system\":\"shop\",\"check\":\"http\"}]}");

        var ran = script().run("entity", "show", "web1");

        assertThat(ran.out())
                .contains("labels\tweb dc=x\n")
                .contains("observation\tok\tshop\thttp");
    }

    @Test
    void anAlertIsFoundByItsKey() {
        server.answers(
                "GET /alerts/shop/web1/http",
                "{\"key\":\"shop/web1/http\",\"state\":\"resolved\"}");

        var ran = script().run("alert", "show", "shop/web1/http", "--json=state");

        assertThat(Json.text(Json.read(ran.out(), JsonNode.class)))
                .isEqualTo("{\"state\":\"resolved\"}");
    }

    @Test
    void sinceIsAskedAsAnInstant() {
        server.answers("GET /events", "{\"items\":[]}");

        var ran = script().run("timeline", "list", "--since", "1h", "--type", "note");

        assertThat(server.lastAsked().line())
                .isEqualTo("GET /events?type=note&since=2026-03-01T11%3A00%3A00Z&limit=1000");
        assertThat(ran.err()).contains("no events with --type=note --since=2026-03-01T11:00:00Z");
    }

    @Test
    void aStretchOfTimeAndALaneAreAsked() {
        server.answers("GET /events", "{\"items\":[]}");

        script().run("timeline", "list", "--from", "2h", "--to", "1h", "--lane", "outside");

        assertThat(server.lastAsked().line())
                .isEqualTo(
                        "GET /events?lane=outside&from=2026-03-01T10%3A00%3A00Z"
                                + "&to=2026-03-01T11%3A00%3A00Z&limit=1000");
    }

    @Test
    void whatHappenedAroundAnEventIsListed() {
        server.answers(
                "GET /events/abc/around",
                "{\"items\":[{\"id\":\"d\",\"at\":\"2026-03-01T11:00:00Z\",\"system\":\"shop\","
                        + "\"type\":\"note.added\",\"text\":\"slow\",\"relation\":\"above\","
                        + "\"offsetMillis\":-5}]}");

        var ran = script().run("timeline", "list", "--around", "abc", "--within", "5m");

        assertThat(server.lastAsked().line())
                .isEqualTo("GET /events/abc/around?within=5m&limit=1000");
        assertThat(ran.out()).isEqualTo("2026-03-01T11:00:00Z\tabove\tshop\tnote.added\tslow\n");
    }

    @Test
    void whatDoesNotGoTogetherIsWrongUsage() {
        assertThat(script().run("timeline", "list", "--around", "abc", "--type", "x").exit())
                .isEqualTo(2);
        assertThat(script().run("timeline", "list", "--within", "5m").exit()).isEqualTo(2);
        assertThat(script().run("timeline", "list", "--since", "1h", "--from", "2h").exit())
                .isEqualTo(2);
    }

    @Test
    void aNoteIsAttachedAndLinks() {
        server.answers("POST /systems/shop/notes", 201, "application/json", "{\"id\":\"abc\"}");

        script().run(
                        "timeline",
                        "note",
                        "shop",
                        "--about",
                        "e1",
                        "--link",
                        "https://a",
                        "--link",
                        "e2",
                        "us");

        assertThat(server.lastAsked().body())
                .isEqualTo("{\"text\":\"us\",\"about\":\"e1\",\"links\":[\"https://a\",\"e2\"]}");
    }

    @Test
    void aNoteIsAllTheWordsAndMayBeginWithAnAt() {
        server.answers("POST /systems/shop/notes", 201, "application/json", "{\"id\":\"abc\"}");

        var ran = script().run("timeline", "note", "shop", "@bo", "flushed", "it");

        assertThat(ran.out()).isEqualTo("abc\n");
        assertThat(server.lastAsked().body()).isEqualTo("{\"text\":\"@bo flushed it\"}");
    }

    @Test
    void aBrokenLogFailsAndListsItsProblems() {
        server.answers(
                        "POST /admin/verify",
                        "{\"ok\":true,\"logs\":2,\"events\":9,\"problems\":[]}")
                .answers(
                        "POST /admin/verify",
                        "{\"ok\":false,\"logs\":2,\"events\":9,\"problems\":[\"event 3 was changed\"]}");

        assertThat(script().run("admin", "verify").exit()).isZero();
        var ran = script().run("admin", "verify");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("state\tfailed\n")
                .contains("problem\tevent 3 was changed\n");
    }

    @Test
    void theIdentityHasAnId() {
        server.answers("GET /instance", "{\"id\":\"i_abc\",\"genesis\":\"g\"}");

        var ran = script().run("admin", "identity", "show", "--json=id");

        assertThat(Json.text(Json.read(ran.out(), JsonNode.class))).isEqualTo("{\"id\":\"i_abc\"}");
    }

    @Test
    void theIdentityIsShownWithItsKeys() {
        server.answers(
                "GET /instance",
                """
                {"id":"i_abc","genesis":{},"logKey":"K1","createdAt":"2026-03-01T11:00:00Z",
                 "keys":[{"purpose":"log","key":"K1","fingerprint":"f1",
                          "since":"2026-03-01T11:57:00Z"}],
                 "recovery":{"threshold":2,"fingerprints":["r1","r2","r3"],
                             "since":"2026-03-01T11:57:00Z"},
                 "keyLog":{"entries":4,"head":"h"}}""");

        assertThat(script().run("admin", "identity", "show").out())
                .contains("f1", "2 of 3 must agree", "r1", "r3", "4");
    }

    @Test
    void aKeyIsReplacedByTheServer() {
        server.answers(
                "POST /instance/keys",
                201,
                "application/json",
                "{\"seq\":1,\"entry\":\"e\",\"signedBy\":\"online\",\"at\":\"2026-03-01T11:57:00Z\"}");

        var ran = script().run("admin", "identity", "rotate", "--purpose", "fed");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("take a backup");
        assertThat(server.lastAsked().body()).isEqualTo("{\"purpose\":\"fed\"}");
        assertThat(script().run("admin", "identity", "rotate", "--purpose", "x").exit())
                .isEqualTo(2);
        assertThat(script().run("admin", "identity", "rotate", "--out", "x").exit()).isEqualTo(2);
    }

    /// Their secrets never leave the folder; what the server gets is signed by old and new ones.
    @Test
    void recoveryKeysAreMadeHereAndOnlyTheirEntryIsSent() throws Exception {
        var random = new SecureRandom();
        var old = SecretKey.generate(random);
        old.store(home.resolve("old"), "old");
        var genesis =
                Genesis.create(
                        SecretKey.generate(random),
                        old,
                        Instant.parse("2026-03-01T11:00:00Z"),
                        random);
        server.answers(
                "GET /instance/key-log", "{\"genesis\":" + Json.text(genesis) + ",\"entries\":[]}");
        server.answers("POST /instance/key-log", 201, "application/json", "{\"seq\":1}");
        var out = home.resolve("keys");
        String[] command = {
            "admin",
            "identity",
            "rotate",
            "--purpose",
            "recovery",
            "--keys",
            "3",
            "--threshold",
            "2",
            "--out",
            out.toString(),
            "--recovery-key",
            home.resolve("old").toString()
        };

        assertThat(script().run(command).exit()).isZero();

        var sent = Json.read(server.lastAsked().body(), JsonNode.class).path("entry");
        var log = KeyLog.of(genesis).with(Json.convert(sent, Envelope.class));
        assertThat(log.recovery().threshold()).isEqualTo(2);
        for (int i = 1; i <= 3; i++) {
            var file = out.resolve("recovery-key-" + i);
            assertThat(log.recovery().keys()).contains(SecretKey.load(file).publicKey());
            assertThat(Files.readString(file)).contains("Recovery key " + i + " of 3");
            assertThat(Files.getPosixFilePermissions(file))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(script().run(command).err()).contains("is not empty"); // nothing written over
    }

    @Test
    void aDataDirectoryNeedsAProgramThatCanReadIt() {
        assertThat(script().run("admin", "verify", "--data", "/nowhere").exit()).isEqualTo(2);
    }

    @Test
    void anAlertTellsItsPastInOneSentence() {
        server.answers(
                "GET /alerts",
                """
                {"items":[{"key":"shop/web1/http","state":"firing","severity":"critical",
                 "system":"shop","entity":"web1","check":"http","since":"2026-03-01T11:57:00Z",
                 "output":"refused","flapping":true,
                 "history":{"firstAt":"2025-12-24T18:00:00Z","lastOkAt":"2026-03-01T11:56:00Z",
                 "times1d":1,"times7d":3,"times90d":12,"medianSeconds":480,"usualHour":null,
                 "total":12}}]}""");

        var ran = Keyboard.person(home).asking(server).wide(250).run("alert", "list");

        assertThat(ran.out())
                .contains("firing (flapping)")
                .contains(
                        "12th time in 90 days (3 in 7), usually 8 min; first 2025-12-24; last ok");
    }

    @Test
    void aCheckIsRunAndItsRealResultShown() {
        server.answers(
                "POST /checks/shop/http/run",
                """
                {"id":"o_7","system":"shop","entity":"web1","check":"http","state":"warning",
                 "output":"slow","at":"2026-03-01T11:59:59Z",
                 "metrics":[{"name":"time","value":2.5,"unit":"s","warn":"1"}]}""");

        var ran = script().run("check", "run", "shop/http", "--entity", "web1");

        assertThat(ran.out())
                .contains("state\twarning\n", "output\tslow\n", "metric\ttime\t2.5\ts\t1\t\n");
        assertThat(server.lastAsked().body()).isEqualTo("{\"noWait\":false,\"entity\":\"web1\"}");
        assertThat(script().run("check", "run", "shop").exit()).isEqualTo(2);
    }

    @Test
    void aResultIsHandedInWithItsMetricsInBaseUnits() {
        server.answers("POST /observations", "{\"id\":\"o_8\"}");

        var ran =
                script().run(
                                "observation",
                                "submit",
                                "--system=shop",
                                "--entity=db1",
                                "--check=backup",
                                "--state=ok",
                                "--output=done",
                                "--metric",
                                "time=340ms;300;600",
                                "--metric",
                                "size=2GB");

        assertThat(ran.out()).isEqualTo("o_8\n");
        assertThat(Json.read(server.lastAsked().body(), JsonNode.class))
                .isEqualTo(
                        Json.read(
                                """
                                {"system":"shop","entity":"db1","check":"backup","state":"ok",
                                 "output":"done","metrics":[
                                 {"name":"time","value":0.34,"unit":"s","warn":"0.3","crit":"0.6"},
                                 {"name":"size","value":2147483648.0,"unit":"B"}]}""",
                                JsonNode.class));
        var wrong =
                script().run(
                                "observation",
                                "submit",
                                "--system=shop",
                                "--entity=db1",
                                "--check=backup",
                                "--state=ok",
                                "--metric=nonsense");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("NAME=VALUE");
    }
}
