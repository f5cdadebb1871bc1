package aramaki.server.doctor;

import java.time.Instant;
import java.util.List;

/// One look at something that can be wrong with an installation.
public interface Examination {
    String name();

    /// What it looks at, in one sentence for the reference.
    String about();

    /// What is wrong now; nothing when all is well.
    List<Complaint> examine(Instant now);

    /// Whether it takes so long that it is made once an hour only, and when somebody asks.
    default boolean slow() {
        return false;
    }
}
