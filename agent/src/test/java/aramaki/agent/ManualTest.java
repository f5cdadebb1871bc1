package aramaki.agent;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.console.CommandDoc;
import aramaki.console.MarkdownReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What is written about the agent's commands says what the commands are.
class ManualTest {
    private static final Path REFERENCE = Path.of("..", "docs", "cli-agent.md");
    private static final String PREFACE =
            """
            The program on a host. This reference is made from its commands by a test; run it with
            `-Daramaki.golden=write` after a change. `man aramaki-agent` says the same. The other
            program: [aramaki](cli.md).""";

    @TempDir Path folder;

    private static CommandLine program() {
        return AgentMain.commands(
                (_, _) -> {
                    throw new IllegalStateException("no check runs here");
                });
    }

    @Test
    void theReferenceIsWhatTheCommandsSay() throws IOException {
        String today =
                MarkdownReference.of(CommandDoc.of(program()), AgentTopics.ALL, PREFACE) + "\n";

        if ("write".equals(System.getProperty("aramaki.golden"))) {
            Files.writeString(REFERENCE, today);
        }
        assertThat(Files.readString(REFERENCE))
                .as("docs/cli-agent.md; -Daramaki.golden=write writes it anew")
                .isEqualTo(today);
    }

    @Test
    void everyCommandIsExplainedAndHasAnExample() {
        for (var command : CommandDoc.of(program()).all().skip(1).toList()) {
            assertThat(command.summary()).as(command.name()).isNotBlank();
            assertThat(command.examples()).as(command.name()).isNotEmpty();
        }
    }

    @Test
    void pagesAndCompletionsAreWritten() {
        assertThat(program().execute("__manual", folder.toString())).isZero();

        assertThat(folder.resolve("man/man1/aramaki-agent.1"))
                .content()
                .contains(".SH EXIT STATUS", "aramaki\\-agent join INVITE");
        assertThat(folder.resolve("bash-completion/completions/aramaki-agent"))
                .content()
                .contains("complete -F _aramaki_agent aramaki-agent")
                .doesNotContain("__complete system");
        assertThat(folder.resolve("fish/vendor_completions.d/aramaki-agent.fish")).isNotEmptyFile();
    }
}
