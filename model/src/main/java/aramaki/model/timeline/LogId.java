package aramaki.model.timeline;

import aramaki.model.system.SystemId;

/// One append-only, hash-chained log: a system's events of one class.
public record LogId(SystemId system, EventClass eventClass) {
    @Override
    public String toString() {
        return system + "/" + eventClass.word();
    }
}
