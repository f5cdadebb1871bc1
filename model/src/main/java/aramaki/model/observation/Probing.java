package aramaki.model.observation;

import java.util.List;
import java.util.Map;

/// How a check looks: by a plugin program, or by a probe built into the agent.
public sealed interface Probing {
    /// A plugin with its arguments, never given to a shell. The first word is a name in the plugin
    /// folders of the host's policy, or an absolute path where that policy allows it.
    record Command(List<String> argv) implements Probing {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /// A built-in probe (`http`, `tcp`, `disk`, ...) with its parameters as text.
    record Probe(String kind, Map<String, String> parameters) implements Probing {
        public Probe {
            parameters = Map.copyOf(parameters);
        }
    }
}
