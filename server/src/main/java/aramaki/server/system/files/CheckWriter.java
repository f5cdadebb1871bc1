package aramaki.server.system.files;

import aramaki.model.observation.Probing;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the file of one check as a person would, so that it can be read and edited later.
public final class CheckWriter {
    private CheckWriter() {}

    /// @param on labels an agent must carry; empty for every agent of the system
    /// @param why goes first, as a comment; one line
    public static String write(
            String name, Probing probing, Duration every, Map<String, String> on, String why) {
        var text = new StringBuilder();
        if (!why.isBlank()) {
            text.append("# ").append(DefinitionWriter.oneLine(why)).append('\n');
        }
        text.append("name: ").append(DefinitionWriter.word(name)).append('\n');
        switch (probing) {
            case Probing.Command(var argv) ->
                    text.append(
                            argv.stream()
                                    .map(CheckWriter::value)
                                    .collect(Collectors.joining(", ", "command: [", "]\n")));
            case Probing.Probe(var kind, var parameters) -> probe(text, kind, parameters);
        }
        text.append("every: ").append(Durations.text(every)).append('\n');
        if (!on.isEmpty()) {
            text.append(
                    new TreeMap<>(on)
                            .entrySet().stream()
                                    .map(
                                            e ->
                                                    DefinitionWriter.word(e.getKey())
                                                            + ": "
                                                            + DefinitionWriter.word(e.getValue()))
                                    .collect(Collectors.joining(", ", "on: {", "}\n")));
        }
        return text.toString();
    }

    private static void probe(StringBuilder text, String kind, Map<String, String> parameters) {
        text.append("probe:\n  ").append(DefinitionWriter.word(kind)).append(":");
        if (parameters.isEmpty()) {
            text.append(" {}\n");
            return;
        }
        text.append('\n');
        new TreeMap<>(parameters)
                .forEach(
                        (name, value) ->
                                text.append("    ")
                                        .append(DefinitionWriter.word(name))
                                        .append(": ")
                                        .append(value(value))
                                        .append('\n'));
    }

    private static String value(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? text : DefinitionWriter.word(text);
    }
}
