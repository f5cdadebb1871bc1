package aramaki.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "probes.md");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    static String table(ProbeKind kind) {
        var lines = new ArrayList<String>();
        lines.add("| parameter | meaning | default |");
        lines.add("|---|---|---|");
        for (var parameter : kind.parameters()) {
            String fallback =
                    switch (parameter.need()) {
                        case REQUIRED -> "needed";
                        case ONE_OF -> "exactly one of these";
                        case OPTIONAL ->
                                parameter.fallback().isEmpty()
                                        ? "none"
                                        : "`" + parameter.fallback() + "`";
                    };
            lines.add(
                    "| `"
                            + parameter.name()
                            + "` | "
                            + parameter.meaning()
                            + " | "
                            + fallback
                            + " |");
        }
        return String.join("\n", lines);
    }

    @ParameterizedTest
    @EnumSource
    void theTableOfAProbeIsWhatServersCheckBy(ProbeKind kind) throws IOException {
        String heading = "## " + kind.word() + "\n\nThe probe " + kind.sentence() + ".\n\n";

        assertThat(page()).contains(heading + table(kind) + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void eachProbeHasAnExampleAndItsStates(ProbeKind kind) throws IOException {
        String section = page().split("## " + kind.word() + "\n", 2)[1].split("\n## ", 2)[0];

        assertThat(section).contains("```yaml\nprobe: {" + kind.word() + ": ");
        assertThat(section).containsIgnoringCase("critical");
    }

    @Test
    void noProbeIsDescribedThatIsNone() throws IOException {
        List<String> headings =
                page().lines()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3))
                        .filter(word -> word.matches("[a-z-]+"))
                        .toList();

        assertThat(headings)
                .containsExactlyElementsOf(
                        Arrays.stream(ProbeKind.values())
                                .map(ProbeKind::word)
                                .collect(Collectors.toList()));
    }
}
