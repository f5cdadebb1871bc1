package aramaki.cli.watch;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows alerts, systems and the timeline on the terminal, live.
@Command(
        name = "watch",
        description = "Watch alerts, systems and the timeline live; ? shows the keys.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki watch",
            "  aramaki watch shop storage",
            "  aramaki watch --once",
            "  aramaki watch shop --once --json"
        })
public final class WatchCommand implements Callable<Integer> {
    /// News that wait to be drawn; who brings more has to wait.
    private static final int WAITING = 4096;

    private final Shell shell;

    @Parameters(
            arity = "0..*",
            paramLabel = "SYSTEM",
            description = "These systems with every layer below them (default: all).")
    private List<String> systems = new ArrayList<>();

    @Option(names = "--once", description = "Print one plain screen, and end.")
    private boolean once;

    public WatchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        if (!once) {
            requireTerminal();
        }
        var queue = new LinkedBlockingQueue<News>(WAITING);
        try (var feed = new Feed(shell.api(), systems, shell.ages().clock(), patiently(queue))) {
            var board = feed.load();
            var view = new View(board, feed.history(), shell.ages().now());
            if (once) {
                printOnce(view);
            } else if (dumb()) {
                append(view, feed, queue);
            } else {
                return live(view, feed, queue).number();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted();
        }

        return ExitCode.DONE.number();
    }

    private void requireTerminal() {
        String fix = "one plain screen: aramaki watch --once; events: aramaki timeline watch";
        if (shell.output().wantsJson()) {
            throw Failure.usage("a live screen is no JSON", fix + " --json");
        }
        if (!shell.terminal().outIsTerminal() || !shell.terminal().inIsTerminal()) {
            throw Failure.usage("watch needs a terminal to show things and to read keys", fix);
        }
    }

    private boolean dumb() {
        String type = shell.environment().getOrDefault("TERM", "");
        return type.isEmpty() || type.equals("dumb");
    }

    private Glyphs glyphs() {
        return shell.terminal().outIsTerminal() ? Glyphs.of(shell.environment()) : Glyphs.UNICODE;
    }

    private Painter painter() {
        return new Painter(shell.server().uri().getAuthority(), shell.ages());
    }

    private static Consumer<News> patiently(LinkedBlockingQueue<News> queue) {
        return news -> {
            try {
                queue.put(news);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private void printOnce(View view) {
        if (shell.output().wantsJson()) {
            var mapper = Json.mapper();
            var document = mapper.createObjectNode();
            document.put("at", view.board().at().toString());
            document.putArray("alerts").addAll(view.board().alerts());
            document.putArray("systems").addAll(view.board().systems().values());
            var events = document.putArray("events");
            view.items(View.Pane.TIMELINE).reversed().stream()
                    .map(i -> ((Item.Event) i).node())
                    .forEach(events::add);
            shell.output().show(document, List.of());
            return;
        }
        printAll(teletype(view), view);
    }

    private void printAll(Teletype teletype, View view) {
        painter().print(view, shell.terminal().width()).forEach(teletype::print);
    }

    private Teletype teletype(View view) {
        var terminal = shell.terminal();
        return new Teletype(view, glyphs(), terminal.out(), shell.ages(), terminal.width());
    }

    private void append(View view, Feed feed, LinkedBlockingQueue<News> queue)
            throws InterruptedException {
        var teletype = teletype(view);
        printAll(teletype, view);
        feed.start();
        teletype.run(queue);
    }

    private ExitCode live(View view, Feed feed, LinkedBlockingQueue<News> queue)
            throws InterruptedException {
        var news = patiently(queue);
        var ages = shell.ages();
        var inquiry = new Inquiry(shell.api(), ages, news);
        String server = shell.server().toString();
        ExitCode end;
        Optional<String> address;
        try (var tty = Tty.open(shell.terminal().in(), shell.terminal().out())) {
            var screen = new Screen(glyphs(), shell.terminal().colour());
            var live = new Live(view, painter(), screen, tty, feed, inquiry, ages, server);
            tty.enter();
            tty.listen(news);
            feed.start();
            end = live.run(queue);
            address = live.address();
        }
        address.ifPresent(shell.terminal().out()::println);
        return end;
    }
}
