package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.server.access.Proof;
import aramaki.server.http.Back;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.SignInView;
import aramaki.server.web.view.StepUpView;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;

/// `/sign-in`, `/step-up` and `/sign-out`: how people come in, prove again that they are there, and
/// leave.
final class SignInPage {
    private static final String COMMAND = "aramaki login --link";

    private final Proving proving;
    private final Views views;
    private final Pages pages;

    SignInPage(Proving proving, Views views, Pages pages) {
        this.proving = proving;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.open(
                        Route.Method.GET,
                        "/sign-in",
                        "Signs in by a one-time link, or says how to come in.",
                        this::follow),
                Route.open(
                        Route.Method.POST,
                        "/sign-in",
                        "Signs in by a one-time code, or by a name and a password.",
                        this::signIn),
                Route.open(
                        Route.Method.POST,
                        "/sign-in/passkey/options",
                        "Begins to sign in by a passkey.",
                        this::beginPasskey),
                Route.open(
                        Route.Method.POST,
                        "/sign-in/passkey",
                        "Signs in by a passkey.",
                        this::finishPasskey),
                Route.page(
                        "/step-up",
                        Need.ONESELF,
                        "Asks somebody to prove again who they are.",
                        this::ask),
                Route.form(
                        "/step-up",
                        Need.ONESELF,
                        "Proves it by a password or a code.",
                        this::stepUp),
                Route.form(
                        "/step-up/passkey/options",
                        Need.ONESELF,
                        "Begins to prove it by a passkey.",
                        this::beginStepUp),
                Route.form(
                        "/step-up/passkey",
                        Need.ONESELF,
                        "Proves it by a passkey.",
                        this::finishStepUp),
                Route.form(
                        "/sign-out", Need.ONESELF, "Ends this browser's session.", this::signOut));
    }

    private void follow(Exchange exchange) {
        var code = exchange.query("code");
        if (code.isEmpty()) {
            exchange.html(200, page("", Proving.hindrance(exchange)));
        } else if (looksAhead(exchange)) {
            throw Refusal.unavailable("no-prefetch", "open this link yourself: it works only once");
        } else if (ledHere(exchange)) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "led-here",
                    "another page led you to this link, and it would make you whoever it is for: if"
                            + " you want that, copy it into the address bar");
        } else {
            byCode(exchange, code.get(), "/");
        }
    }

    /// Another page must not sign anybody in as somebody of its choice.
    private static boolean ledHere(Exchange exchange) {
        String site = exchange.context().header("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    /// Browsers and messengers look at links before people follow them; that must not use one up.
    private static boolean looksAhead(Exchange exchange) {
        var context = exchange.context();
        String purpose =
                Optional.ofNullable(context.header("Sec-Purpose")).orElse("")
                        + Optional.ofNullable(context.header("Purpose")).orElse("");
        return context.method() == HandlerType.HEAD || purpose.contains("prefetch");
    }

    private void signIn(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        String code = Proving.field(exchange, "code").strip();
        if (!code.isEmpty()) {
            byCode(exchange, code, back(exchange));
            return;
        }
        try {
            var proved = proving.byPassword(exchange, Proving.field(exchange, "name").strip());
            proving.open(exchange, proved.person(), proved.proof());
        } catch (Refusal e) {
            refuse(exchange, e);
            return;
        }
        exchange.context().redirect(back(exchange), HttpStatus.SEE_OTHER);
    }

    private void byCode(Exchange exchange, String code, String back) {
        var context = exchange.context();
        try {
            String secret =
                    proving.access()
                            .signIn(
                                    code,
                                    Proving.browser(exchange),
                                    proving.sessions().secret(context));
            proving.sessions().open(context, secret);
        } catch (Refusal e) {
            refuse(exchange, e);
            return;
        }
        context.redirect(back, HttpStatus.SEE_OTHER);
    }

    /// What went wrong, on the page where it can be tried again.
    void refuse(Exchange exchange, Refusal refusal) {
        int status =
                switch (refusal.reason()) {
                    case LIMITED -> 429;
                    case UNAUTHENTICATED, INVALID -> 401;
                    case UNAVAILABLE -> 503;
                    default -> throw refusal;
                };
        exchange.html(status, page(refusal.text(), Proving.hindrance(exchange)));
    }

    /// Where one was when one was asked to sign in.
    static String back(Exchange exchange) {
        String page = Back.page(exchange.context());
        return page.startsWith("/sign-in") || page.startsWith("/sign-out") ? "/" : page;
    }

    private void beginPasskey(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        Proving.begun(exchange, proving.passkeys().beginSignIn(Proving.site(exchange)));
    }

    private void finishPasskey(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        var said = exchange.body(Proving.Answered.class);
        var passkey =
                proving.passkeys()
                        .finish(Proving.site(exchange), "", said.ceremony(), said.credential());
        proving.open(exchange, passkey.person(), Proof.PASSKEY);
        Proving.next(exchange, back(exchange));
    }

    private void ask(Exchange exchange) {
        exchange.html(200, asking(exchange, "", Back.safe(exchange.query("back").orElse("/"))));
    }

    private String asking(Exchange exchange, String problem, String back) {
        var caller = exchange.caller();
        return pages.stepUp(
                new StepUpView(
                        views.frame(
                                views.moment(exchange), "Is it you?", Frame.Section.NONE, COMMAND),
                        problem,
                        back,
                        !proving.passkeys().of(caller.person()).isEmpty(),
                        Proving.hindrance(exchange),
                        proving.passwords().has(caller.person())
                                || proving.passwords().codesLeft(caller.person()) > 0,
                        proving.organisations().namesFor(caller.person()),
                        COMMAND));
    }

    private void stepUp(Exchange exchange) {
        String back = Back.safe(Proving.field(exchange, "back"));
        try {
            var proved = proving.byPassword(exchange, exchange.caller().name());
            proving.proved(exchange, proved.proof());
        } catch (Refusal e) {
            exchange.html(
                    e.reason() == Refusal.Reason.LIMITED ? 429 : 403,
                    asking(exchange, e.text(), back));
            return;
        }
        exchange.context().redirect(back, HttpStatus.SEE_OTHER);
    }

    private void beginStepUp(Exchange exchange) {
        Proving.begun(
                exchange,
                proving.passkeys().beginProof(Proving.site(exchange), exchange.caller().person()));
    }

    private void finishStepUp(Exchange exchange) {
        var said = exchange.body(Proving.Answered.class);
        proving.passkeys()
                .finish(
                        Proving.site(exchange),
                        exchange.caller().person(),
                        said.ceremony(),
                        said.credential());
        proving.proved(exchange, Proof.PASSKEY);
        Proving.next(exchange, Back.safe(exchange.query("back").orElse("/")));
    }

    private void signOut(Exchange exchange) {
        proving.sessions().close(exchange.context());
        exchange.context().redirect("/sign-in", HttpStatus.SEE_OTHER);
    }

    /// What strangers see.
    ///
    /// @param problem why the last try failed; may be empty
    /// @param hindrance why no passkey can be used here; may be empty
    String page(String problem, String hindrance) {
        return pages.signIn(
                new SignInView(
                        views.stranger("Sign in"),
                        COMMAND,
                        problem,
                        hindrance,
                        proving.organisations().names()));
    }
}
