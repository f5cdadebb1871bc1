package aramaki.server.projection;

import aramaki.server.store.Tx;
import java.util.function.Consumer;

/// Something that a table says otherwise than the logs.
///
/// @param what in one line
/// @param curable whether the log is enough to put it right
public record Difference(String what, boolean curable, Consumer<Tx> cure) {
    static Difference incurable(String what) {
        return new Difference(what, false, _ -> {});
    }
}
