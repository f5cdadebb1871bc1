package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.server.tls.Tls;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listening side: routes, security headers on every answer, and refusals as problem documents
/// or pages. It listens on loopback, and with TLS where the settings say.
public final class HttpServer {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                    + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final Map<String, String> SECURITY =
            Map.of(
                    "Content-Security-Policy",
                    CSP,
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cache-Control",
                    "no-store",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Cross-Origin-Resource-Policy",
                    "same-origin");
    private static final String HTTPS_FOR_A_YEAR = "max-age=31536000";
    private static final long MAX_BODY = 8L << 20;

    private final Sessions sessions;
    private final Guard guard;
    private final Recording recording;
    private final ErrorPage errorPage;
    private final SecureRandom random = new SecureRandom();
    private final Javalin javalin;
    private final int port;
    private final Listening listening;
    private final Forwarded forwarded;
    private final Connectors connectors;
    private final URI url;
    private final Optional<HttpsOnly> httpsOnly;

    /// How a refusal looks to a person with a browser.
    @FunctionalInterface
    public interface ErrorPage {
        String html(int status, String code, String message, boolean signedIn);
    }

    /// Sets up everything; nothing listens before `start`.
    ///
    /// @param port to listen on at loopback; 0 takes any free one
    /// @param tls what the certificate of the settings is shown by
    /// @param modifyServer adds what is no route, such as WebSocket channels
    public HttpServer(
            int port,
            Listening listening,
            Optional<Tls> tls,
            List<Route> routes,
            Sessions sessions,
            Guard guard,
            Recording recording,
            ErrorPage errorPage,
            Consumer<Server> modifyServer) {
        this.sessions = sessions;
        this.guard = guard;
        this.recording = recording;
        this.errorPage = errorPage;
        this.port = port == 0 ? freePort() : port;
        this.listening = listening;
        this.forwarded = new Forwarded(listening.proxies());
        this.connectors = new Connectors(tls, forwarded);
        this.url = listening.publicUrl().orElseGet(this::localUrl);
        this.httpsOnly =
                listening
                        .redirectPort()
                        .map(p -> new HttpsOnly(onPort(listening.addresses(), p), url, SECURITY));
        this.javalin = Javalin.create(config -> configure(config, routes, modifyServer));
    }

    public void start() {
        try {
            javalin.start();
            httpsOnly.ifPresent(HttpsOnly::start);
        } catch (JavalinBindException e) {
            throw Connectors.unbound(e);
        } catch (Refusal e) { // the others listen already
            javalin.stop();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /// How programs of this host reach it.
    public URI localUrl() {
        return URI.create("http://localhost:" + port);
    }

    /// How people and agents reach it.
    public URI url() {
        return url;
    }

    /// What proxies in front of it have said.
    public Forwarded forwarded() {
        return forwarded;
    }

    /// Where it listens without TLS.
    public List<InetAddress> plain() {
        return Stream.concat(
                        Connectors.loopback().stream(),
                        listening.addresses().stream()
                                .filter(_ -> listening.tls().isEmpty())
                                .map(InetSocketAddress::getAddress))
                .toList();
    }

    public void stop() {
        httpsOnly.ifPresent(HttpsOnly::stop);
        javalin.stop();
    }

    private static List<InetSocketAddress> onPort(List<InetSocketAddress> addresses, int port) {
        return addresses.stream()
                .map(address -> new InetSocketAddress(address.getAddress(), port))
                .distinct()
                .toList();
    }

    private void configure(
            JavalinConfig config, List<Route> routes, Consumer<Server> modifyServer) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = MAX_BODY;
        config.http.asyncTimeout = 0;
        config.jetty.modifyServer(modifyServer);
        config.jetty.modifyServer(server -> server.setErrorHandler(new BelowRoutes()));
        for (var address : Connectors.loopback()) {
            config.jetty.addConnector(
                    (server, http) ->
                            connectors.loopback(
                                    server, http, new InetSocketAddress(address, port)));
        }
        for (var address : listening.addresses()) {
            config.jetty.addConnector((server, http) -> connectors.beyond(server, http, address));
        }
        config.routes.before(HttpServer::secure);
        for (var route : routes) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method().name()),
                    route.path(),
                    context -> handle(route, context));
            if (route.method() == Route.Method.GET) { // or anyone's HEAD would be answered with 200
                config.routes.addHttpHandler(
                        HandlerType.HEAD, route.path(), context -> handle(route, context));
            }
        }
        config.routes.exception(Refusal.class, (e, context) -> refuse(context, e));
        config.routes.exception(HttpResponseException.class, this::notOurs);
        config.routes.exception(Exception.class, this::fail);
    }

    private static void secure(Context context) {
        SECURITY.forEach(context::header);
        if (context.req().isSecure() && !isThisHost(context)) {
            context.header("Strict-Transport-Security", HTTPS_FOR_A_YEAR);
        }
    }

    /// A browser would ask everything on localhost by https from then on, whatever serves it.
    private static boolean isThisHost(Context context) {
        String host = context.req().getServerName();
        return host.equals("localhost") || host.endsWith(".localhost");
    }

    /// Answers what never came as far as a route, such as a request that is no HTTP.
    private static final class BelowRoutes extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            SECURITY.forEach(response.getHeaders()::put);
            response.getHeaders().put("Content-Type", "application/problem+json");
            int status = response.getStatus();
            Content.Sink.write(
                    response,
                    true,
                    Json.text(problem(status, HttpStatus.getMessage(status), "refused", "")),
                    callback);
            return true;
        }
    }

    private void handle(Route route, Context context) {
        var signedIn = sessions.signedIn(context);
        if (signedIn.isEmpty() && !(route.need() instanceof Need.Nobody)) {
            throw stranger();
        }
        var exchange =
                new Exchange(
                        context,
                        guard,
                        signedIn.orElse(null),
                        () -> sessions.signedIn(context).isPresent());
        recording.answer(
                route,
                exchange,
                () -> {
                    exchange.admit(route.need());
                    exchange.answer(route.handler());
                });
    }

    private static Refusal stranger() {
        return new Refusal(
                Refusal.Reason.UNAUTHENTICATED,
                "sign-in-first",
                "sign in first, or send a token as `Authorization: Bearer ...`");
    }

    private void refuse(Context context, Refusal refusal) {
        answer(context, status(refusal), refusal.code(), refusal.text());
    }

    static int status(Refusal refusal) {
        return switch (refusal.reason()) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case LIMITED -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    /// Paths and bodies that no route knows; strangers learn nothing but that they must sign in.
    private void notOurs(HttpResponseException e, Context context) {
        if (sessions.signedIn(context).isEmpty()) {
            refuse(context, stranger());
        } else if (e.getStatus() == 404) {
            refuse(context, Refusal.notFound("page", context.path()));
        } else {
            answer(
                    context,
                    e.getStatus(),
                    "refused",
                    Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    private void fail(Exception e, Context context) {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        String reference = HexFormat.of().formatHex(bytes);
        log.atError()
                .setCause(e)
                .addKeyValue("reference", reference)
                .addKeyValue("path", context.path())
                .log("request failed");
        answer(
                context,
                500,
                "failed",
                "this is our fault; the server's log has it under reference " + reference);
    }

    private void answer(Context context, int status, String code, String message) {
        secure(context);
        if (code.equals(Exchange.STEP_UP) && Exchange.wantsHtml(context)) {
            context.redirect(stepUp(context), io.javalin.http.HttpStatus.SEE_OTHER);
            return;
        }
        context.status(status);
        if (Exchange.wantsHtml(context)) {
            boolean signedIn = status != 401 && status < 500 && isSignedIn(context);
            context.contentType("text/html; charset=utf-8")
                    .result(errorPage.html(status, code, message, signedIn));
            return;
        }
        context.contentType("application/problem+json")
                .result(Json.bytes(problem(status, context.status().getMessage(), code, message)));
    }

    /// A change that a foreign page asked for is refused before anybody looks who asked.
    private boolean isSignedIn(Context context) {
        try {
            return sessions.signedIn(context).isPresent();
        } catch (Refusal e) {
            return false;
        }
    }

    /// Where one proves to be there, and where one goes on from there.
    private static String stepUp(Context context) {
        String back = Exchange.isUnsafe(context) ? Back.page(context) : Back.here(context);
        return "/step-up?back=" + URLEncoder.encode(back, StandardCharsets.UTF_8);
    }

    static Map<String, Object> problem(int status, String title, String code, String message) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "about:blank");
        problem.put("title", title);
        problem.put("status", status);
        problem.put("code", code);
        problem.put("detail", message);
        return problem;
    }

    private static int freePort() {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw Refusal.unavailable("no-free-port", "no free port on 127.0.0.1");
        }
    }
}
