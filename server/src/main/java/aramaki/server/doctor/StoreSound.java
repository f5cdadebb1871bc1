package aramaki.server.doctor;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Whether the store's file is whole.
///
/// @param check what the store says is wrong with it
public record StoreSound(Supplier<List<String>> check) implements Examination {
    @Override
    public String name() {
        return "store";
    }

    @Override
    public String about() {
        return "The store's file is whole: its pages, indexes and rows fit together.";
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return check.get().stream()
                .map(
                        problem ->
                                Complaint.broken(
                                        "The store is damaged: " + problem,
                                        "What was observed may be lost or wrong.",
                                        "Stop the server, keep a copy of the data folder, and bring"
                                                + " back aramaki.db from a backup. Look at the disk:"
                                                + " dmesg | tail, smartctl -a /dev/DISK"))
                .toList();
    }
}
