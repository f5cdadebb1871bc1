package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.server.access.Access;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.SignInView;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;

/// `/sign-in` and `/sign-out`: how people come in by a one-time link, and leave.
final class SignInPage {
    private static final String COMMAND = "aramaki login --link";

    private final Access access;
    private final Sessions sessions;
    private final Views views;
    private final Pages pages;

    SignInPage(Access access, Sessions sessions, Views views, Pages pages) {
        this.access = access;
        this.sessions = sessions;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.open(
                        Route.Method.GET,
                        "/sign-in",
                        "Signs in by a one-time link, or says how to get one.",
                        this::follow),
                Route.open(
                        Route.Method.POST,
                        "/sign-in",
                        "Signs in by a one-time code.",
                        exchange -> signIn(exchange, field(exchange))),
                new Route(
                        Route.Method.POST,
                        "/sign-out",
                        Route.Who.SIGNED_IN,
                        "Ends this browser's session.",
                        null,
                        null,
                        this::signOut));
    }

    private void follow(Exchange exchange) {
        var code = exchange.query("code");
        if (code.isEmpty()) {
            exchange.html(200, page(""));
        } else if (looksAhead(exchange)) {
            throw Refusal.unavailable("no-prefetch", "open this link yourself: it works only once");
        } else {
            signIn(exchange, code.get());
        }
    }

    /// Browsers and messengers look at links before people follow them; that must not use one up.
    private static boolean looksAhead(Exchange exchange) {
        var context = exchange.context();
        String purpose =
                Optional.ofNullable(context.header("Sec-Purpose")).orElse("")
                        + Optional.ofNullable(context.header("Purpose")).orElse("");
        return context.method() == HandlerType.HEAD || purpose.contains("prefetch");
    }

    private static String field(Exchange exchange) {
        return Optional.ofNullable(exchange.context().formParam("code")).orElse("").strip();
    }

    private void signIn(Exchange exchange, String code) {
        try {
            sessions.open(exchange.context(), access.signIn(code));
        } catch (Refusal e) {
            exchange.html(401, page(e.text()));
            return;
        }
        exchange.context().redirect("/", HttpStatus.SEE_OTHER);
    }

    private void signOut(Exchange exchange) {
        sessions.close(exchange.context());
        exchange.context().redirect("/sign-in", HttpStatus.SEE_OTHER);
    }

    /// What strangers see.
    ///
    /// @param problem why the last try failed; may be empty
    String page(String problem) {
        return pages.signIn(new SignInView(views.stranger("Sign in"), COMMAND, problem, ""));
    }
}
