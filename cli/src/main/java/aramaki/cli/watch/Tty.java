package aramaki.cli.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/// The terminal while the live view has it: keys come one by one, the person's screen is kept
/// aside. Whatever ends the process, short of kill -9, gives the terminal back as it was.
///
/// The library changes the terminal's attributes, knows its size and hears signals, by the system's
/// own programs. Its reader stays unused, as it would change attributes by itself, also after we
/// gave them back.
final class Tty implements AutoCloseable {
    /// The other screen, no wrapping of long rows, no cursor.
    private static final String ENTER = "\u001b[?1049h\u001b[?7l\u001b[?25l";

    private static final String LEAVE = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final int USUAL_HEIGHT = 24;
    private static final int USUAL_WIDTH = 80;
    private static final int MOST_ROWS = 500;
    private static final int MOST_COLUMNS = 1000;

    record Size(int height, int width) {}

    private final Terminal terminal;
    private final InputStream in;
    private final PrintStream out;
    private final Attributes before;
    private final Thread hook;
    private boolean entered;
    private boolean over;

    private Tty(Terminal terminal, InputStream in, PrintStream out) {
        this.terminal = terminal;
        this.in = in;
        this.out = out;
        this.before = terminal.getAttributes();
        this.hook = Thread.ofPlatform().name("terminal-back").unstarted(this::giveBack);
    }

    static Tty open(InputStream in, PrintStream out) {
        try {
            var terminal =
                    TerminalBuilder.builder()
                            .system(true)
                            .exec(true)
                            .jni(false)
                            .ffm(false)
                            .dumb(false)
                            .graphemeCluster(false)
                            .nativeSignals(true)
                            .build();
            var tty = new Tty(terminal, in, out);
            Runtime.getRuntime().addShutdownHook(tty.hook);
            return tty;
        } catch (IOException e) {
            throw new UncheckedIOException("opening the terminal", e);
        }
    }

    /// Tells about keys and about what else happens to the terminal.
    void listen(Consumer<News> news) {
        terminal.handle(Signal.WINCH, _ -> news.accept(new News.Resized()));
        terminal.handle(Signal.CONT, _ -> news.accept(new News.Resized()));
        terminal.handle(Signal.INT, _ -> news.accept(new News.Interrupted()));
        terminal.handle(Signal.QUIT, _ -> news.accept(new News.Interrupted()));
        terminal.handle(Signal.TSTP, _ -> news.accept(new News.Suspended()));
        Thread.ofPlatform().daemon().name("watch-keys").start(() -> readKeys(news));
    }

    private void readKeys(Consumer<News> news) {
        var keys = new Keys(new TypedCharacters(in));
        try {
            while (true) {
                var press = keys.next();
                if (press.isEmpty()) {
                    break;
                }
                news.accept(new News.Key(press.get()));
            }
        } catch (IOException e) {
            // A terminal that is gone has no more keys.
        }
        news.accept(new News.Over(Optional.empty()));
    }

    /// Keys come at once and are not echoed; Ctrl-C and Ctrl-Z stay signals.
    private static Attributes keyByKey(Attributes before) {
        var attributes = new Attributes(before);
        attributes.setLocalFlags(
                EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN), false);
        attributes.setInputFlag(InputFlag.IXON, false);
        attributes.setControlChar(ControlChar.VMIN, 1);
        attributes.setControlChar(ControlChar.VTIME, 0);
        return attributes;
    }

    synchronized void enter() {
        if (!over) {
            terminal.setAttributes(keyByKey(before));
            write(entered ? "" : ENTER);
            entered = true;
        }
    }

    synchronized void leave() {
        if (entered) {
            entered = false;
            out.print(LEAVE);
            out.flush();
            try {
                terminal.setAttributes(before);
            } catch (IllegalStateException e) {
                // The library was faster: it gives the terminal back too when the process ends.
            }
        }
    }

    /// Sends it, unless the terminal was given back; whether somebody is still there.
    synchronized boolean write(String text) {
        if (!over && !text.isEmpty()) {
            out.print(text);
            out.flush();
        }
        return !out.checkError();
    }

    Size size() {
        var size = terminal.getSize();
        int rows = size.getRows();
        int columns = size.getColumns();
        return new Size(
                rows < 1 ? USUAL_HEIGHT : Math.min(rows, MOST_ROWS),
                columns < 1 ? USUAL_WIDTH : Math.min(columns, MOST_COLUMNS));
    }

    /// Sleeps as after Ctrl-Z, until the shell wakes us.
    void sleep() {
        leave();
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // Without the program kill there is no sleeping; the view goes on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        enter();
    }

    private synchronized void giveBack() {
        leave();
        over = true;
    }

    @Override
    public void close() {
        giveBack();
        try {
            terminal.close();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook runs already.
        } catch (IOException e) {
            throw new UncheckedIOException("closing the terminal", e);
        }
    }
}
