package aramaki.server.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// How the installation is, as far as it was examined.
public record Report(List<Diagnosis> diagnoses) {
    /// Before anything was examined.
    public static final Report NONE = new Report(List.of());

    public Report {
        diagnoses = List.copyOf(diagnoses);
    }

    public long broken() {
        return count(Complaint.Gravity.BROKEN);
    }

    public long advice() {
        return count(Complaint.Gravity.ADVICE);
    }

    private long count(Complaint.Gravity gravity) {
        return diagnoses.stream()
                .flatMap(d -> d.complaints().stream())
                .filter(c -> c.gravity() == gravity)
                .count();
    }

    /// Advice is no fault.
    public boolean ok() {
        return broken() == 0;
    }

    /// `broken`, `advice` or `ok`; `pending` before anything was examined.
    public String word() {
        if (diagnoses.isEmpty()) {
            return "pending";
        }
        return !ok() ? "broken" : advice() > 0 ? "advice" : "ok";
    }

    /// The verdict, in one sentence.
    public String sentence() {
        if (diagnoses.isEmpty()) {
            return "Nothing was examined yet.";
        }
        String advised =
                advice() == 0
                        ? ""
                        : advice() == 1 ? "one piece of advice" : advice() + " pieces of advice";
        if (ok()) {
            return advised.isEmpty() ? "All is well." : "Nothing is broken; " + advised + ".";
        }
        String broken = broken() == 1 ? "One thing is broken" : broken() + " things are broken";
        return broken + (advised.isEmpty() ? "." : "; " + advised + ".");
    }

    /// When the oldest of these examinations was made; now when there is none.
    public Instant oldest(Instant now) {
        return diagnoses.stream().map(Diagnosis::at).min(Comparator.naturalOrder()).orElse(now);
    }
}
