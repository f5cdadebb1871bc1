package aramaki.server.doctor;

import aramaki.server.runtime.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Examines the installation every minute, and at once when asked. The lock keeps it to one
/// examination at a time.
public final class Doctor implements Task {
    private static final Logger log = LoggerFactory.getLogger(Doctor.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration SLOW_EVERY = Duration.ofHours(1);
    private static final int MOST_COMPLAINTS = 20;

    private final List<Examination> examinations;
    private final InstantSource clock;
    private final ReentrantLock examining = new ReentrantLock();
    private final Map<String, Diagnosis> diagnoses = new LinkedHashMap<>();
    private volatile Report latest = Report.NONE;

    public Doctor(List<Examination> examinations, InstantSource clock) {
        this.examinations = List.copyOf(examinations);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public Duration run(Instant now) {
        examine(now, false);
        return EVERY;
    }

    /// What was found last; may be a minute old, and an hour for slow examinations.
    public Report latest() {
        return latest;
    }

    /// Examines everything now.
    public Report examine() {
        return examine(clock.instant(), true);
    }

    public List<Examination> examinations() {
        return examinations;
    }

    private Report examine(Instant now, boolean slowToo) {
        examining.lock();
        try {
            for (var examination : examinations) {
                if (!examination.slow() || slowToo || isDue(examination, now)) {
                    diagnoses.put(examination.name(), diagnosis(examination, now));
                }
            }
            latest = new Report(List.copyOf(diagnoses.values()));
            return latest;
        } finally {
            examining.unlock();
        }
    }

    private boolean isDue(Examination slow, Instant now) {
        var last = diagnoses.get(slow.name());
        return last == null || !now.isBefore(last.at().plus(SLOW_EVERY));
    }

    static Diagnosis diagnosis(Examination examination, Instant now) {
        List<Complaint> complaints;
        try {
            complaints = examination.examine(now);
        } catch (RuntimeException e) { // its edge: what cannot be examined is a complaint itself
            log.atError().setCause(e).addKeyValue("examination", examination.name()).log("failed");
            complaints =
                    List.of(
                            Complaint.broken(
                                    "The examination " + examination.name() + " failed.",
                                    "Nobody knows how this part is.",
                                    "The server's log has the reason."));
        }
        return new Diagnosis(examination.name(), examination.about(), bounded(complaints), now);
    }

    private static List<Complaint> bounded(List<Complaint> complaints) {
        if (complaints.size() <= MOST_COMPLAINTS) {
            return complaints;
        }
        var some = new java.util.ArrayList<>(complaints.subList(0, MOST_COMPLAINTS));
        var last = complaints.getLast();
        some.add(
                new Complaint(
                        last.gravity(),
                        "And " + (complaints.size() - MOST_COMPLAINTS) + " more of this kind.",
                        last.why(),
                        last.cure()));
        return some;
    }
}
