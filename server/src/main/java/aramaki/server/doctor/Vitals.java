package aramaki.server.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whether a server does what it is there for, by the few examinations that decide it.
public final class Vitals {
    private Vitals() {}

    /// What is broken, in one sentence; empty when nothing is.
    public static Function<Instant, Optional<String>> of(List<Examination> vital) {
        return now -> vital.stream().flatMap(e -> broken(e, now).stream()).findFirst();
    }

    private static List<String> broken(Examination examination, Instant now) {
        return Doctor.diagnosis(examination, now).complaints().stream()
                .filter(Complaint::isBroken)
                .map(Complaint::what)
                .toList();
    }
}
