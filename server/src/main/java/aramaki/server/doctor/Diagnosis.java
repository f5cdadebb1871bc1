package aramaki.server.doctor;

import java.time.Instant;
import java.util.List;

/// What one examination found, and when.
public record Diagnosis(String name, String about, List<Complaint> complaints, Instant at) {
    public Diagnosis {
        complaints = List.copyOf(complaints);
    }

    public boolean isBroken() {
        return complaints.stream().anyMatch(Complaint::isBroken);
    }

    /// `broken`, `advice` or `ok`.
    public String word() {
        return complaints.isEmpty() ? "ok" : isBroken() ? "broken" : "advice";
    }
}
