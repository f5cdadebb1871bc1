package aramaki.server.timeline;

import aramaki.model.timeline.Hash;
import java.util.Optional;

/// Who acts, and the event that admitted them; empty only for the instance itself.
public record By(String actor, Optional<Hash> grant) {
    public static By instance(String instanceId) {
        return new By(instanceId, Optional.empty());
    }

    public static By admitted(String actor, Hash grant) {
        return new By(actor, Optional.of(grant));
    }
}
