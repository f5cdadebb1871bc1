package aramaki.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/// Looking into the data directory of a stopped server; who can, is told by the program around us.
public interface Offline {
    /// The report that the running server would give: `ok`, `logs`, `events`, `problems`...
    JsonNode verify(Path data);

    /// What folding the logs anew came to: `ok`, `differences`, `left`...
    JsonNode rebuild(Path data, boolean fromStart);

    /// How the installation is, as far as that shows without a running server: `ok`, `sentence`,
    /// `examinations`.
    JsonNode doctor(Path data);

    /// The instance as the API describes it: `id`, `genesis`, `logKey`...
    JsonNode instance(Path data);
}
