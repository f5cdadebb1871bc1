package aramaki.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// Something that the live view has to know: a key, or what the server said or failed to say.
sealed interface News {
    record Key(Keys.Press press) implements News {}

    record Loaded(Board board) implements News {}

    record Happened(List<JsonNode> events) implements News {}

    /// The stream is open and the server was heard.
    record Heard() implements News {}

    record StreamLost(String why) implements News {}

    record LoadFailed(String why) implements News {}

    /// More about the one thing that is open.
    record More(String id, Details details) implements News {}

    record Resized() implements News {}

    /// The process shall sleep, as Ctrl-Z asks for.
    record Suspended() implements News {}

    /// Ctrl-C.
    record Interrupted() implements News {}

    /// It is over: the terminal is gone, or the server does not know us any more.
    record Over(Optional<RuntimeException> because) implements News {}
}
