package aramaki.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aramaki.cli.shell.Shell;
import aramaki.console.CommandDoc;
import aramaki.console.Completion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What real shells complete; the program itself is a script that knows two systems and writes down
/// how it was called.
class CompletionTest {
    @TempDir Path folder;

    @BeforeEach
    void install() throws IOException {
        Path program = folder.resolve("aramaki");
        Files.writeString(
                program,
                """
                #!/bin/sh
                echo "$*" >> "${0%/*}/called"
                case "$*" in *"__complete system") printf 'shop\\nstorage\\n' ;; esac
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var shell : Completion.Shell.values()) {
            Files.writeString(folder.resolve("complete." + shell), script(shell));
        }
    }

    private static String script(Completion.Shell shell) {
        return new Completion(CommandDoc.of(Main.everything(Shell.ofProcess())), true)
                .script(shell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aramaki al|alert",
                "'aramaki alert '|list show ack unack resolve assign comment undo",
                "aramaki alert list --st|--state",
                "'aramaki alert list --state '|open firing acknowledged resolved all",
                "aramaki alert list --state f|firing",
                "aramaki alert list --state = r|resolved",
                "aramaki alert list --system s|shop storage",
                "aramaki --quiet system show sh|shop",
                "aramaki system create s|''",
                "aramaki watch shop st|storage",
                "aramaki help timel|timeline",
                "'aramaki completion '|bash zsh fish",
                "aramaki __|''",
                "aramaki nonsense --j|--json",
            })
    void bashCompletes(String typed, String offered) throws Exception {
        assertThat(bash(typed)).isEqualTo(offered);
    }

    @Test
    void theServerOnTheCommandLineIsTheOneThatIsAsked() throws Exception {
        assertThat(bash("aramaki system show --server http://x:1 s")).isEqualTo("shop storage");
        assertThat(called()).containsExactly("--server=http://x:1 __complete system");
    }

    @Test
    void wordsAreCompletedWithoutStartingTheProgram() throws Exception {
        bash("aramaki alert list --sta");

        assertThat(folder.resolve("called")).doesNotExist();
    }

    @Test
    void filesAreCompletedWhereAFileIsWanted() throws Exception {
        assertThat(bash("aramaki login --token-file " + folder + "/call")).isEmpty();
        assertThat(bash("aramaki login --token-file " + folder + "/aram"))
                .isEqualTo(folder + "/aramaki");
    }

    @Test
    void aSecondLookWithinSecondsAsksNobody() throws Exception {
        run(
                "bash",
                "--norc",
                "-c",
                BASH + "; offer aramaki system show s; offer aramaki system show st");

        assertThat(called()).hasSize(1);
    }

    @Test
    void zshReadsTheSameScript() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/zsh")), "zsh is installed");
        String offered =
                run(
                        "zsh",
                        "-f",
                        "-c",
                        "autoload -Uz compinit; compinit -D; source "
                                + folder
                                + "/complete.zsh; words=(aramaki alert list --state ''); CURRENT=5;"
                                + " COMP_WORDS=($words ''); COMP_CWORD=4; emulate ksh;"
                                + " COMP_WORDS=(aramaki alert list --state ''); _aramaki;"
                                + " echo ${COMPREPLY[@]}");

        assertThat(offered.strip()).isEqualTo("open firing acknowledged resolved all");
    }

    @Test
    void fishShowsWhatEachWordMeans() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/fish")), "fish is installed");

        assertThat(fish("aramaki al")).contains("alert\t");
        assertThat(fish("aramaki alert list --state ").lines().map(l -> l.split("\t")[0]))
                .containsExactlyInAnyOrder("open", "firing", "acknowledged", "resolved", "all");
        assertThat(fish("aramaki system show ").lines()).contains("shop", "storage");
        assertThat(fish("aramaki alert ").lines().map(l -> l.split("\t")[0]))
                .containsExactlyInAnyOrder(
                        "list", "show", "ack", "unack", "resolve", "assign", "comment", "undo");
    }

    private static final String BASH =
            """
            source complete.bash
            offer() {
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                _aramaki
                echo "${COMPREPLY[*]}"
            }""";

    private String bash(String typed) throws IOException, InterruptedException {
        String last = typed.endsWith(" ") ? " ''" : "";
        return run("bash", "--norc", "-c", BASH + "; offer " + typed + last).strip();
    }

    private String fish(String typed) throws IOException, InterruptedException {
        return run(
                "fish", "--no-config", "-c", "source complete.fish; complete -C '" + typed + "'");
    }

    private List<String> called() throws IOException {
        return Files.readAllLines(folder.resolve("called"));
    }

    private String run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
        builder.environment().put("HOME", folder.toString());
        var process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
