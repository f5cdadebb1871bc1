package aramaki.agent.observe.probe.prometheus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A strict reader of Prometheus' text format 0.0.4. It reads line by line, so that memory does not
/// grow with what an exporter sends.
public final class Exposition {
    public static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_TYPES = 20_000;

    /// What is wrong with an exposition, and in which line.
    public static final class Bad extends Exception {
        Bad(long line, String message) {
            super("line " + line + ": " + message);
        }

        Bad(String message) {
            super(message);
        }
    }

    private final InputStream stream;
    private final Map<String, Boolean> counters = new HashMap<>();
    private final byte[] buffer = new byte[16 * 1024];
    private int at;
    private int end;
    private long bytes;
    private long number;

    public Exposition(InputStream stream) {
        this.stream = stream;
    }

    /// How many bytes were read so far.
    public long bytes() {
        return bytes;
    }

    /// Gives every sample, to the end of the stream.
    public void read(Consumer<Sample> samples) throws IOException, Bad {
        var line = new ByteArrayOutputStream();
        boolean more = true;
        while (more) {
            line.reset();
            more = line(line);
            number++;
            if (!more && line.size() > 0) {
                throw new Bad(number, "it does not end with a line feed, so it was cut");
            }
            if (line.size() > 0) {
                take(text(line.toByteArray()), samples);
            }
        }
    }

    /// @return whether a line feed ended it
    private boolean line(ByteArrayOutputStream line) throws IOException, Bad {
        while (true) {
            if (at == end) {
                if (bytes >= MAX_BYTES) {
                    throw new Bad("it sends more than " + MAX_BYTES / 1024 / 1024 + " MiB");
                }
                at = 0;
                end = stream.read(buffer);
                if (end < 0) {
                    end = 0;
                    return false;
                }
                bytes += end;
            }
            while (at < end) {
                byte b = buffer[at++];
                if (b == '\n') {
                    return true;
                }
                if (line.size() >= MAX_LINE) {
                    throw new Bad(number + 1, "it is longer than 64 KiB");
                }
                line.write(b);
            }
        }
    }

    private String text(byte[] line) throws Bad {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            throw new Bad(number, "it is not UTF-8");
        }
    }

    private void take(String line, Consumer<Sample> samples) throws Bad {
        int begin = blanks(line, 0);
        if (begin == line.length()) {
            return;
        }
        if (line.charAt(begin) == '#') {
            comment(line.substring(begin + 1).strip());
        } else {
            samples.accept(new Line(line, begin).sample());
        }
    }

    private void comment(String text) throws Bad {
        String[] words = text.split("[ \t]+");
        if (!words[0].equals("TYPE")) {
            return;
        }
        if (words.length != 3) {
            throw new Bad(number, "a TYPE line has a name and a type");
        }
        // More than so many families are none we were asked for by name.
        if (words[2].equals("counter") && counters.size() < MAX_TYPES) {
            counters.put(words[1], true);
        }
    }

    private static int blanks(String line, int from) {
        int i = from;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    static boolean nameBegins(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
    }

    static boolean nameContinues(char c) {
        return nameBegins(c) || c >= '0' && c <= '9';
    }

    /// One line with a sample.
    private final class Line {
        private final String line;
        private int i;

        Line(String line, int begin) {
            this.line = line;
            this.i = begin;
        }

        Sample sample() throws Bad {
            String name = name("a metric's name");
            i = blanks(line, i);
            SortedMap<String, String> labels = new TreeMap<>();
            if (i < line.length() && line.charAt(i) == '{') {
                i++;
                labels(labels);
            }
            String[] words = line.substring(i).strip().split("[ \t]+");
            if (words.length > 2 || words[0].isEmpty()) {
                throw bad("behind the name stand a value and perhaps a time");
            }
            if (words.length == 2 && !words[1].matches("-?[0-9]{1,19}(?:\\.[0-9]{1,9})?")) {
                throw bad("the time is no whole number of milliseconds");
            }
            return new Sample(name, labels, value(words[0]), counters.containsKey(name));
        }

        private void labels(SortedMap<String, String> labels) throws Bad {
            while (true) {
                i = blanks(line, i);
                if (take('}')) {
                    return;
                }
                String label = name("a label's name");
                if (label.indexOf(':') >= 0) {
                    throw bad("a label's name has no colon");
                }
                i = blanks(line, i);
                need('=');
                i = blanks(line, i);
                need('"');
                if (labels.put(label, quoted()) != null) {
                    throw bad("the label " + label + " stands twice");
                }
                i = blanks(line, i);
                if (!take(',')) {
                    need('}');
                    return;
                }
            }
        }

        private String quoted() throws Bad {
            var text = new StringBuilder();
            while (i < line.length()) {
                char c = line.charAt(i++);
                if (c == '"') {
                    return text.toString();
                }
                if (c == '\\') {
                    char escaped = i < line.length() ? line.charAt(i++) : 0;
                    switch (escaped) {
                        case 'n' -> text.append('\n');
                        case '"', '\\' -> text.append(escaped);
                        default -> throw bad("after a backslash comes \\, \" or n");
                    }
                } else {
                    text.append(c);
                }
            }
            throw bad("a label's value has no closing quote");
        }

        private String name(String what) throws Bad {
            int begin = i;
            if (i >= line.length() || !nameBegins(line.charAt(i))) {
                throw bad(what + " is expected at character " + (i + 1));
            }
            while (i < line.length() && nameContinues(line.charAt(i))) {
                i++;
            }
            return line.substring(begin, i);
        }

        private double value(String word) throws Bad {
            switch (word) {
                case "NaN":
                    return Double.NaN;
                case "+Inf", "Inf":
                    return Double.POSITIVE_INFINITY;
                case "-Inf":
                    return Double.NEGATIVE_INFINITY;
                default:
                    break;
            }
            if (word.length() > 64
                    || !word.matches("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?")) {
                throw bad("the value is no number");
            }
            return Double.parseDouble(word);
        }

        private boolean take(char c) {
            boolean there = i < line.length() && line.charAt(i) == c;
            i += there ? 1 : 0;
            return there;
        }

        private void need(char c) throws Bad {
            if (!take(c)) {
                throw bad("a " + c + " is expected at character " + (i + 1));
            }
        }

        private Bad bad(String message) {
            return new Bad(number, message);
        }
    }
}
