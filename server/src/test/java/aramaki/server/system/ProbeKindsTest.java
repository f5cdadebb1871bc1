package aramaki.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.SystemName;
import aramaki.server.system.files.DefinitionReader;
import aramaki.server.system.files.FileProblem;
import aramaki.server.system.files.ReadingContext;
import aramaki.server.system.files.SystemFiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
