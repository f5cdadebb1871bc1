package aramaki.server.doctor;

import aramaki.server.store.Damage;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Whether the store's file is whole.
///
/// @param check what the store says is wrong with it
public record StoreSound(Supplier<List<Damage>> check) implements Examination {
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
        return check.get().stream().map(StoreSound::complaint).toList();
    }

    private static Complaint complaint(Damage damage) {
        String what = "The store is damaged: " + damage.what();
        return switch (damage.hit()) {
            case PROJECTIONS ->
                    Complaint.broken(
                            what,
                            "What is shown may be wrong; the logs it is folded from are whole.",
                            "Stop the server, keep a copy of the data folder, then: aramaki admin"
                                    + " rebuild --data DIR");
            case OTHER ->
                    Complaint.broken(
                            what,
                            "What was observed may be lost or wrong.",
                            "Stop the server, keep a copy of the data folder, then save what can be"
                                    + " read: aramaki admin rebuild --data DIR; or restore a backup."
                                    + " Look at the disk: dmesg | tail, smartctl -a /dev/DISK");
            case LOGS ->
                    Complaint.broken(
                            what,
                            "The logs themselves are hit; nothing here can make them anew.",
                            "Stop the server, keep a copy of the data folder, and restore a backup:"
                                    + " aramaki admin restore. Look at the disk: dmesg | tail,"
                                    + " smartctl -a /dev/DISK");
        };
    }
}
