package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;
import aramaki.server.access.Caller;
import aramaki.server.alert.Act;
import aramaki.server.alert.Acts;
import aramaki.server.alert.AlertQuery;
import aramaki.server.api.Handling;
import aramaki.server.http.Exchange;
import aramaki.server.query.Query;
import aramaki.server.system.files.Durations;
import aramaki.server.web.view.ActBar;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `POST /alerts/acts` and `/alerts/undo`: what the bar of the page of alerts sends.
final class ActForm {
    private final Services services;

    ActForm(Services services) {
        this.services = services;
    }

    /// The bar, with what was just done.
    ActBar bar(Exchange exchange, Query query, int matching) {
        return new ActBar(
                query.text(),
                query.problems().isEmpty() ? matching : 0,
                services.access().people().stream().map(Caller::name).sorted().toList(),
                exchange.query("did").flatMap(this::notice).orElse(null));
    }

    private Optional<ActBar.Notice> notice(String act) {
        return services.acts().told(act).map(told -> notice(act, told));
    }

    private static ActBar.Notice notice(String act, Acts.Told told) {
        String alerts = Views.count(told.count(), "alert", "alerts");
        return switch (told.verb()) {
            case "ack" -> new ActBar.Notice("You have " + alerts + ".", act);
            case "unack" -> new ActBar.Notice("Gave back " + alerts + ".", act);
            case "assign" -> new ActBar.Notice("Assigned " + alerts + ".", act);
            case "resolve" ->
                    new ActBar.Notice(
                            "Resolved "
                                    + alerts
                                    + " by hand. What is still bad fires anew at its next bad"
                                    + " change, not at once.",
                            act);
            case "undo" ->
                    new ActBar.Notice(
                            "Put back "
                                    + alerts
                                    + (told.of() > told.count()
                                            ? " and left "
                                                    + (told.of() - told.count())
                                                    + " that changed since."
                                            : "."),
                            "");
            default -> new ActBar.Notice("Noted for " + alerts + ".", "");
        };
    }

    void act(Exchange exchange) {
        var form = exchange.context();
        String q = Optional.ofNullable(form.formParam("q")).orElse("");
        boolean all = form.formParam("all") != null;
        var act = wanted(exchange);
        var person = exchange.caller();
        var keys =
                all
                        ? Handling.meant(
                                exchange,
                                act,
                                services.inquiry().meant(AlertQuery.parse(every(q)), act, person))
                        : Handling.named(
                                exchange,
                                act,
                                form.formParams("key").stream()
                                        .distinct()
                                        .map(AlertKey::parse)
                                        .toList());
        if (keys.isEmpty()) {
            throw Refusal.invalid(
                    "no-alert-chosen",
                    "no alert was chosen that this can be done to: choose some with x or the boxes");
        }
        refuseMore(exchange, all, keys);
        var query = all ? Optional.of(every(q)) : Optional.<String>empty();
        var done = services.acts().act(keys, act, query, Handling.actor(exchange, act));
        if (done.count() == 0) {
            var left = done.left().getFirst();
            throw Refusal.conflict("alert-as-it-is", left.key() + " " + left.why());
        }
        back(exchange, q, done.id());
    }

    /// A list without a filter is of all that are not over.
    private static String every(String q) {
        return q.isBlank() ? "-state:resolved" : q;
    }

    /// All that match may be more by now than the person saw.
    private static void refuseMore(Exchange exchange, boolean all, List<AlertKey> keys) {
        String expected = exchange.context().formParam("expected");
        if (all
                && expected != null
                && expected.matches("[0-9]{1,8}")
                && keys.size() > Integer.parseInt(expected)) {
            throw Refusal.conflict(
                    "more-by-now",
                    "by now "
                            + keys.size()
                            + " alerts match, not "
                            + expected
                            + ": look again, nothing was done");
        }
    }

    private Act wanted(Exchange exchange) {
        var form = exchange.context();
        String comment = Optional.ofNullable(form.formParam("comment")).orElse("");
        String act = Optional.ofNullable(form.formParam("act")).orElse("");
        return switch (act) {
            case "ack" ->
                    new Act.Acknowledge(
                            length(Optional.ofNullable(form.formParam("length")).orElse("")),
                            comment);
            case "unack" -> new Act.Unacknowledge(comment);
            case "resolve" -> new Act.Resolve(comment);
            case "assign" ->
                    new Act.Assign(
                            person(Optional.ofNullable(form.formParam("to")).orElse("")), comment);
            case "comment" -> new Act.Comment(comment);
            default -> throw Refusal.invalid("bad-act", "there is no act \"" + act + "\"");
        };
    }

    private static Optional<Duration> length(String text) {
        if (text.equals("resolved")) {
            return Optional.empty();
        }
        return Optional.of(Durations.parse(text).orElse(Act.USUAL));
    }

    private Optional<Caller> person(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                services.access().people().stream()
                        .filter(p -> p.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Refusal.notFound("person", name)));
    }

    void undo(Exchange exchange) {
        var form = exchange.context();
        String act = Optional.ofNullable(form.formParam("act")).orElse("");
        var undone = services.acts().undo(act, Handling.undoing(exchange));
        back(exchange, Optional.ofNullable(form.formParam("q")).orElse(""), undone.id());
    }

    private static void back(Exchange exchange, String q, String act) {
        exchange.context()
                .redirect(
                        "/alerts?"
                                + (q.isEmpty() ? "" : "q=" + Views.parameter(q) + "&")
                                + "did="
                                + act,
                        HttpStatus.SEE_OTHER);
    }
}
