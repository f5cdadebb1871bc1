package aramaki.server.web;

import aramaki.model.grant.Verb;
import aramaki.server.doctor.Complaint;
import aramaki.server.doctor.Diagnosis;
import aramaki.server.doctor.Doctor;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.web.view.DoctorLine;
import aramaki.server.web.view.DoctorView;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.StateBadge;
import io.javalin.http.HttpStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `/doctor`: what is wrong with this installation, why it matters, and what puts it right.
final class DoctorPage {
    private static final int NAMED = 3;

    private final Doctor doctor;
    private final Views views;
    private final Pages pages;

    DoctorPage(Doctor doctor, Views views, Pages pages) {
        this.doctor = doctor;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/doctor",
                        Need.onInstance(Verb.ADMIN),
                        "What is wrong with this installation.",
                        this::show),
                new Route(
                        Route.Method.POST,
                        "/doctor",
                        Need.onInstance(Verb.ADMIN),
                        "Examines this installation now.",
                        null,
                        null,
                        exchange -> {
                            doctor.examine();
                            exchange.context().redirect("/doctor", HttpStatus.SEE_OTHER);
                        }));
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var report = doctor.latest();
        exchange.html(
                200,
                pages.doctor(
                        new DoctorView(
                                views.frame(
                                        moment,
                                        "Doctor",
                                        Frame.Section.HOME,
                                        "aramaki admin doctor"),
                                badge(report.word()),
                                report.sentence(),
                                report.diagnoses().stream()
                                        .flatMap(d -> d.complaints().stream().map(c -> row(d, c)))
                                        .sorted(Comparator.comparing(DoctorView.Row::advice))
                                        .toList(),
                                report.diagnoses().stream()
                                        .map(
                                                d ->
                                                        new DoctorView.Look(
                                                                badge(d.word()),
                                                                d.name(),
                                                                d.about(),
                                                                views.ago(
                                                                        moment,
                                                                        Optional.of(d.at()))))
                                        .toList())));
    }

    private static DoctorView.Row row(Diagnosis diagnosis, Complaint complaint) {
        return new DoctorView.Row(
                badge(complaint.gravity().word()),
                !complaint.isBroken(),
                diagnosis.name(),
                complaint.what(),
                complaint.why(),
                complaint.cure());
    }

    /// The verdict for the first page.
    DoctorLine line() {
        var report = doctor.latest();
        var worst = report.ok() ? "advice" : "broken";
        String about =
                report.diagnoses().stream()
                        .filter(d -> d.word().equals(worst))
                        .map(Diagnosis::name)
                        .limit(NAMED)
                        .collect(Collectors.joining(", "));
        return new DoctorLine(badge(report.word()), report.sentence(), about);
    }

    private static StateBadge badge(String word) {
        return switch (word) {
            case "ok" -> new StateBadge("well", "✔", "ok");
            case "advice" -> new StateBadge("advice", "▲", "warning");
            case "broken" -> new StateBadge("broken", "✖", "critical");
            default -> new StateBadge("not yet examined", "…", "pending");
        };
    }
}
