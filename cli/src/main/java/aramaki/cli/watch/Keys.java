package aramaki.cli.watch;

import java.io.IOException;
import java.util.Optional;

/// Which key a terminal's characters mean.
final class Keys {
    /// A key: `text` is what it types, when it types something.
    record Press(Name name, String text) {}

    enum Name {
        TEXT,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        ESCAPE,
        TAB,
        BACK_TAB,
        BACKSPACE,
        ERASE_LINE,
        REDRAW,
        OTHER
    }

    /// Where characters come from, one at a time.
    @FunctionalInterface
    interface Source {
        int TIMEOUT = -2;
        int END = -1;

        /// `millis` 0 waits for ever.
        int read(long millis) throws IOException;
    }

    /// A terminal sends the rest of a sequence at once; a person does not.
    private static final long SEQUENCE_MILLIS = 60;

    private static final int ESC = 0x1b;
    private static final int LONGEST_SEQUENCE = 16;

    private final Source source;
    private int pushedBack = Source.TIMEOUT;

    Keys(Source source) {
        this.source = source;
    }

    /// The next key; empty at the end of the input.
    Optional<Press> next() throws IOException {
        int c = pushedBack;
        pushedBack = Source.TIMEOUT;
        while (c == Source.TIMEOUT) {
            c = source.read(0);
        }
        if (c == Source.END) {
            return Optional.empty();
        }
        return Optional.of(c == ESC ? escaped() : plain(c));
    }

    private static Press plain(int c) {
        return switch (c) {
            case '\r', '\n' -> named(Name.ENTER);
            case '\t' -> named(Name.TAB);
            case 0x7f, 0x08 -> named(Name.BACKSPACE);
            case 0x15, 0x17 -> named(Name.ERASE_LINE);
            case 0x0c -> named(Name.REDRAW);
            case 0x06 -> named(Name.PAGE_DOWN);
            case 0x02 -> named(Name.PAGE_UP);
            case 0x0e -> named(Name.DOWN);
            case 0x10 -> named(Name.UP);
            default -> c < ' ' ? named(Name.OTHER) : new Press(Name.TEXT, Character.toString(c));
        };
    }

    private Press escaped() throws IOException {
        int c = source.read(SEQUENCE_MILLIS);
        if (c != '[' && c != 'O') {
            pushedBack = c;
            return named(Name.ESCAPE);
        }
        var sequence = new StringBuilder();
        for (int i = 0; i < LONGEST_SEQUENCE; i++) {
            c = source.read(SEQUENCE_MILLIS);
            if (c < 0) {
                return named(Name.OTHER);
            }
            sequence.append((char) c);
            if (c >= '@') {
                break;
            }
        }
        return named(
                switch (sequence.toString()) {
                    case "A" -> Name.UP;
                    case "B" -> Name.DOWN;
                    case "5~" -> Name.PAGE_UP;
                    case "6~" -> Name.PAGE_DOWN;
                    case "H", "1~", "7~" -> Name.HOME;
                    case "F", "4~", "8~" -> Name.END;
                    case "Z" -> Name.BACK_TAB;
                    case "M" -> Name.ENTER;
                    default -> Name.OTHER;
                });
    }

    private static Press named(Name name) {
        return new Press(name, "");
    }
}
