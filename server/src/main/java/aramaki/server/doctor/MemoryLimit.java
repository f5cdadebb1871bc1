package aramaki.server.doctor;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Whether the server has the memory it needs.
public record MemoryLimit(Supplier<Heap> heap) implements Examination {
    /// What lives on after a collection, and how much may.
    public record Heap(long live, long limit) {}

    /// Of this process.
    public static Heap now() {
        long live =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .filter(usage -> usage != null)
                        .mapToLong(usage -> usage.getUsed())
                        .sum();
        return new Heap(live, Runtime.getRuntime().maxMemory());
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "After a collection, less than 75 % of the heap's limit is in use.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var seen = heap.get();
        long percent = 100 * seen.live() / Math.max(1, seen.limit());
        String what =
                percent
                        + " % of the heap's limit of "
                        + (seen.limit() >> 20)
                        + " MiB are in use after a collection.";
        String cure =
                "Start the server with more: JAVA_TOOL_OPTIONS=-Xmx"
                        + Math.max(512, seen.limit() >> 19)
                        + "m";
        if (percent >= 90) {
            return List.of(
                    Complaint.broken(
                            what, "It slows down, and then ends for want of memory.", cure));
        }
        return percent >= 75
                ? List.of(Complaint.advice(what, "It works, with little to spare.", cure))
                : List.of();
    }
}
