package aramaki.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeKindTest {
    @Test
    void aKindIsFoundByItsWord() {
        assertThat(ProbeKind.find("http")).contains(ProbeKind.HTTP);
        assertThat(ProbeKind.find("HTTP")).isEmpty();
    }

    @Test
    void theParametersItHasAreNoProblem() {
        assertThat(ProbeKind.TCP.problem(Set.of("host", "port", "crit"))).isEmpty();
    }

    @Test
    void anUnknownParameterIsNamedWithThoseThatExist() {
        assertThat(ProbeKind.TCP.problem(Set.of("host", "port", "colour")))
                .contains(
                        "colour: the probe tcp has no such parameter; it has host, port, warn,"
                                + " crit");
    }

    @Test
    void aMissingParameterIsNamedWithItsMeaning() {
        assertThat(ProbeKind.DISK.problem(Set.of()))
                .contains("path: the probe disk needs it: an absolute path");
    }

    @Test
    void aProcessIsNamedInOneWay() {
        var message = "name: the probe process needs exactly one of name, pattern";

        assertThat(ProbeKind.PROCESS.problem(Set.of("min"))).contains(message);
        assertThat(ProbeKind.PROCESS.problem(Set.of("name", "pattern"))).contains(message);
        assertThat(ProbeKind.PROCESS.problem(Set.of("pattern"))).isEmpty();
    }
}
