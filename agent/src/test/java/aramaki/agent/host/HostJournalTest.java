package aramaki.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.HostEvent.PackageChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to a host, kept until the server has it.
class HostJournalTest {
    @TempDir Path folder;
    private final CollectedLog log = new CollectedLog();
    private Instant now = Given.NOON;

    @BeforeEach
    void host() throws IOException {
        boot("b-1", Duration.ofHours(3));
    }

    @Test
    void theFirstStartIsOneAndNoReboot() {
        var journal = started(Optional.empty());

        assertThat(journal.pending()).hasSize(1);
        assertThat(journal.pending().getFirst())
                .isInstanceOfSatisfying(
                        HostEvent.Started.class,
                        e -> {
                            assertThat(e.after()).isEqualTo("first");
                            assertThat(e.version()).isEqualTo("1.0");
                            assertThat(e.at()).isEqualTo(now);
                            assertThat(e.lastAlive()).isNull();
                        });
    }

    @Test
    void aStartAfterAStopIsToldFromOneAfterACrash() {
        started(Optional.empty()).stopped("stop", now);
        var clean = started(Optional.of(now));
        assertThat(starts(clean)).containsExactly("first", "stop");

        var crashed = started(Optional.of(now.plusSeconds(30)));
        assertThat(starts(crashed)).containsExactly("first", "stop", "crash");
        assertThat(((HostEvent.Started) crashed.pending().getLast()).lastAlive())
                .isEqualTo(now.plusSeconds(30));
    }

    @Test
    void aRebootIsToldWithTheUptimeBefore() throws IOException {
        started(Optional.empty()).stopped("reboot", now);
        now = now.plusSeconds(120);
        boot("b-2", Duration.ofSeconds(40));

        var journal = started(Optional.of(now.minusSeconds(121)));

        var reboot = (HostEvent.Rebooted) journal.pending().get(1);
        assertThat(reboot.announced()).isTrue();
        assertThat(reboot.at()).isEqualTo(now.minusSeconds(40));
        assertThat(reboot.uptimeBeforeSeconds()).isEqualTo(3 * 3600);
        assertThat(starts(journal)).containsExactly("first", "reboot");
        assertThat(starts(started(Optional.of(now)))).endsWith("crash");
    }

    @Test
    void aPowerCutIsARebootNobodyAnnounced() throws IOException {
        started(Optional.empty());
        now = now.plusSeconds(7200);
        boot("b-2", Duration.ofSeconds(40));

        var journal = started(Optional.of(now.minusSeconds(3600)));

        var reboot = (HostEvent.Rebooted) journal.pending().get(1);
        assertThat(reboot.announced()).isFalse();
        assertThat(reboot.uptimeBeforeSeconds()).isEqualTo(4 * 3600);
    }

    @Test
    void aHostThatTellsNothingOfItsBootNeverReboots() throws IOException {
        Files.delete(file("proc/sys/kernel/random/boot_id"));
        Files.delete(file("proc/uptime"));
        started(Optional.empty());

        assertThat(starts(started(Optional.empty()))).containsExactly("first", "crash");
    }

    @Test
    void changedPackagesAreComparedOnceTheyHaveSettled() throws IOException {
        packages("nginx 1.26-1", "vim 9.1", "libc6 2.41");
        var journal = started(Optional.empty());
        journal.look(now);
        assertThat(journal.pending()).as("the first look has nothing to compare").hasSize(1);

        now = now.plusSeconds(1000);
        packages("nginx 1.26-2", "jq 1.7", "libc6 2.41");
        journal.look(now.plusSeconds(59));
        assertThat(journal.pending()).hasSize(1);
        journal.look(now.plusSeconds(61));
        journal.look(now.plusSeconds(62));

        assertThat(journal.pending()).hasSize(2);
        var change = (HostEvent.Packages) journal.pending().getLast();
        assertThat(change.upgraded())
                .containsExactly(new PackageChange("nginx", "1.26-1", "1.26-2"));
        assertThat(change.installed()).containsExactly(new PackageChange("jq", null, "1.7"));
        assertThat(change.removed()).containsExactly(new PackageChange("vim", "9.1", null));
        assertThat(change.at()).isEqualTo(now);
    }

    @Test
    void packagesThatChangedWhileTheAgentWasAwayAreToldToo() throws IOException {
        packages("nginx 1.26-1");
        started(Optional.empty()).look(now);
        packages("nginx 1.26-2");
        now = now.plusSeconds(600);

        var journal = started(Optional.empty());
        journal.look(now);

        assertThat(journal.pending().getLast()).isInstanceOf(HostEvent.Packages.class);
    }

    @Test
    void whoAskedForAChangeIsToldWhereAptSaysSo() throws IOException {
        packages("nginx 1.26-1");
        var journal = started(Optional.empty());
        journal.look(now);
        now = now.plusSeconds(1000);
        packages("nginx 1.26-2");
        write(
                "var/log/apt/history.log",
                """
                Start-Date: 2026-11-21  10:00:00
                Commandline: apt-get install vim
                End-Date: 2026-11-21  10:00:09

                Start-Date: 2026-11-22  12:00:00
                Commandline: apt-get upgrade
                Requested-By: ada (1000)
                Upgrade: nginx:amd64 (1.26-1, 1.26-2)
                End-Date: 2026-11-22  12:00:05
                """);
        Files.setLastModifiedTime(file("var/log/apt/history.log"), FileTime.from(now));

        journal.look(now.plusSeconds(61));

        var change = (HostEvent.Packages) journal.pending().getLast();
        assertThat(change.by()).isEqualTo("ada (1000)");
        assertThat(change.command()).isEqualTo("apt-get upgrade");
    }

    @Test
    void aGreatUpgradeIsCountedAndListedInPart() throws IOException {
        packages("a 1");
        var journal = started(Optional.empty());
        journal.look(now);
        var many = new String[3000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "p" + i + " 1";
        }
        now = now.plusSeconds(1000);
        packages(many);
        journal.look(now.plusSeconds(61));

        var change = (HostEvent.Packages) journal.pending().getLast();
        assertThat(change.installedCount()).isEqualTo(3000);
        assertThat(change.installed()).hasSize(HostEvent.Packages.MAX_LISTED);
        assertThat(change.removedCount()).isEqualTo(1);
    }

    @Test
    void whatWasNotedIsForgottenAndTheRestSurvivesAKill() {
        var journal = started(Optional.empty());
        var first = journal.pending().getFirst().id();
        var again = started(Optional.empty());
        assertThat(again.pending()).extracting(HostEvent::id).startsWith(first);

        again.noted(List.of(first, "h_unknown"));

        assertThat(again.pending()).hasSize(1);
        assertThat(started(Optional.empty()).pending())
                .hasSize(2)
                .noneMatch(e -> e.id().equals(first));
    }

    @Test
    void aServerThatIsAwayForLongCostsTheOldestEvents() {
        for (int i = 0; i < HostJournal.MOST + 20; i++) {
            started(Optional.empty());
        }
        var journal = started(Optional.empty());

        assertThat(journal.pending()).hasSize(HostJournal.MOST);
        assertThat(starts(journal)).doesNotContain("first");
        assertThat(log.lines()).anyMatch(line -> line.contains("dropped"));
    }

    @Test
    void aDamagedFileIsSaidAndBegunAnew() throws IOException {
        started(Optional.empty());
        Files.writeString(folder.resolve("host.json"), "{\"bootId\":");

        assertThat(starts(started(Optional.empty()))).containsExactly("first");
        assertThat(log.lines()).anyMatch(line -> line.contains("host.json"));
    }

    private HostJournal started(Optional<Instant> lastAlive) {
        var journal = new HostJournal(folder, new HostFiles(folder.resolve("root")), log);
        journal.started("1.0", lastAlive, now);
        return journal;
    }

    private static List<String> starts(HostJournal journal) {
        return journal.pending().stream()
                .filter(HostEvent.Started.class::isInstance)
                .map(e -> ((HostEvent.Started) e).after())
                .toList();
    }

    private void boot(String id, Duration uptime) throws IOException {
        write("proc/sys/kernel/random/boot_id", id + "\n");
        write("proc/uptime", uptime.toSeconds() + ".31 1234.5\n");
    }

    private void packages(String... all) throws IOException {
        var text = new StringBuilder();
        for (var one : all) {
            var words = one.split(" ");
            text.append("Package: ").append(words[0]).append("\nStatus: install ok installed\n");
            text.append("Architecture: amd64\nVersion: ").append(words[1]);
            text.append("\nDescription: it\n Package: hidden\n\n");
        }
        text.append("Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n");
        write("var/lib/dpkg/status", text.toString());
        Files.setLastModifiedTime(file("var/lib/dpkg/status"), FileTime.from(now));
    }

    private Path file(String path) {
        return folder.resolve("root").resolve(path);
    }

    private void write(String path, String text) throws IOException {
        Path file = file(path);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
