package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemName;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.seen.Subject;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.Optional;

/// `POST /seen`: what the button *mark as seen* sends.
final class SeenForm {
    /// Alerts that one form may mark.
    static final int ALERTS = 100;

    private final Services services;

    SeenForm(Services services) {
        this.services = services;
    }

    Route route() {
        return new Route(
                Route.Method.POST,
                "/seen",
                Need.ONESELF,
                "Marks what a page showed as seen.",
                null,
                null,
                this::mark);
    }

    private void mark(Exchange exchange) {
        var form = exchange.context();
        var upTo = Optional.ofNullable(form.formParam("upTo")).map(SeenForm::position);
        var system = Optional.ofNullable(form.formParam("system")).map(SystemName::new);
        var alerts = form.formParams("alert").stream().limit(ALERTS).map(AlertKey::parse).toList();
        var subjects = new ArrayList<Subject>();
        system.ifPresent(name -> subjects.add(new Subject.OfSystem(name)));
        alerts.forEach(key -> subjects.add(new Subject.OfAlert(key)));
        if (subjects.isEmpty()) {
            subjects.add(new Subject.Home());
        }
        services.seen().mark(exchange.caller(), subjects, upTo);
        String back = Optional.ofNullable(form.formParam("back")).orElse("/");
        exchange.context().redirect(ours(back) ? back : "/", HttpStatus.SEE_OTHER);
    }

    /// A path of this server and nothing else: a form must not send people elsewhere.
    static boolean ours(String back) {
        return back.matches("/(?:[A-Za-z0-9._-]+/?){0,6}");
    }

    private static long position(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.invalid("bad-position", "upTo must be the position that the page showed");
        }
        return Long.parseLong(text);
    }
}
