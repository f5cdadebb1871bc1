package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What the program says about itself.
class HelpTest {
    @TempDir Path home;

    @Command(name = "up", description = "Run everything here.")
    static final class Up implements Runnable {
        @Option(names = "--port")
        int port;

        @Override
        public void run() {
            throw new IllegalStateException("port " + port);
        }
    }

    private Cli cli(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Cli(Keyboard.script(home).shell(out, err, false), Optional.empty());
    }

    private CommandLine commandLine() {
        return cli(new ByteArrayOutputStream(), new ByteArrayOutputStream()).commandLine();
    }

    private static Stream<CommandLine> all(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    @Test
    void everyCommandIsDescribedAndEveryVerbHasAnExampleThatParses() {
        assertThat(all(commandLine()))
                .hasSizeGreaterThan(30)
                .allSatisfy(
                        c -> {
                            var usage = c.getCommandSpec().usageMessage();
                            assertThat(usage.description()).isNotEmpty();
                            if (c.getSubcommands().isEmpty()) {
                                assertThat(usage.footer()).isNotEmpty();
                                Arrays.stream(usage.footer()).forEach(this::parses);
                            }
                        });
    }

    private void parses(String example) {
        String words =
                example.strip()
                        .replaceFirst("^source <\\((.*)\\)$", "$1")
                        .replaceAll(" +[<>#].*", "")
                        .replaceFirst("^aramaki ", "");
        commandLine().parseArgs(words(words));
    }

    /// As a shell takes them apart: what stands in quotes is one word.
    private static String[] words(String line) {
        return Pattern.compile("(?:[^ \"']|\"[^\"]*\"|'[^']*')+")
                .matcher(line)
                .results()
                .map(word -> word.group().replaceAll("[\"']", ""))
                .toArray(String[]::new);
    }

    @Test
    void everyCommandAnswersHelpAndAcceptsTheGlobalOptions() {
        assertThat(all(commandLine()))
                .allSatisfy(
                        c ->
                                assertThat(c.getCommandSpec().optionsMap())
                                        .containsKeys(
                                                "--help",
                                                "--server",
                                                "--token-file",
                                                "--json",
                                                "--no-input",
                                                "--quiet"));
        var ran = Keyboard.script(home).run("alert", "list", "--help");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("Usage: aramaki alert list").contains("Examples:");
    }

    @Test
    void theExitCodesAreListed() {
        var ran = Keyboard.script(home).run("help", "exit-codes");

        assertThat(ran.out().lines().map(l -> l.strip().split(" ")[0]))
                .containsExactly("0", "1", "2", "3", "4", "130");
    }

    @Test
    void topicsAndCommandsAreExplained() {
        for (String topic : List.of("json", "environment", "alert", "alert list", "")) {
            var words = ("help " + topic).strip().split(" ");
            assertThat(Keyboard.script(home).run(words).out()).isNotBlank();
        }
    }

    @Test
    void aProgramAroundUsAddsCommandsThatBehaveLikeOurs() {
        var err = new ByteArrayOutputStream();
        var line = cli(new ByteArrayOutputStream(), err).commandLine(new Up());

        int exit = line.execute("up", "--port", "7", "--quiet", "--server", "http://x");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8))
                .contains("IllegalStateException: port 7")
                .contains("aramaki.cli.HelpTest$Up.run")
                .hasLineCount(3);
    }
}
