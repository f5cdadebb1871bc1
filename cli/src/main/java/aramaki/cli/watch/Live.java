package aramaki.cli.watch;

import aramaki.cli.api.ExitCode;
import aramaki.cli.output.Ages;
import aramaki.cli.watch.View.Pane;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The live view at work: takes keys and news from a queue, and draws what they change.
final class Live {
    /// How often something is drawn at most, unless the person presses a key.
    private static final Duration FRAME = Duration.ofMillis(250);

    /// Ages grow without news.
    private static final Duration TICK = Duration.ofSeconds(1);

    private final View view;
    private final Painter painter;
    private final Screen screen;
    private final Tty tty;
    private final Feed feed;
    private final Inquiry inquiry;
    private final Ages ages;
    private final String server;
    private Tty.Size size;
    private Optional<String> address = Optional.empty();
    private boolean leaving;
    private boolean interrupted;

    Live(
            View view,
            Painter painter,
            Screen screen,
            Tty tty,
            Feed feed,
            Inquiry inquiry,
            Ages ages,
            String server) {
        this.view = view;
        this.painter = painter;
        this.screen = screen;
        this.tty = tty;
        this.feed = feed;
        this.inquiry = inquiry;
        this.ages = ages;
        this.server = server;
        this.size = tty.size();
    }

    /// Runs on an entered terminal until the person leaves.
    ExitCode run(BlockingQueue<News> queue) throws InterruptedException {
        draw();
        long drawn = System.nanoTime();
        boolean dirty = false;
        while (!leaving) {
            long age = System.nanoTime() - drawn;
            var news =
                    queue.poll(
                            Math.max(0, (dirty ? FRAME : TICK).toNanos() - age),
                            TimeUnit.NANOSECONDS);
            boolean now = news == null;
            if (news != null) {
                now = take(news);
                dirty = true;
            }
            if (now && !leaving) {
                leaving = !draw();
                drawn = System.nanoTime();
                dirty = false;
            }
        }
        return interrupted ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    /// What was asked for last; it is printed on the person's own screen.
    Optional<String> address() {
        return address;
    }

    /// Whether it shall be seen at once.
    private boolean take(News news) {
        switch (news) {
            case News.Key(var press) -> {
                view.say("");
                key(press);
            }
            case News.Resized _ -> redraw();
            case News.Suspended _ -> {
                tty.sleep();
                redraw();
                feed.refresh();
            }
            case News.Interrupted _ -> {
                leaving = true;
                interrupted = true;
            }
            case News.Over(var because) -> {
                leaving = true;
                if (because.isPresent()) {
                    throw because.get();
                }
            }
            case News.Loaded _,
                    News.Happened _,
                    News.Heard _,
                    News.StreamLost _,
                    News.LoadFailed _,
                    News.More _ -> {
                view.take(news, ages.now());
                return false;
            }
        }
        return true;
    }

    private void redraw() {
        tty.enter();
        size = tty.size();
        screen.forget();
    }

    private boolean draw() {
        var rows = painter.paint(view, size.height(), size.width());
        return tty.write(screen.change(rows, size.height(), size.width()));
    }

    private void key(Keys.Press press) {
        if (view.typing()) {
            type(press);
            return;
        }
        int page = Math.max(1, size.height() / 2);
        switch (press.name()) {
            case TEXT -> letter(press.text(), page);
            case UP -> view.move(-1);
            case DOWN -> view.move(1);
            case PAGE_UP -> view.move(-page);
            case PAGE_DOWN -> view.move(page);
            case HOME -> view.move(Integer.MIN_VALUE);
            case END -> view.move(Integer.MAX_VALUE);
            case ENTER -> open();
            case ESCAPE, BACKSPACE -> view.back();
            case TAB -> view.turn(1);
            case BACK_TAB -> view.turn(-1);
            case REDRAW -> redraw();
            case ERASE_LINE, OTHER -> {}
        }
    }

    private void letter(String letter, int page) {
        switch (letter) {
            case "j" -> view.move(1);
            case "k" -> view.move(-1);
            case " " -> view.move(page);
            case "g" -> view.move(Integer.MIN_VALUE);
            case "G" -> view.move(Integer.MAX_VALUE);
            case "1" -> view.look(Pane.ALERTS);
            case "2" -> view.look(Pane.SYSTEMS);
            case "3" -> view.look(Pane.TIMELINE);
            case "/" -> view.startTyping();
            case "?" -> view.toggleHelp();
            case "o" -> showAddress();
            case "r" -> {
                feed.refresh();
                view.say("asking " + server);
            }
            case "q" -> leaving = !(view.help() || view.open().isPresent()) || !view.back();
            default -> view.say("no key " + letter + "; ? shows them");
        }
    }

    private void type(Keys.Press press) {
        String filter = view.filter();
        switch (press.name()) {
            case TEXT -> view.filter(filter + press.text());
            case BACKSPACE ->
                    view.filter(
                            filter.isEmpty()
                                    ? ""
                                    : filter.substring(
                                            0, filter.offsetByCodePoints(filter.length(), -1)));
            case ERASE_LINE -> view.filter("");
            case ENTER -> view.stopTyping();
            case ESCAPE -> {
                view.filter("");
                view.stopTyping();
            }
            case UP -> view.move(-1);
            case DOWN -> view.move(1);
            case PAGE_UP, PAGE_DOWN, HOME, END, TAB, BACK_TAB, REDRAW, OTHER -> {}
        }
    }

    private void open() {
        if (view.open().isEmpty() && !view.help()) {
            view.current().ifPresent(item -> view.open(inquiry.open(item)));
        }
    }

    private void showAddress() {
        String here =
                view.open()
                        .map(Details::url)
                        .or(() -> view.current().map(i -> server + i.page()))
                        .orElse(server + "/");
        address = Optional.of(here);
        view.say(here);
    }
}
