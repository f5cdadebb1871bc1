package aramaki.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.timeline.EventType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The table of event types in docs/architecture.md, which says which type belongs to which class.
class DocumentedEventsTest {
    private static final Path ARCHITECTURE = Path.of("..", "docs", "architecture.md");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyTypeIsInTheTableWithItsClassItsMeaningAndItsFields(EventType type)
            throws IOException {
        var rows =
                Files.readAllLines(ARCHITECTURE).stream()
                        .filter(line -> line.startsWith("| `" + type.word() + "` |"))
                        .map(line -> List.of(line.split("\\|")))
                        .toList();

        assertThat(rows).as(type.word()).hasSize(1);
        var cells = rows.getFirst().stream().map(String::strip).toList();
        assertThat(cells.get(2)).isEqualTo(type.eventClass().word());
        assertThat(cells.get(4)).isEqualTo(type.meaning());
        assertThat(cells.get(5)).isEqualTo(fields(Payload.classOf(type)));
    }

    private static String fields(Class<? extends Payload> payload) {
        return Arrays.stream(payload.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
    }
}
