package aramaki.server.api;

import aramaki.model.grant.Verb;
import aramaki.server.api.Answers.DoctorComplaint;
import aramaki.server.api.Answers.DoctorExamination;
import aramaki.server.api.Answers.DoctorReport;
import aramaki.server.doctor.Doctor;
import aramaki.server.doctor.Report;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import java.util.List;

/// What is wrong with this installation, over HTTP.
public final class DoctorApi {
    private final Doctor doctor;

    public DoctorApi(Doctor doctor) {
        this.doctor = doctor;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/doctor",
                        Need.onInstance(Verb.ADMIN),
                        "Examines this installation now: what is wrong, why it matters, what cures"
                                + " it.",
                        DoctorReport.class,
                        exchange -> exchange.json(answer(doctor.examine()))));
    }

    /// A report as this interface tells it, also for a stopped server.
    public static DoctorReport answer(Report report) {
        return new DoctorReport(
                report.ok(),
                report.word(),
                report.sentence(),
                report.broken(),
                report.advice(),
                report.diagnoses().stream()
                        .map(
                                d ->
                                        new DoctorExamination(
                                                d.name(),
                                                d.about(),
                                                d.word(),
                                                d.at(),
                                                d.complaints().stream()
                                                        .map(
                                                                c ->
                                                                        new DoctorComplaint(
                                                                                c.gravity().word(),
                                                                                c.what(),
                                                                                c.why(),
                                                                                c.cure()))
                                                        .toList()))
                        .toList());
    }
}
