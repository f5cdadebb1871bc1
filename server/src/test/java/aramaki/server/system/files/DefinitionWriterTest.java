package aramaki.server.system.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.system.Category;
import aramaki.model.system.SystemRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionWriterTest {
    private static final SystemRef NEW = SystemRef.parse("new@peer");

    @Test
    void aFirstDocumentIsShort() {
        var text =
                DefinitionWriter.create(
                        "Shop",
                        Category.named("project"),
                        "",
                        Labels.of(Map.of("customer", "muster")),
                        List.of(SystemRef.parse("a"), NEW));

        assertThat(text)
                .isEqualTo(
                        """
                        title: Shop
                        category: project
                        labels: {customer: muster}
                        subsystems: [a, "new@peer"]
                        """);
    }

    @ParameterizedTest
    @MethodSource
    void whatIsWrittenIsReadBack(String title) {
        var category = new Category("tier", "web tier: " + title.strip(), "yes");
        var labels = Labels.of(Map.of("no", "1", "a", "", "b", title.strip()));

        var read =
                Reads.system(
                                DefinitionWriter.create(
                                        title,
                                        category,
                                        "Two\nlines: # " + title,
                                        labels,
                                        List.of(SystemRef.parse("1"), SystemRef.parse("on"))))
                        .orRefuse();

        assertThat(read.title()).isEqualTo(title);
        assertThat(read.category()).isEqualTo(category);
        assertThat(read.description()).isEqualTo("Two\nlines: # " + title);
        assertThat(read.labels()).isEqualTo(labels);
        assertThat(read.subsystems()).extracting(SystemRef::toString).containsExactly("1", "on");
    }

    static Stream<String> whatIsWrittenIsReadBack() {
        return Stream.of(
                "Shop",
                "007",
                "no",
                "null",
                "~",
                "a: b # c",
                "\"quoted\" \\ back",
                "- dash",
                "{{x}}",
                "Käse \uD83E\uDDC0 \u2028 x",
                "2024-01-01",
                "*a &b !c %d @e");
    }

    @ParameterizedTest
    @MethodSource
    void aSubsystemIsAddedAndEverythingElseStays(String before, String after) {
        assertThat(DefinitionWriter.withSubsystem(before, NEW)).isEqualTo(after);
        assertThat(DefinitionWriter.withSubsystem(after, NEW)).isEqualTo(after);
    }

    static Stream<Arguments> aSubsystemIsAddedAndEverythingElseStays() {
        return Stream.of(
                edit("title: a", "title: a\nsubsystems: [\"new@peer\"]\n"),
                edit("# top\ntitle: a\n", "# top\ntitle: a\nsubsystems: [\"new@peer\"]\n"),
                edit(
                        "subsystems: [] # none\ntitle: \uD83E\uDDC0\n",
                        "subsystems: [\"new@peer\"] # none\ntitle: \uD83E\uDDC0\n"),
                edit(
                        "title: \uD83E\uDDC0\nsubsystems: [ a, b ] # two\nrules: x\n",
                        "title: \uD83E\uDDC0\nsubsystems: [ a, b, \"new@peer\" ] # two\nrules: x\n"),
                edit(
                        "subsystems: [\n  a, # first\n  b,\n]\n",
                        "subsystems: [\n  a, # first\n  b, \"new@peer\",\n]\n"),
                edit(
                        "subsystems:\n  - a # first\n  - b # second\n# below\ntitle: a\n",
                        "subsystems:\n  - a # first\n  - b # second\n  - \"new@peer\"\n# below\n"
                                + "title: a\n"),
                edit("subsystems:\n- a", "subsystems:\n- a\n- \"new@peer\"\n"),
                edit(
                        "subsystems:\r\n- a\r\ntitle: x\r\n",
                        "subsystems:\r\n- a\r\n- \"new@peer\"\ntitle: x\r\n"),
                edit(
                        "subsystems: # none yet\ntitle: a\n",
                        "subsystems: [\"new@peer\"] # none yet\ntitle: a\n"),
                edit("subsystems: ~\ntitle: a\n", "subsystems: [\"new@peer\"]\ntitle: a\n"));
    }

    @ParameterizedTest
    @MethodSource
    void aSubsystemIsRemovedAndEverythingElseStays(String before, String after) {
        assertThat(DefinitionWriter.withoutSubsystem(before, NEW)).isEqualTo(after);
        assertThat(DefinitionWriter.withoutSubsystem(after, NEW)).isEqualTo(after);
    }

    static Stream<Arguments> aSubsystemIsRemovedAndEverythingElseStays() {
        return Stream.of(
                edit("title: a\n", "title: a\n"),
                edit("subsystems: [new@peer] # x\n", "subsystems: [] # x\n"),
                edit("subsystems: [new@peer, b]\n", "subsystems: [b]\n"),
                edit("subsystems: [a, \"new@peer\"]\n", "subsystems: [a]\n"),
                edit("subsystems: [a, new@peer, b]\n", "subsystems: [a, b]\n"),
                edit(
                        "subsystems:\n  - a # first\n  - new@peer # second\n  - b\ntitle: a\n",
                        "subsystems:\n  - a # first\n  - b\ntitle: a\n"),
                edit(
                        "subsystems: # one\n  - new@peer\ntitle: a\n",
                        "subsystems: [] # one\ntitle: a\n"));
    }

    @ParameterizedTest
    @MethodSource
    void aFormWeCannotEditIsRefusedAndNotSpoilt(String text) {
        assertThatThrownBy(() -> DefinitionWriter.withSubsystem(text, NEW))
                .isInstanceOf(Refusal.class);
    }

    static Stream<String> aFormWeCannotEditIsRefusedAndNotSpoilt() {
        return Stream.of(
                "",
                "- a\n",
                "{title: a}\n",
                "title: a\n...\n",
                "subsystems: a\n",
                "subsystems: {a: b}\n",
                "title: [\n");
    }

    private static Arguments edit(String before, String after) {
        return Arguments.of(before, after);
    }
}
