package aramaki.server.system.files;

import aramaki.model.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/// What came of reading files: the value, or every problem that was found.
public sealed interface Reading<T> {
    record Good<T>(T value) implements Reading<T> {}

    record Bad<T>(List<FileProblem> problems) implements Reading<T> {
        public Bad {
            problems = List.copyOf(problems);
        }
    }

    /// Good when there are no problems.
    static <T> Reading<T> of(T value, List<FileProblem> problems) {
        return problems.isEmpty() ? new Good<>(value) : new Bad<>(problems);
    }

    default List<FileProblem> problems() {
        return switch (this) {
            case Good<T> _ -> List.of();
            case Bad<T>(var problems) -> problems;
        };
    }

    /// The value; a bad reading is refused with all problems, one a line.
    default T orRefuse() {
        return switch (this) {
            case Good<T>(var value) -> value;
            case Bad<T>(var problems) ->
                    throw Refusal.invalid(
                            "bad-files",
                            problems.stream()
                                    .map(FileProblem::toString)
                                    .collect(Collectors.joining("\n")));
        };
    }
}
