package aramaki.server.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Found;
import aramaki.protocol.agent.AgentMessage.Proposed;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.system.files.Scan;
import aramaki.server.system.files.SystemFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalsTest {
    private static final SystemName WEB1 = new SystemName("web1");

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord agent;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock);
        rig.system("web1");
        agent = rig.agent("web1", "web1");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Proposed http(String id, String name, String url) {
        return new Proposed(
                id,
                name,
                "nginx on port 80",
                "nginx serves others.",
                "nginx listens on *:80",
                null,
                "http",
                Map.of("url", url),
                30_000,
                "ok",
                "HTTP 200");
    }

    private static Proposed nginx() {
        return http("port:80", "nginx-80", "http://127.0.0.1/");
    }

    private static Proposed plugin(String... words) {
        return new Proposed(
                "plugin",
                "plugin",
                "t",
                "w",
                "e",
                List.of(words),
                null,
                Map.of(),
                60_000,
                null,
                null);
    }

    private void found(AgentRecord by, Proposed... proposals) {
        rig.proposals.found(by, new Found("v" + proposals.length, List.of(proposals)));
    }

    private List<String> offered() {
        return rig.proposals.open().stream().map(Offer::key).toList();
    }

    @Test
    void whatAnAgentFoundIsOfferedWithTheFileItWouldBecome() {
        found(agent, nginx());

        assertThat(rig.proposals.open(WEB1))
                .singleElement()
                .satisfies(
                        offer -> {
                            assertThat(offer.key()).isEqualTo("web1/nginx-80");
                            assertThat(offer.hosts())
                                    .extracting(Object::toString)
                                    .containsExactly("web1");
                            assertThat(offer.yaml())
                                    .isEqualTo(
                                            """
                                            # nginx serves others.
                                            name: nginx-80
                                            probe:
                                              http:
                                                url: "http://127.0.0.1/"
                                            every: 30s
                                            """);
                        });
        assertThat(rig.proposals.version(agent)).contains("v1");
    }

    @Test
    void acceptingWritesTheFileAndTheEventSaysWhoAndWhat() {
        found(agent, nginx());
        String id = rig.proposals.open().getFirst().id();
        int before = rig.happened("web1", Payload.SystemChanged.class).size();

        rig.proposals.accept(List.of("web1/nginx-80"), rig.instance);

        assertThat(rig.systems.require(WEB1).definition().checks())
                .extracting(c -> c.name().value())
                .containsExactly("nginx-80");
        assertThat(rig.happened("web1", Payload.SystemChanged.class))
                .hasSize(before + 1)
                .last()
                .satisfies(
                        event -> {
                            assertThat(event.changed()).containsExactly("checks/nginx-80.yaml");
                            assertThat(event.because())
                                    .isEqualTo(
                                            "accepted what web1 proposed: nginx-80 (" + id + ")");
                        });
        assertThat(rig.all().getLast().header().actor()).isEqualTo(Rig.INSTANCE);
        assertThat(offered()).isEmpty();
    }

    @Test
    void severalAtOnceAreOneEvent() {
        found(agent, nginx(), http("port:81", "nginx-81", "http://127.0.0.1:81/"));
        int before = rig.happened("web1", Payload.SystemChanged.class).size();

        rig.proposals.accept(List.of("web1/nginx-80", "web1/nginx-81"), rig.instance);

        assertThat(rig.happened("web1", Payload.SystemChanged.class)).hasSize(before + 1);
        assertThat(rig.systems.require(WEB1).definition().checks()).hasSize(2);
    }

    @Test
    void whatACheckLooksAtAlreadyIsNotOffered() {
        rig.check(
                "web1",
                "front",
                "probe: {http: {url: \"http://localhost\", warn: \"1\"}}\nevery: 10s\n");

        found(agent, nginx(), http("port:81", "nginx-81", "http://127.0.0.1:81/"));

        assertThat(offered()).containsExactly("web1/nginx-81");
        rig.uncheck("web1", "front");
        assertThat(offered()).containsExactly("web1/nginx-80", "web1/nginx-81");
    }

    @Test
    void templatesOfAnExistingCheckCountAsWhatTheyStandFor() {
        rig.check("web1", "front", "probe: {http: {url: \"http://{{address}}/\"}}\nevery: 10s\n");

        found(agent, nginx());

        assertThat(offered()).isEmpty();
    }

    @Test
    void aProposalThatWasLeftComesBackOnlyWithOtherEvidence() {
        found(agent, nginx());
        rig.proposals.leave(List.of("web1/nginx-80"), rig.instance);
        assertThat(offered()).isEmpty();

        found(agent, nginx(), http("x", "x", "http://127.0.0.1:82/"));
        assertThat(offered()).containsExactly("web1/x");
        rig.close();
        rig = new Rig(folder, clock);
        assertThat(offered()).containsExactly("web1/x");

        var moved = nginx();
        found(
                rig.now(agent),
                new Proposed(
                        moved.id(),
                        moved.name(),
                        moved.title(),
                        moved.why(),
                        "nginx listens on 10.0.0.1:80",
                        null,
                        moved.probe(),
                        moved.parameters(),
                        moved.everyMillis(),
                        null,
                        null));
        assertThat(offered()).containsExactly("web1/nginx-80");
    }

    @Test
    void aFolderThatOwnsTheSystemIsNamedWithWhatToWriteThere() {
        Path root = folder.resolve("systems");
        var files = SystemFiles.of(Map.of("system.yaml", "title: Shop\n")).orRefuse();
        rig.systems.applyFolder(
                root,
                new Scan(
                        new TreeMap<>(Map.of(new SystemName("shop"), files)),
                        new TreeSet<>(),
                        List.of(),
                        true));
        var other = rig.agent("web2", "shop");
        found(other, nginx());

        assertThatThrownBy(() -> rig.proposals.accept(List.of("shop/nginx-80"), rig.instance))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("owned-by-folder");
                            assertThat(e.text())
                                    .contains(root.resolve("shop/checks/nginx-80.yaml").toString())
                                    .contains("name: nginx-80");
                        });
    }

    @Test
    void aHostAsksForChecksOfItsOwnUnlessAllOthersAskForThemToo() {
        var second = rig.agent("web2", "web1");
        found(agent, nginx());

        assertThat(rig.proposals.open().getFirst().yaml()).endsWith("on: {host: web1}\n");

        found(second, nginx());
        assertThat(rig.proposals.open())
                .singleElement()
                .satisfies(
                        offer -> {
                            assertThat(offer.yaml()).doesNotContain("on:");
                            assertThat(offer.hosts()).hasSize(2);
                        });
    }

    @Test
    void anAcceptedCheckOfOneHostRunsThereOnly() {
        var second = rig.agent("web2", "web1");
        found(agent, nginx());

        rig.proposals.accept(List.of("web1/nginx-80"), rig.instance);

        assertThat(rig.assignments.of(rig.now(agent))).hasSize(1);
        assertThat(rig.assignments.of(rig.now(second))).isEmpty();
    }

    @Test
    void twoHostsThatMeanDifferentThingsByOneNameGetTwo() {
        var second = rig.agent("web2", "web1");
        found(agent, nginx());
        found(second, http("port:80", "nginx-80", "http://10.0.0.2/"));

        assertThat(offered()).hasSize(2).doesNotHaveDuplicates();
        rig.proposals.accept(offered(), rig.instance);
        assertThat(rig.systems.require(WEB1).definition().checks()).hasSize(2);
    }

    @Test
    void aNameThatACheckHasAlreadyIsNotTaken() {
        rig.check("web1", "nginx-80", "command: [check_dummy]\nevery: 10s\n");

        found(agent, nginx());

        assertThat(offered()).containsExactly("web1/nginx-80-web1");
    }

    @Test
    void onePoisonProposalSpoilsNoOther() {
        var poison = http("port:81", "../../etc", "http://127.0.0.1/");

        found(agent, poison, nginx());

        assertThat(offered()).containsExactly("web1/nginx-80");
        assertThat(rig.proposals.version(agent)).contains("v2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "../x", "-x", "", "sh -c", "a/b"})
    void aCommandBeginsWithThePlainNameOfAPlugin(String program) {
        found(agent, plugin(program, "-c", "id"));

        assertThat(offered()).isEmpty();
    }

    @Test
    void aPluginByNameIsOffered() {
        found(agent, plugin("check_smtp", "-H", "127.0.0.1"));

        assertThat(rig.proposals.open().getFirst().yaml())
                .contains("command: [check_smtp, \"-H\", \"127.0.0.1\"]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nname: evil",
                "a\rname: evil",
                "a\u0085name: evil",
                "a\u2028name: evil",
                "a\u2029name: evil",
                "\"\n- x",
                "# x",
                "]}\u0000"
            })
    void noTextOfAHostEndsALineOfTheFile(String evil) {
        found(
                agent,
                new Proposed(
                        "id",
                        "n",
                        evil,
                        evil,
                        evil,
                        null,
                        "http",
                        Map.of("url", evil),
                        30_000,
                        "ok",
                        evil));

        for (var offer : rig.proposals.open()) {
            assertThat(offer.yaml().lines().filter(l -> l.startsWith("name:")))
                    .containsExactly("name: n");
            rig.proposals.accept(List.of(offer.id()), rig.instance);
            assertThat(rig.systems.require(WEB1).definition().checks())
                    .extracting(c -> c.name().value())
                    .containsExactly("n");
        }
    }

    @Test
    void anUnknownProbeOrParameterOrTemplateIsNotOffered() {
        var unknown =
                new Proposed(
                        "a",
                        "a",
                        "t",
                        "w",
                        "e",
                        null,
                        "shell",
                        Map.of("x", "y"),
                        30_000,
                        null,
                        null);
        var template = http("b", "b", "http://{{secret}}/");
        var both =
                new Proposed(
                        "c",
                        "c",
                        "t",
                        "w",
                        "e",
                        List.of("x"),
                        "load",
                        Map.of(),
                        30_000,
                        null,
                        null);
        var fast = new Proposed("d", "d", "t", "w", "e", null, "load", Map.of(), 1, null, null);

        found(agent, unknown, template, both, fast);

        assertThat(offered()).isEmpty();
    }

    @Test
    void tooManyAndTooLargeAreNotTaken() {
        var many = new ArrayList<Proposed>();
        for (int i = 0; i < 150; i++) {
            many.add(http("id" + i, "n" + i, "http://127.0.0.1:" + (1000 + i) + "/"));
        }
        many.addFirst(http("large", "large", "http://127.0.0.1/" + "x".repeat(9000)));

        rig.proposals.found(agent, new Found("many", many));

        assertThat(offered()).hasSize(Found.MAX_PROPOSALS).doesNotContain("web1/large");
    }

    @Test
    void aProposalWithHolesIsNotTaken() {
        var frame =
                "{\"t\":\"found\",\"version\":\"v\",\"proposals\":[{\"probe\":\"load\",\"everyMillis\":30000},%s]}"
                        .formatted(Json.text(nginx()));

        rig.proposals.found(
                agent, (Found) AgentMessage.read(frame.getBytes(StandardCharsets.UTF_8)));

        assertThat(offered()).containsExactly("web1/nginx-80");
    }

    @Test
    void aRevokedAgentProposesNothing() {
        found(agent, nginx());

        rig.agents.revoke(agent.name(), "", rig.instance);

        assertThat(offered()).isEmpty();
    }

    @Test
    void whatIsNoProposalIsRefusedByItsName() {
        assertThatThrownBy(() -> rig.proposals.accept(List.of("web1/none"), rig.instance))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.text()).contains("web1/none"));
        assertThatThrownBy(() -> rig.proposals.accept(List.of(), rig.instance))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> rig.proposals.leave(Collections.nCopies(300, "x"), rig.instance))
                .isInstanceOf(Refusal.class);
    }
}
