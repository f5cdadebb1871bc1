package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemTest {
    private static final String STATUS =
            """
            {"name":"shop","title":"Shop","state":"critical","ownState":"ok",
             "counts":{"ok":2,"critical":1},"seenAt":"2026-03-01T11:59:57Z",
             "checks":[{"check":"tls","entity":"web1","state":"ok","seenAt":"2026-03-01T11:59:50Z","output":"fine"}],
             "subsystems":[{"name":"shop-host","title":"","state":"critical","counts":{"ok":1,"critical":1},
               "seenAt":"2026-03-01T11:59:57Z","subsystems":[],
               "checks":[{"check":"nginx","entity":"web1","state":"critical","seenAt":"2026-03-01T11:59:57Z","output":"down"},
                         {"check":"disk","entity":"web1","state":"stale","lastState":"ok","staleBecause":"silent",
                          "seenAt":"2026-03-01T11:00:00Z","output":"60 %"}]}]}""";

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
    void aStatusIsATreeWithEveryLayer() {
        server.answers("GET /systems/shop/status", STATUS);

        var ran = Keyboard.person(home).asking(server).run("system", "status", "shop");

        assertThat(ran.out())
                .isEqualTo(
                        """
                        NAME                   STATE                     CHECKS  SEEN     OUTPUT
                        ✖ shop                 ✖ critical                ✖1 ✔2   3s ago   Shop
                        ├─ ✔ tls on web1       ✔ ok                              10s ago  fine
                        └─ ✖ shop-host         ✖ critical                ✖1 ✔1   3s ago
                           ├─ ✖ nginx on web1  ✖ critical                        3s ago   down
                           └─ ◌ disk on web1   ◌ stale (was ok, silent)          60m ago  60 %
                        """);
    }

    @Test
    void aStatusForProgramsHasWholePaths() {
        server.answers("GET /systems/shop/status", STATUS);

        var ran = script().run("system", "status", "shop");

        assertThat(ran.out().lines())
                .hasSize(5)
                .contains("shop/shop-host\tcritical\tcritical=1,ok=1\t2026-03-01T11:59:57Z\t")
                .contains("shop/shop-host/web1/nginx\tcritical\t\t2026-03-01T11:59:57Z\tdown");
    }

    @Test
    void aStatusInJsonIsTheWholeDocument() {
        server.answers("GET /systems/shop/status", STATUS);

        var ran = script().run("system", "status", "shop", "--json");

        assertThat(Json.read(ran.out(), JsonNode.class))
                .isEqualTo(Json.read(STATUS, JsonNode.class));
    }

    @Test
    void aStatusMayBeDeeperThanAnyFrame() {
        var deep = new StringBuilder("{\"name\":\"s\",\"state\":\"ok\",\"subsystems\":[]}");
        for (int i = 0; i < 60; i++) {
            deep.insert(0, "{\"name\":\"s\",\"state\":\"ok\",\"subsystems\":[").append("]}");
        }
        server.answers("GET /systems/s/status", deep.toString());

        var ran = script().run("system", "status", "s");

        assertThat(ran.out().lines()).hasSize(61);
    }

    @Test
    void aStatusWithoutANameBeginsAtTheTop() {
        server.answers(
                        "GET /systems",
                        "{\"items\":[{\"name\":\"shop-host\"},{\"name\":\"shop\",\"subsystems\":[\"shop-host\"]}]}")
                .answers("GET /systems/shop/status", STATUS);

        var ran = script().run("system", "status", "--json");

        assertThat(Json.read(ran.out(), JsonNode.class).get(0).path("title").asText())
                .isEqualTo("Shop");
    }

    @Test
    void creatingSendsWhatWasTypedAndPrintsTheName() {
        server.answers(
                "POST /systems", 201, "application/json", "{\"name\":\"edge\",\"id\":\"s_1\"}");

        var ran =
                script().run(
                                "system",
                                "create",
                                "edge",
                                "--title",
                                "Edge",
                                "--category",
                                "service",
                                "--label",
                                "dc=north",
                                "--label",
                                "web",
                                "--subsystem",
                                "proxy");

        assertThat(ran.out()).isEqualTo("edge\n");
        assertThat(Json.read(server.lastAsked().body(), JsonNode.class))
                .isEqualTo(
                        Json.read(
                                """
                                {"name":"edge","title":"Edge","category":"service",
                                 "labels":{"dc":"north","web":""},"subsystems":["proxy"]}""",
                                JsonNode.class));
    }

    @Test
    void linkingAndUnlinkingNameBothSystems() {
        server.answers("POST /systems/shop/subsystems", "{\"name\":\"shop\"}")
                .answers("DELETE /systems/shop/subsystems/rack%40hoster", "{\"name\":\"shop\"}");

        assertThat(script().run("system", "link", "shop", "rack@hoster").exit()).isZero();
        assertThat(server.lastAsked().body()).isEqualTo("{\"subsystem\":\"rack@hoster\"}");
        assertThat(script().run("system", "unlink", "shop", "rack@hoster").err())
                .contains("shop no longer aggregates rack@hoster");
    }

    @Test
    void aCycleIsRefusedWithTheServersReason() {
        server.refuses("POST /systems/a/subsystems", 409, "cycle", "b already aggregates a");

        var ran = script().run("system", "link", "a", "b");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).isEqualTo("✖ b already aggregates a\n");
    }

    @Test
    void aScriptMustConfirmADeletionByName() {
        server.answers("DELETE /systems/shop", 204, "application/json", "");

        assertThat(script().run("system", "delete", "shop").exit()).isEqualTo(2);
        assertThat(script().run("system", "delete", "shop", "--confirm=shpo").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();

        var ran = script().run("system", "delete", "shop", "--confirm=shop", "--json");
        assertThat(ran.exit()).isZero();
        assertThat(Json.read(ran.out(), JsonNode.class).path("deleted").asBoolean()).isTrue();
    }

    @Test
    void aPersonIsAskedToTypeTheName() {
        server.answers("DELETE /systems/shop", 204, "application/json", "");
        var person = Keyboard.person(home).asking(server);

        var asked = person.typing("no\n").run("system", "delete", "shop");
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.err()).contains("Type shop to go on");
        assertThat(person.typing("shop\n").run("system", "delete", "shop", "--no-input").exit())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();

        assertThat(person.typing("shop\n").run("system", "delete", "shop").exit()).isZero();
    }

    @Test
    void editingReplacesOneFileAndKeepsTheOthers() throws IOException {
        server.answers(
                        "GET /systems/shop",
                        "{\"name\":\"shop\",\"files\":{\"system.yaml\":\"title: A\\n\",\"checks/a.yaml\":\"name: a\\n\"}}")
                .answers("PUT /systems/shop", "{\"name\":\"shop\"}");
        Path file = Files.writeString(home.resolve("new.yaml"), "title: B\n");

        var ran = script().run("system", "edit", "shop", "--file", file.toString());

        assertThat(ran.exit()).isZero();
        assertThat(server.lastAsked().body())
                .isEqualTo(
                        "{\"files\":{\"checks/a.yaml\":\"name: a\\n\",\"system.yaml\":\"title: B\\n\"}}");
    }

    @Test
    void editingFromAFolderReplacesThemAllAndStdinWorks() throws IOException {
        server.answers("GET /systems/shop", "{\"name\":\"shop\",\"files\":{\"old.yaml\":\"x\"}}")
                .answers("PUT /systems/shop", "{\"name\":\"shop\"}");
        Path folder = Files.createDirectories(home.resolve("shop"));
        Files.createDirectories(folder.resolve("checks"));
        Files.writeString(folder.resolve("checks/a.yaml"), "name: a\n");
        Files.writeString(folder.resolve(".hidden"), "no");

        assertThat(script().run("system", "edit", "shop", "--file", folder.toString()).exit())
                .isZero();
        assertThat(server.lastAsked().body())
                .isEqualTo("{\"files\":{\"checks/a.yaml\":\"name: a\\n\"}}");
        script().typing("title: C")
                .run("system", "edit", "shop", "--file", "-", "--path", "p.yaml");
        assertThat(server.lastAsked().body()).contains("\"p.yaml\":\"title: C\"");
    }

    @Test
    void anEditorIsOpenedForAPersonAndRefusedWorkIsKept() throws IOException {
        server.answers(
                        "GET /systems/shop",
                        "{\"name\":\"shop\",\"files\":{\"system.yaml\":\"title: A\\n\"}}")
                .refuses("PUT /systems/shop", 422, "bad-document", "system.yaml: line 1");
        var person = Keyboard.person(home).asking(server).with("EDITOR", "sed -i s/A/Z/");

        var ran = person.run("system", "edit", "shop");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(server.lastAsked().body()).contains("title: Z");
        String kept = ran.err().lines().findFirst().orElse("").replaceAll(".* in ", "");
        assertThat(Path.of(kept, "system.yaml")).hasContent("title: Z");
        Files.delete(Path.of(kept, "system.yaml"));
        Files.delete(Path.of(kept));
    }

    @Test
    void aServerCannotWriteOutsideOfTheEditedFolder() {
        server.answers("GET /systems/shop", "{\"name\":\"shop\",\"files\":{\"../../evil\":\"x\"}}");
        var person = Keyboard.person(home).asking(server).with("EDITOR", "true");

        var ran = person.run("system", "edit", "shop");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("outside of the system's folder");
    }

    @Test
    void editingNeedsATerminalOrAFile() {
        var ran = script().run("system", "edit", "shop");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--file F");
    }
}
