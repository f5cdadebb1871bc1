package aramaki.server.doctor;

import aramaki.model.Refusal;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;

/// Whether the store takes writes: by writing.
public record StoreWrites(Store store, Sign sign) implements Examination {
    /// Writes one row that says nothing but that it could be written.
    @FunctionalInterface
    public interface Sign {
        void write(Tx tx, Instant now);
    }

    @Override
    public String name() {
        return "store-writes";
    }

    @Override
    public String about() {
        return "The store takes writes: one is made and kept.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        try {
            store.write(
                    tx -> {
                        sign.write(tx, now);
                        return true;
                    });
            return List.of();
        } catch (RuntimeException e) { // whatever it is, the store does not take a write
            return List.of(
                    Complaint.broken(
                            "The store takes no writes: " + reason(e),
                            "Agents keep their results until it does; nobody is alerted.",
                            cure(e)));
        }
    }

    private static String cure(RuntimeException e) {
        return e instanceof Refusal
                ? "Look at the database: does it run, can it be reached, may we write? The server's"
                        + " log says more; it goes on by itself."
                : "Look at the space and the rights of the data folder; the server's log says"
                        + " more.";
    }

    private static String reason(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
