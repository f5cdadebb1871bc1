package aramaki.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path temporary;

    private int check(String... arguments) {
        var line =
                AgentMain.commands(
                        (_, _) -> {
                            throw new AssertionError("nothing is run");
                        });
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void aRightFileIsExplained() throws IOException {
        Path file = Files.writeString(temporary.resolve("policy.yaml"), "probes: [http]\n");

        assertThat(check("policy", "check", file.toString())).isZero();
        assertThat(out.toString())
                .startsWith("file       " + file + " is right\n")
                .contains("user       plugins run as ", "PID namespaces ", "probes     http; not");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aWrongFileIsRefusedWithItsPlace() throws IOException {
        Path file =
                Files.writeString(temporary.resolve("policy.yaml"), "user: nobody\ncheck: any\n");

        assertThat(check("policy", "check", file.toString())).isEqualTo(AgentMain.REFUSED);
        assertThat(err.toString()).startsWith(file + ":2: check: is no key of a policy");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsRefusedWhenItWasNamed() {
        assertThat(check("policy", "check", "/no/such/file")).isEqualTo(AgentMain.REFUSED);
        assertThat(err.toString()).isEqualTo("there is no file /no/such/file\n");
    }

    @Test
    void policyAloneIsWrongUsage() {
        assertThat(check("policy")).isEqualTo(AgentMain.USAGE);
        assertThat(err.toString()).contains("check");
    }
}
