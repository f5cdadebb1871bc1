package aramaki.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aramaki.cli.Cli;
import aramaki.cli.shell.Shell;
import aramaki.console.CommandDoc;
import aramaki.console.MarkdownReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written about the commands says what the commands are.
class ManualTest {
    private static final Path REFERENCE = Path.of("..", "docs", "cli.md");
    private static final String PREFACE =
            """
            This reference is made from the commands by a test; run it with
            `-Daramaki.golden=write` after a change. `aramaki help`, `aramaki help NOUN` and
            `man aramaki-NOUN` say the same. The other program: [aramaki-agent](cli-agent.md).

            On a terminal data is a table with signs and ages; in a pipe it is lines with tabs and
            RFC 3339 instants, and `--json` is one document. Talk goes to stderr.""";

    @TempDir Path folder;

    private static CommandDoc program() {
        return CommandDoc.of(Main.everything(Shell.ofProcess()));
    }

    @Test
    void theReferenceIsWhatTheCommandsSay() throws IOException {
        String today = MarkdownReference.of(program(), Cli.topics(), PREFACE) + "\n";

        if ("write".equals(System.getProperty("aramaki.golden"))) {
            Files.writeString(REFERENCE, today);
        }
        assertThat(Files.readString(REFERENCE))
                .as("docs/cli.md; -Daramaki.golden=write writes it anew")
                .isEqualTo(today);
    }

    @Test
    void everyCommandIsExplainedAndHasAnExample() {
        var commands = program().all().skip(1).toList();

        assertThat(commands.size()).isGreaterThan(30);
        for (var command : commands) {
            assertThat(command.summary()).as(command.name()).matches(".*[.?]");
            assertThat(command.examples()).as(command.name()).isNotEmpty();
            for (var option : command.options()) {
                assertThat(option.meaning()).as(command.name() + option.names()).isNotBlank();
            }
        }
    }

    @Test
    void helpNamesEveryFirstWordOnce() {
        String help = Main.everything(Shell.ofProcess()).getUsageMessage();

        for (var command : program().commands()) {
            assertThat(help.lines().filter(l -> l.startsWith("  " + command.word() + " ")))
                    .as(command.word())
                    .hasSize(1);
        }
        assertThat(help).doesNotContain("__");
    }

    @Test
    void manualPagesAreRightInTheEyesOfMandoc() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/mandoc")), "mandoc is installed");
        assertThat(write()).isZero();

        try (var pages = Files.list(folder.resolve("man/man1"))) {
            var all = pages.map(Path::toString).sorted().toList();
            assertThat(all)
                    .anyMatch(p -> p.endsWith("/aramaki.1"))
                    .anyMatch(p -> p.endsWith("/aramaki-alert.1"))
                    .anyMatch(p -> p.endsWith("/aramaki-agents.1"))
                    .noneMatch(p -> p.endsWith("/aramaki-agent.1"));
            for (String page : all) {
                // Without a date a page is the same in every build.
                assertThat(run("mandoc", "-Tlint", "-W", "warning", page).lines())
                        .as(page)
                        .allMatch(l -> l.contains("missing date"));
            }
        }
    }

    @Test
    void aManualPageHasWhatItsReadersLookFor() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/mandoc")), "mandoc is installed");
        write();
        String page = folder.resolve("man/man1/aramaki-alert.1").toString();

        assertThat(run("mandoc", "-Tutf8", "-O", "width=100", page).replaceAll(".\b", ""))
                .contains(
                        "NAME",
                        "SYNOPSIS",
                        "aramaki alert list [--state=STATE]",
                        "EXIT STATUS",
                        "ENVIRONMENT",
                        "ARAMAKI_SERVER",
                        "FILES",
                        "EXAMPLES",
                        "aramaki alert list --json=key,severity,since",
                        "aramaki-watch(1)");
    }

    private int write() {
        return Main.everything(Shell.ofProcess()).execute("__manual", folder.toString());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
