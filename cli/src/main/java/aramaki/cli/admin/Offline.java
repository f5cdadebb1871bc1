package aramaki.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Working on the data directory of a stopped server; who can, is told by the program around us.
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

    /// The key log: `genesis`, `entries`.
    JsonNode keyLog(Path data);

    /// Makes a new online key for a purpose: `seq`, `entry`, `signedBy`, `at`.
    JsonNode renewKey(Path data, String purpose);

    /// Takes new recovery keys, by the entry of the key log that names them; answers like
    // `renewKey`.
    JsonNode acceptRecovery(Path data, JsonNode entry);

    /// Gets the instance back by its recovery keys: `instance`, `keys`, `owner`, `link`...
    ///
    /// @param keys whether to replace the online keys
    /// @param signIn whether to make a link for the owner
    JsonNode recover(Path data, List<Path> recoveryKeys, boolean keys, boolean signIn);

    /// Takes a backup into a new folder: `folder`, `rows`, `events`, `content`...
    JsonNode backup(Path data, Path folder);

    /// The same without keys, unless asked for.
    JsonNode export(Path data, Path folder, boolean withKeys);

    /// Puts an export into a new data directory, as it was: `data`, `rows`, `keys`...
    ///
    /// @param settings the file that says which store the directory has; it is copied into it
    JsonNode importInto(Path folder, Path data, Optional<Path> settings);

    /// Moves the instance into a new data directory and whatever store that one has.
    JsonNode move(Path old, Path data, Optional<Path> settings);

    /// Brings the instance back from a backup; its logs go on in a new epoch.
    JsonNode restore(Path backup, Path data, Optional<Path> settings);
}
