package aramaki.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.ProbeKind;
import aramaki.model.system.SystemName;
import aramaki.server.system.files.DefinitionReader;
import aramaki.server.system.files.FileProblem;
import aramaki.server.system.files.ReadingContext;
import aramaki.server.system.files.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProbeKindsTest {
    @Test
    void aProcessProbeNeedsANameOrAPattern() {
        assertThat(problems("process: {}")).singleElement().asString().contains("exactly one of");
        assertThat(problems("process: {name: a, pattern: b}")).hasSize(1);
        assertThat(problems("process: {name: nginx}")).isEmpty();
    }

    @Test
    void aMissingRequiredParameterIsSaidOnce() {
        assertThat(problems("tcp: {host: localhost}")).hasSize(1);
    }

    @Test
    void aWrongValueIsRefusedWithItsLineAndATemplatedOneIsLeftToTheAgent() {
        assertThat(problems("tcp: {host: db, port: 70000}"))
                .singleElement()
                .asString()
                .contains("checks/c.yaml:1: probe.tcp.port: \"70000\" is not right; write a whole");
        assertThat(problems("tcp: {host: db, port: \"{{address}}\"}")).isEmpty();
        assertThat(problems("disk: {path: /, warn: 80%}")).hasSize(1);
        assertThat(problems("icmp: {host: -f}")).hasSize(1);
        assertThat(problems("log: {path: /var/log/x, pattern: \"a(\"}"))
                .singleElement()
                .asString()
                .contains("is no pattern in RE2 syntax");
        assertThat(problems("log: {path: /var/log/x, pattern: \"(a{1000}){1000}\"}")).hasSize(1);
    }

    @Test
    void everyExampleInTheDescriptionOfTheProbesIsAccepted() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "how-to", "probes.md"));
        var examples = Pattern.compile("(?m)^probe: \\{(.*)\\}$").matcher(page);
        int found = 0;
        while (examples.find()) {
            assertThat(problems(examples.group(1))).as(examples.group(1)).isEmpty();
            found++;
        }
        assertThat(found).isGreaterThan(ProbeKind.values().length);
    }

    private static List<FileProblem> problems(String probe) {
        var files =
                SystemFiles.of(
                                Map.of(
                                        "system.yaml",
                                        "title: T\n",
                                        "checks/c.yaml",
                                        "probe: {" + probe + "}\nevery: 5s\n"))
                        .orRefuse();
        var context = new ReadingContext(new ProbeKinds(), Set.of());
        return DefinitionReader.read(new SystemName("s"), files, context).problems();
    }
}
