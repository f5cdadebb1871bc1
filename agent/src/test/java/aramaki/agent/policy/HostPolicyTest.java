package aramaki.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPolicyTest {
    @TempDir Path temporary;
    private Path plugins;

    @BeforeEach
    void makePlugins() throws IOException {
        plugins = Files.createDirectory(temporary.resolve("plugins"));
        program(plugins.resolve("check_it"));
    }

    private static Path program(Path path) throws IOException {
        Files.writeString(path, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private HostPolicy policy(String more) {
        return HostPolicy.parse("policy.yaml", "pluginFolders: [" + plugins + "]\n" + more);
    }

    private static void refused(Runnable request, String message) {
        assertThatThrownBy(request::run).isInstanceOf(Refusal.class).hasMessage(message);
    }

    @Test
    void withoutAFileTheDefaultHolds() {
        HostPolicy policy = HostPolicy.load(temporary.resolve("policy.yaml"));

        assertThat(policy).isEqualTo(HostPolicy.DEFAULT);
        assertThat(policy.summary(new Rights.Lowered("nobody", 65534, 65534)))
                .isEqualTo(
                        "plugins from /usr/lib/nagios/plugins, all probes, as nobody; actions"
                                + " level 0");
    }

    @Test
    void everyKeyIsRead() {
        HostPolicy policy =
                HostPolicy.parse(
                        "policy.yaml",
                        """
                        # who may do what
                        checks: any
                        pluginFolders: [/usr/lib/nagios/plugins, /opt/plugins]
                        probes: [http, disk]
                        user: monitor
                        deny: [check_ssh]
                        actions: level 2
                        logFolders: [/srv/log]
                        """);

        assertThat(policy)
                .isEqualTo(
                        new HostPolicy(
                                HostPolicy.Checks.ANY,
                                List.of(
                                        Path.of("/usr/lib/nagios/plugins"),
                                        Path.of("/opt/plugins")),
                                Set.of(ProbeKind.HTTP, ProbeKind.DISK),
                                "monitor",
                                Set.of("check_ssh"),
                                2,
                                List.of(Path.of("/srv/log"))));
        assertThat(policy.summary(new Rights.Own("ada")))
                .isEqualTo(
                        "any program, plugins from /usr/lib/nagios/plugins, /opt/plugins, probes"
                                + " http, disk, as ada, the agent's own user; actions level 2");
        assertThat(policy.permits(ProbeKind.TCP)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "check: any # 1: check: is no key of a policy; right would be: use checks,",
                "checks: all # 1: checks: \"all\" is no choice; right would be: none, folders or",
                "'checks: [any]' # 1: checks: is no single word",
                "checks: # 1: checks: is no single word",
                "'user: nobody\n\nuser: root' # 3",
                "'user: nobody\nprobes: [http, snmp]' # 2: probes: \"snmp\" is no probe",
                "probes: some # 1: probes: is no list; right would be: all, or a list of http,",
                "pluginFolders: [plugins] # 1: pluginFolders: \"plugins\" is no absolute path",
                "pluginFolders: /usr/lib # 1: pluginFolders: is no list",
                "user: '-x y' # 1: user: \"-x y\" is no user name",
                "deny: [/bin/sh] # 1: deny: \"/bin/sh\" is no plugin's name",
                "'deny:\n- [x]' # 2: deny: is no single word",
                "actions: level 4 # 1: actions: \"level 4\" is no level; right would be: level 0",
                "actions: 1 # 1: actions: \"1\" is no level",
                "[none] # 1: the document: is no mapping",
                "'checks: any\n---\nchecks: none' # the document: is followed by another",
                "'checks: any\n\tuser: x' # 2: not YAML: ",
                "'checks: {any' # 1: checks: is no single word"
            })
    void aWrongFieldIsRefusedWithItsLine(String yaml, String message) {
        assertThatThrownBy(() -> HostPolicy.parse("/etc/policy.yaml", yaml))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("/etc/policy.yaml:")
                .hasMessageContaining(message);
    }

    @Test
    void anEmptyFileIsTheDefault() {
        assertThat(HostPolicy.parse("policy.yaml", "# nothing yet\n"))
                .isEqualTo(HostPolicy.DEFAULT);
    }

    @Test
    void asRootAFileOthersCanWriteIsRefused() throws IOException {
        assumeThat(Rights.agentUid()).isZero();
        Path file = Files.writeString(temporary.resolve("policy.yaml"), "checks: any\n");
        assertThat(HostPolicy.load(file).checks()).isEqualTo(HostPolicy.Checks.ANY);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        refused(
                () -> HostPolicy.load(file),
                "the host's policy is not used, as "
                        + file
                        + " is writable by others and the agent is root: chmod go-w "
                        + file);
    }

    @Test
    void asRootAFolderOthersCanWriteIsRefused() throws IOException {
        assumeThat(Rights.agentUid()).isZero();
        Path folder = Files.createDirectory(temporary.resolve("etc"));
        Path file = Files.writeString(folder.resolve("policy.yaml"), "checks: any\n");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(temporary.resolve("policy.yaml"), file);

        for (Path way : List.of(file, link)) {
            assertThatThrownBy(() -> HostPolicy.load(way))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(folder + " is writable by others");
        }
    }

    @Test
    void asRootAFileOfAnotherUserIsRefused() throws IOException {
        assumeThat(Rights.agentUid()).isZero();
        Path file = Files.writeString(temporary.resolve("policy.yaml"), "checks: any\n");
        Files.setAttribute(file, "unix:uid", 65534);

        assertThatThrownBy(() -> HostPolicy.load(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file + " belongs to user 65534");
    }

    @Test
    void aPlainNameIsFoundInTheFolders() {
        assertThat(policy("").plugin("check_it")).isEqualTo(plugins.resolve("check_it"));
    }

    @Test
    void aMissingPluginIsRefusedWithTheFoldersSearched() {
        refused(
                () -> policy("").plugin("check_nothing"),
                "there is no plugin check_nothing in " + plugins);
    }

    @Test
    void aPluginThatIsNotExecutableIsRefused() throws IOException {
        Path file = Files.writeString(plugins.resolve("check_text"), "text");

        refused(
                () -> policy("").plugin("check_text"),
                file + " is not executable: chmod a+x would make it so");
        assertThatThrownBy(() -> policy("").plugin(".")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> policy("").plugin("..")).isInstanceOf(Refusal.class);
    }

    @Test
    void aSymlinkOutOfThePluginFolderIsRefused() throws IOException {
        Files.createSymbolicLink(plugins.resolve("check_sh"), Path.of("/bin/sh"));
        Files.createSymbolicLink(plugins.resolve("check_gone"), Path.of("/no/such/thing"));

        assertThatThrownBy(() -> policy("").plugin("check_sh"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        plugins.resolve("check_sh") + " leads out of the plugin folder, to ");
        assertThatThrownBy(() -> policy("").plugin("check_gone")).isInstanceOf(Refusal.class);
    }

    @Test
    void aSymlinkInsideThePluginFolderKeepsItsName() throws IOException {
        Files.createSymbolicLink(plugins.resolve("check_ftp"), Path.of("check_it"));

        assertThat(policy("").plugin("check_ftp")).isEqualTo(plugins.resolve("check_ftp"));
    }

    @Test
    void aDeniedPluginIsRefusedByAnyName() throws IOException {
        program(plugins.resolve("negate"));
        Files.createSymbolicLink(plugins.resolve("check_not"), Path.of("negate"));

        for (String more : List.of("", "checks: any", "deny: []", "deny: [other]")) {
            for (String name : List.of("negate", "check_not")) {
                assertThatThrownBy(() -> policy(more).plugin(name))
                        .isInstanceOf(Refusal.class)
                        .hasMessageStartingWith("negate never runs here");
            }
        }
        assertThatThrownBy(() -> policy("deny: [check_it]").plugin("check_it"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void absolutePathsNeedAPolicyThatPermitsAnything() {
        assertThat(policy("checks: any").plugin("/bin/sh")).isEqualTo(Path.of("/bin/sh"));
        assertThatThrownBy(() -> policy("").plugin("/bin/sh"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("(checks: folders)");
        for (String word : List.of("../check_it", "./check_it", "/no/such", "")) {
            assertThatThrownBy(() -> policy("checks: any").plugin(word))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void aPolicyWithoutChecksRunsNone() {
        refused(
                () -> policy("checks: none").plugin("check_it"),
                "this host's policy runs no plugins (checks: none)");
        assertThat(policy("checks: none\nprobes: []").summary())
                .isEqualTo("no plugins, no probes; actions level 0");
    }

    @Test
    void logsAreReadInTheirFoldersOnly() throws IOException {
        Path logs = Files.createDirectory(plugins.resolve("logs"));
        Path log = Files.writeString(logs.resolve("a.log"), "x");
        Path secret = Files.writeString(plugins.resolve("secret"), "x");
        Path link = Files.createSymbolicLink(logs.resolve("link.log"), secret);
        var policy = HostPolicy.parse("policy.yaml", "logFolders: [" + logs + "]");

        assertThat(policy.log(log)).isEqualTo(log);
        assertThat(policy.log(logs.resolve("later.log"))).isEqualTo(logs.resolve("later.log"));
        for (Path other : List.of(secret, link, Path.of("/var/log/x"), logs.resolve("../secret"))) {
            assertThatThrownBy(() -> policy.log(other))
                    .hasMessageStartingWith(
                            "this host's policy lets the probe log read in " + logs + " only");
        }
    }

    @Test
    void whereAnyProgramRunsWithTheAgentsOwnRightsAnyLogIsRead() {
        var policy = HostPolicy.parse("policy.yaml", "checks: any");
        Path log = Path.of("/home/ada/a.log");

        assertThat(new LogLookup(policy, false).find(log)).isEqualTo(log);
        assertThatThrownBy(() -> new LogLookup(policy, true).find(log))
                .hasMessageContaining("/var/log only");
    }
}
