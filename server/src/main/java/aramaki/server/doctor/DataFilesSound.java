package aramaki.server.doctor;

import aramaki.server.identity.DataFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Whether the files that say who this instance is are what they were.
public record DataFilesSound(Path data) implements Examination {
    @Override
    public String name() {
        return "identity-files";
    }

    @Override
    public String about() {
        return "genesis.json, the key log, the keys and layout are what they were, and fit together.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return new DataFiles(data)
                .problems().stream()
                        .map(
                                wrong ->
                                        Complaint.broken(
                                                "In " + data + ", " + wrong.what() + ".",
                                                "A server does not start like this, or is another"
                                                        + " instance to its agents.",
                                                wrong.cure()))
                        .toList();
    }
}
