package aramaki.agent;

import aramaki.agent.log.Log;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A log that a test can read.
public final class CollectedLog implements Log {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void say(Level level, String message, @Nullable Object... facts) {
        lines.add(level + " " + message + " " + Arrays.toString(facts));
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
