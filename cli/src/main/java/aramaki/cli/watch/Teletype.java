package aramaki.cli.watch;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Plain;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The view on a terminal that can only append: one screen, then a line for everything new.
final class Teletype {
    private static final long TICK_SECONDS = 5;

    private final View view;
    private final Glyphs glyphs;
    private final PrintStream out;
    private final Ages ages;
    private final int width;
    private Link.Kind told = Link.Kind.LIVE;

    Teletype(View view, Glyphs glyphs, PrintStream out, Ages ages, int width) {
        this.view = view;
        this.glyphs = glyphs;
        this.out = out;
        this.ages = ages;
        this.width = width;
    }

    /// Runs until nobody reads any more.
    void run(BlockingQueue<News> queue) throws InterruptedException {
        while (!out.checkError()) {
            var news = queue.poll(TICK_SECONDS, TimeUnit.SECONDS);
            switch (news) {
                case null -> {}
                case News.Happened(var events) ->
                        view.fresh(events, ages.now()).forEach(this::print);
                case News.Over(var because) -> {
                    if (because.isPresent()) {
                        throw because.get();
                    }
                    return;
                }
                case News other -> view.take(other, ages.now());
            }
            tellLink();
        }
    }

    private void tellLink() {
        var kind = view.link().kind(ages.now());
        if (kind == told) {
            return;
        }
        told = kind;
        print(
                Line.of(
                        switch (kind) {
                            case LIVE -> "--- live again";
                            case POLLING -> "--- no stream; asking now and then";
                            case LOST ->
                                    "--- NOT LIVE since "
                                            + ages.onTheClock(view.link().since())
                                            + ": "
                                            + Plain.line(view.link().why());
                        }));
    }

    private void print(JsonNode event) {
        var cells = new Rows(ages, true).cells(new Item.Event(event));
        Grid.lines(List.of(cells), width).forEach(this::print);
    }

    void print(Line line) {
        var text = new StringBuilder();
        line.text()
                .codePoints()
                .map(Plain::harmless)
                .forEach(c -> text.appendCodePoint(glyphs.shown(c)));
        out.println(text.toString().stripTrailing());
    }
}
