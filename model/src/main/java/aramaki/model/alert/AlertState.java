package aramaki.model.alert;

import java.time.Instant;

/// Where an alert stands. Each state holds exactly the facts that are true in it.
public sealed interface AlertState {
    record Firing() implements AlertState {}

    record Resolved(Instant at) implements AlertState {}

    /// The word of the contract.
    default String word() {
        return switch (this) {
            case Firing() -> "firing";
            case Resolved(_) -> "resolved";
        };
    }
}
