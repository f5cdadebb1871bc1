package aramaki.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.ProbeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReportTest {
    private static final Rights NOBODY = new Rights.Lowered("nobody", 65534, 65534);

    @TempDir Path temporary;
    private Path plugins;

    @BeforeEach
    void makePlugins() throws IOException {
        plugins = Files.createDirectory(temporary.resolve("plugins"));
        for (String name : List.of("check_b", "check_a", "negate", "check_mine")) {
            program(name);
        }
    }

    private void program(String name) throws IOException {
        Path file = Files.writeString(plugins.resolve(name), "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> report(String yaml) {
        return new PolicyReport(
                        HostPolicy.parse("policy.yaml", yaml), NOBODY, List.of("a wall is here"))
                .lines();
    }

    @Test
    void everythingThePolicySaysIsSaidInWords() throws IOException {
        Files.writeString(plugins.resolve("notes.txt"), "text");
        Files.createDirectory(plugins.resolve("more"));

        assertThat(
                        report(
                                """
                                pluginFolders: [%s, /no/such/folder]
                                probes: [http, disk]
                                deny: [check_mine]
                                actions: level 1
                                """
                                        .formatted(plugins)))
                .containsExactly(
                        "plugins    run by their name, from the folders below",
                        "folder     " + plugins + ": 2 plugins",
                        "           check_a check_b",
                        "           denied there: check_mine, negate",
                        "           not run: "
                                + plugins
                                + "/notes.txt is not executable: chmod a+x would make it so",
                        "folder     /no/such/folder is not there",
                        "denied     check_apt, check_by_ssh, check_generic, check_log, check_mine,"
                                + " check_multi, negate, urlize: in every folder, under any name",
                        "user       plugins run as nobody",
                        "           a wall is here",
                        "probes     http, disk; not "
                                + Stream.of(ProbeKind.values())
                                        .filter(kind -> kind != ProbeKind.HTTP)
                                        .filter(kind -> kind != ProbeKind.DISK)
                                        .map(ProbeKind::word)
                                        .collect(Collectors.joining(", ")),
                        "actions    up to level 1: normal ones too");
    }

    @Test
    void aPluginHiddenByAnEarlierFolderIsNamed() throws IOException {
        Path first = Files.createDirectory(temporary.resolve("first"));
        Files.copy(
                plugins.resolve("check_a"),
                first.resolve("check_a"),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(report("pluginFolders: [" + first + ", " + plugins + "]"))
                .contains(
                        "           not run: "
                                + first.resolve("check_a")
                                + " comes before "
                                + plugins.resolve("check_a"));
    }

    @Test
    void aLongListOfPluginsIsWrapped() throws IOException {
        for (int i = 0; i < 40; i++) {
            program("check_with_a_name_" + i);
        }

        assertThat(report("pluginFolders: [" + plugins + "]"))
                .anyMatch(line -> line.endsWith("43 plugins"))
                .filteredOn(line -> line.contains("check_with"))
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.length() <= 100);
    }

    @Test
    void withoutChecksNothingOfPluginsIsSaid() {
        assertThat(report("checks: none\nprobes: []"))
                .containsExactly(
                        "plugins    none run here (checks: none)",
                        "probes     none",
                        "actions    up to level 0: those that only read");
    }

    @Test
    void permittingAnythingIsSaidPlainly() {
        assertThat(report("checks: any\npluginFolders: []"))
                .startsWith(
                        "plugins    run by their name, from the folders below; so does any program"
                                + " by its absolute path");
    }

    @Test
    void whereLogsAreReadIsSaid() {
        assertThat(report("logFolders: [/var/log, /srv/log]"))
                .contains("logs       the probe log reads in /var/log, /srv/log");
        assertThat(report("logFolders: []"))
                .contains("logs       the probe log reads in no folder");
        assertThat(report("probes: [http]")).noneMatch(line -> line.startsWith("logs"));
    }
}
