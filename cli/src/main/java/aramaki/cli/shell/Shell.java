package aramaki.cli.shell;

import aramaki.cli.api.Api;
import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Listing;
import aramaki.cli.api.Profile;
import aramaki.cli.api.Profiles;
import aramaki.cli.api.Route;
import aramaki.cli.api.ServerUrl;
import aramaki.cli.output.Ages;
import aramaki.cli.output.Column;
import aramaki.cli.output.Output;
import aramaki.cli.output.Plain;
import aramaki.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What every command has at hand: the terminal, the environment, the clock, the global options,
/// and through them the server.
public final class Shell {
    /// How a command waits before it tries something again.
    @FunctionalInterface
    public interface Pause {
        void wait(Duration length) throws InterruptedException;
    }

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Ages ages;
    private final Pause pause;
    private final Globals globals;

    public Shell(Terminal terminal, Map<String, String> environment, Ages ages, Pause pause) {
        this.terminal = terminal;
        this.environment = Map.copyOf(environment);
        this.ages = ages;
        this.pause = pause;
        this.globals = new Globals();
    }

    /// The shell of this process.
    public static Shell ofProcess() {
        var environment = System.getenv();
        return new Shell(
                Terminal.ofProcess(environment),
                environment,
                new Ages(InstantSource.system(), ZoneId.systemDefault()),
                length -> {
                    var _ = new Semaphore(0).tryAcquire(length.toNanos(), TimeUnit.NANOSECONDS);
                });
    }

    public Globals globals() {
        return globals;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Ages ages() {
        return ages;
    }

    public Pause pause() {
        return pause;
    }

    public Profiles profiles() {
        return Profiles.of(environment);
    }

    public Output output() {
        return new Output(terminal, ages, globals.json(), this::say);
    }

    /// Tells a person something that is not data.
    public void say(String text) {
        if (!globals.quiet()) {
            terminal.err().println(Plain.line(text));
        }
    }

    /// Whether a person is there to be asked.
    public boolean mayAsk() {
        return terminal.inIsTerminal() && !globals.noInput();
    }

    /// Asks on stderr, so that stdout stays data.
    public void ask(String question) {
        terminal.err().print(Plain.line(question) + " ");
        terminal.err().flush();
    }

    public ServerUrl server() {
        return globals.server(environment)
                .or(() -> profiles().only().map(Profile::server))
                .orElse(ServerUrl.DEFAULT);
    }

    public Api api() {
        var server = server();
        var token =
                globals.tokenFile(environment)
                        .map(Shell::tokenIn)
                        .or(() -> profiles().find(server).map(Profile::token));
        return new Api(server, token, authorities(server));
    }

    /// Who is believed about the certificate of a server, if it is not those that Java knows.
    public Optional<Path> authorities(ServerUrl server) {
        return globals.authorities(environment)
                .or(() -> profiles().find(server).flatMap(Profile::authorities));
    }

    /// Prints what a route lists; `what` is the plural, `hint` what to do when there is none.
    public void list(String what, Route route, Limit limit, List<Column> columns, String hint) {
        var listing = api().list(route, limit.limit());
        output().list(listing.items(), columns);
        explain(what, route, listing, hint);
    }

    public static String tokenIn(Path file) {
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty() || !token.matches("[\\x21-\\x7e]+")) {
                throw Failure.failed(
                        "the token file " + file + " does not hold one token",
                        "it is " + (token.isEmpty() ? "empty" : "more than one word"),
                        "write the token there, and nothing else");
            }
            return token;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "cannot read the token file " + file,
                    e.getClass().getSimpleName().replace("Exception", ""),
                    "name another one: --token-file FILE, or sign in: aramaki login");
        }
    }

    private void explain(String what, Route route, Listing listing, String hint) {
        if (listing.items().isEmpty()) {
            String filters =
                    route.query().entrySet().stream()
                            .map(e -> "--" + e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining(" "));
            say(filters.isEmpty() ? "no " + what : "no " + what + " with " + filters);
            if (!hint.isEmpty()) {
                say(hint);
            }
        } else if (listing.more()) {
            say("the first " + listing.items().size() + " only; there are more: --limit N");
        }
    }

    public static Optional<String> text(String value) {
        return Optional.of(value).filter(v -> !v.isBlank());
    }
}
