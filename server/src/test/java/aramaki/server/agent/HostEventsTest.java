package aramaki.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.HostEvent.PackageChange;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents tell of their hosts, in the logs of the systems they serve.
class HostEventsTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
        rig.system("shop", "disk");
        rig.system("office", "load");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void anEventStandsOnceInEachSystemHoweverOftenItIsSaid() {
        var web1 = rig.agent("web1", "shop", "office");
        var events = List.of(started("h_1"), started("h_1"), rebooted("h_2"));
        assertThat(rig.hostEvents.note(web1, events)).contains("h_1", "h_2");
        assertThat(rig.hostEvents.note(web1, events)).contains("h_1", "h_2");
        rig.close();
        rig = new Rig(folder, clock).ready();
        rig.hostEvents.note(rig.now(web1), events);
        for (var system : List.of("shop", "office")) {
            assertThat(rig.happened(system, Payload.AgentStarted.class))
                    .containsExactly(
                            new Payload.AgentStarted("web1", "0.1.0", "crash", TestClock.START));
            assertThat(rig.happened(system, Payload.HostRebooted.class))
                    .containsExactly(new Payload.HostRebooted("web1", false, 3600L));
        }
    }

    @Test
    void hostileTextIsBoundedAndOnOneLine() {
        var web1 = rig.agent("web1", "shop");
        var evil = "a\n\u0000\u001b[31m" + "x".repeat(5000);
        var many = Collections.nCopies(500, new PackageChange("p\n", null, evil));
        rig.hostEvents.note(
                web1,
                List.of(
                        new HostEvent.Packages(
                                "h_1",
                                TestClock.START,
                                many.subList(0, 8),
                                List.of(),
                                List.of(),
                                -1,
                                0,
                                0,
                                evil,
                                evil)));
        var noted = rig.happened(Payload.HostPackages.class).getFirst();
        assertThat(noted.command()).hasSizeLessThanOrEqualTo(300).doesNotContain("\n", "\u001b");
        assertThat(noted.installed()).hasSize(8);
        assertThat(noted.installed().getFirst().name()).isEqualTo("p");
        assertThat(noted.installedCount()).isZero();
    }

    @Test
    void whatMakesNoSenseIsAcknowledgedAndLeftOut() {
        var web1 = rig.agent("web1", "shop");
        var huge =
                new HostEvent.Packages(
                        "h_1",
                        TestClock.START,
                        Collections.nCopies(20, new PackageChange("y".repeat(9000), null, "1")),
                        List.of(),
                        List.of(),
                        20,
                        0,
                        0,
                        null,
                        null);
        var nameless = started("");
        assertThat(rig.hostEvents.note(web1, List.of(huge, nameless, started("h_2"))))
                .containsExactly("h_1", "", "h_2");
        assertThat(rig.happened(Payload.HostPackages.class)).isEmpty();
        assertThat(rig.happened(Payload.AgentStarted.class)).hasSize(1);
    }

    @Test
    void anEventOfTheFutureIsOneOfNow() {
        var web1 = rig.agent("web1", "shop");
        var later = TestClock.START.plus(Duration.ofDays(400));
        rig.hostEvents.note(web1, List.of(new HostEvent.Rebooted("h_1", later, true, null)));
        var event = rig.all().getLast();
        assertThat(event.header().at()).isEqualTo(clock.instant());
    }

    private static HostEvent started(String id) {
        return new HostEvent.Started(id, TestClock.START, "0.1.0", "crash", TestClock.START);
    }

    private static HostEvent rebooted(String id) {
        return new HostEvent.Rebooted(id, TestClock.START, false, 3600L);
    }
}
